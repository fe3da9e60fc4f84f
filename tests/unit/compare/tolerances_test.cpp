// Rules for pointers, and what they allow.

#include <filesystem>
#include <fstream>

#include <cdnsim/base/check.hpp>
#include <cdnsim/compare/tolerances.hpp>
#include <tests/support/catch.hpp>

namespace tolerances_test {

using namespace cdnsim::compare;

TEST_CASE("a star is a step or part of one, two stars are any number of steps") {
  CHECK(fits("/nodes/*/hits", "/nodes/tokyo/hits"));
  CHECK_FALSE(fits("/nodes/*/hits", "/nodes/tokyo/served/hits"));
  CHECK(fits("/nodes/to*o/hits", "/nodes/tokyo/hits"));
  CHECK_FALSE(fits("/nodes/to*a/hits", "/nodes/tokyo/hits"));
  CHECK(fits("/cost/**", "/cost/lines/port/amount_usd"));
  CHECK(fits("/cost/**", "/cost"));
  CHECK(fits("/**/hits", "/tiers/edge/hits"));
  CHECK_FALSE(fits("/**/hits", "/tiers/edge/stale_hits"));
  CHECK_FALSE(fits("/cost", "/costs"));
  CHECK_FALSE(fits("/cost", "/cost/lines"));
}

TEST_CASE("either of the two allowances is enough, and the last rule that fits holds") {
  const Tolerance tolerance{0.01, 5, false};
  CHECK(tolerance.allows(1000, 1010));
  CHECK_FALSE(tolerance.allows(1000, 1011));
  CHECK(tolerance.allows(0, 5));
  CHECK_FALSE(tolerance.allows(0, -6));
  Tolerances all;
  all.rel = 0.5;
  all.rules = {{"/nodes/**", 0.1, 0, false}, {"/nodes/tokyo/*", 0, 0, true}};
  CHECK(all.of("/requests/hits").rel == 0.5);
  CHECK(all.of("/nodes/paris/hits").rel == 0.1);
  CHECK(all.of("/nodes/tokyo/hits").ignored);
}

TEST_CASE("all that is wrong with a file of tolerances is told at once") {
  const auto file = std::filesystem::temp_directory_path() / "cdnsim-tolerances-test.json";
  std::ofstream(file) << R"({"rel": -1, "rules": [{"path": "nodes"}, {"abs": 1}], "abbs": 2})";
  try {
    read_tolerances(file);
    FAIL("nothing was told");
  } catch (const cdnsim::ScenarioError& error) {
    CHECK(error.problems().size() == 4);
  }
  std::filesystem::remove(file);
}

}  // namespace tolerances_test
