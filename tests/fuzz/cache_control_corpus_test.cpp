#include "replay.hpp"

TEST_CASE("fields of the Cache-Control corpus keep its laws") {
  CHECK(cdnsim::test::replay("cache_control_corpus") >= 12);
}
