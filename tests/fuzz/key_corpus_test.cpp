#include "replay.hpp"

TEST_CASE("requests of the key builder's corpus keep its laws") {
  CHECK(cdnsim::test::replay("key_corpus") >= 12);
}
