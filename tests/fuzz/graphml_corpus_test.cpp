#include "replay.hpp"

TEST_CASE("graphs of the corpus, whole, cut short and with a byte changed, do no harm") {
  CHECK(cdnsim::test::replay("graphml_corpus") >= 8);
}
