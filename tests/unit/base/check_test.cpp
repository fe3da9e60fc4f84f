#include <cdnsim/base/check.hpp>
#include <tests/support/catch.hpp>

using namespace cdnsim;
using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;

TEST_CASE("a failed assertion is an InternalError that says where, why and what") {
  const int held = 3;
  try {
    CDNSIM_ASSERT(held == 2, "two are held");
    FAIL("not thrown");
  } catch (const InternalError& error) {
    CHECK_THAT(error.what(), StartsWith("check_test.cpp:"));
    CHECK_THAT(error.what(), EndsWith(": two are held (held == 2)"));
  }
}

TEST_CASE("a user's mistake is a UserError with exactly its message") {
  const std::string name = "nyc";
  CHECK_THROWS_AS([&] { CDNSIM_REQUIRE_USER(name.empty(), "no PoP \"" + name + "\""); }(),
                  UserError);
  CHECK_THROWS_WITH([&] { CDNSIM_REQUIRE_USER(name.empty(), "no PoP \"" + name + "\""); }(),
                    "no PoP \"nyc\"");
}

TEST_CASE("checks that hold cost no message") {
  int built = 0;
  const auto message = [&] { return "message " + std::to_string(++built); };
  CDNSIM_ASSERT(true, message());
  CDNSIM_REQUIRE_USER(true, message());
  CHECK(built == 0);
}

TEST_CASE("the two kinds cannot be caught for one another") {
  STATIC_REQUIRE_FALSE(std::is_base_of_v<UserError, InternalError>);
  STATIC_REQUIRE_FALSE(std::is_base_of_v<InternalError, UserError>);
  STATIC_REQUIRE(std::is_base_of_v<UserError, ScenarioError>);
}

TEST_CASE("a problem shows its place, its pointer and its message") {
  CHECK(to_text(Problem{"x.json:41:18", "/caching/edge/polcy", "unknown key"}) ==
        "x.json:41:18 #/caching/edge/polcy: unknown key");
  CHECK(to_text(Problem{"x.json:1:1", "", "not an object"}) == "x.json:1:1: not an object");
  CHECK(to_text(Problem{"", "/seed", "negative"}) == "#/seed: negative");
  CHECK(to_text(Problem{"", "", "no file"}) == "no file");
}

TEST_CASE("a ScenarioError keeps all problems and shows one on a line") {
  const ScenarioError error({{"a:1:2", "/x", "bad"}, {"a:3:4", "/y", "worse"}});
  CHECK(error.problems().size() == 2);
  CHECK(std::string(error.what()) == "a:1:2 #/x: bad\na:3:4 #/y: worse");
}
