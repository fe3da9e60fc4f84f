// A result as figures by pointer.

#include <nlohmann/json.hpp>

#include <cdnsim/compare/figures.hpp>
#include <tests/support/catch.hpp>

namespace figures_test {

using namespace cdnsim::compare;
using nlohmann::json;

TEST_CASE("members of lists are called by what tells them apart") {
  const Figures figures = figures_of(json::parse(R"({
    "nodes": [{"id": "tokyo", "hits": 3}, {"id": "a/b~c", "hits": 4}],
    "lines": [{"subject": "x", "item": "port", "usd": 1},
              {"subject": "x", "item": "rent", "usd": 2}],
    "twice": [{"id": "x", "v": 1}, {"id": "x", "v": 2}],
    "plain": [7, 8], "none": [], "nothing": null
  })"));
  CHECK(figures.at("/nodes/tokyo/hits") == 3);
  CHECK(figures.at("/nodes/a~1b~0c/hits") == 4);
  CHECK(figures.at("/lines/port, x/usd") == 1);
  CHECK(figures.at("/lines/rent, x/usd") == 2);
  CHECK(figures.at("/twice/1/v") == 2);
  CHECK(figures.at("/plain/0") == 7);
  CHECK(figures.at("/none") == json::array());
  CHECK(figures.at("/nothing").is_null());
  CHECK(figures.size() == 4 + 6 + 4 + 2 + 2);
}

TEST_CASE("the first step of a pointer") {
  CHECK(first_step("/nodes/tokyo/hits") == "nodes");
  CHECK(first_step("/digest") == "digest");
  CHECK(first_step("").empty());
}

}  // namespace figures_test
