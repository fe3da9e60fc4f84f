#include <nlohmann/json.hpp>

#include <tests/support/catch.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace {

// small.json with a line from pop-b to the users of pop-a: 26 ms longer than their own.
constexpr const char* kSpare =
    R"({"extends": "small.json", "network": {"links": {
      "b-isp-a": {"from": "pop-b", "to": "isp-a", "kind": "pni", "delay": "29ms"}}}})";

TEST_CASE("whatif tells what each loss does, the worst first") {
  const Workplace here;
  here.write("spare.json", kSpare);
  const Called json = here.cdnsim("whatif spare.json --fail each:pop,origin --format json");
  REQUIRE(json.status == 0);
  CHECK(json.err.empty());
  const nlohmann::json told = nlohmann::json::parse(json.out);
  CHECK(told.at("scenario") == "spare");
  CHECK(told.at("as_it_is").at("displaced_requests") == 0);
  CHECK(told.at("as_it_is").at("users_beyond_50ms") == 0);
  const nlohmann::json& losses = told.at("failures");
  REQUIRE(losses.size() == 3);
  // Nobody else serves the million users of pop-b.
  CHECK(losses[0].at("id") == "pop-b");
  CHECK(losses[0].at("stranded_users") == 1'000'000);
  CHECK(losses[0].at("stranded_because") == "isp-b reaches no PoP");
  // The other two million go on as before.
  CHECK(losses[0].at("has_run") == true);
  CHECK(losses[0].at("figures").at("displaced_requests") == 0);
  CHECK(losses[0].at("figures").at("errors") == 0);
  CHECK(losses[1].at("kind") == "origin");
  CHECK(losses[1].at("added").at("errors") > 0);
  // 2 x (29 + 5) ms for two of three users: the requests of isp-a.
  CHECK(losses[2].at("id") == "pop-a");
  CHECK(losses[2].at("figures").at("users_beyond_50ms") == 2'000'000);
  const std::uint64_t all = told.at("as_it_is").at("requests");
  CHECK(losses[2].at("figures").at("displaced_requests").get<double>() / static_cast<double>(all) ==
        Approx(2.0 / 3).margin(4 * 0.0115));  // of some 1,800 requests
  const Called one = here.cdnsim(
      "whatif spare.json --fail each:pop,origin --format json "
      "--threads 1");
  CHECK(one.out == json.out);
}

TEST_CASE("whatif prints a table with the worst rows") {
  const Workplace here;
  here.write("spare.json", kSpare);
  const Called table =
      here.cdnsim("whatif spare.json --fail each:link,pop --fail pop:pop-a --rows 6");
  CHECK(table.status == 0);
  CHECK_THAT(table.out, Catch::StartsWith("Cut off\n"));
  CHECK_THAT(table.out,
             Catch::Contains("  without pop pop-b: isp-b reaches no PoP (1.00 M users)\n"));
  CHECK_THAT(table.out, Catch::Contains("\n... and 2 more; --rows N shows them"));
  CHECK(here.shell("\"$CDNSIM\" whatif spare.json --fail each:pop,link | awk 'length > 100'")
            .out.empty());
  const Called later = here.cdnsim("whatif spare.json --fail pop:pop-a --at 7h --format json");
  CHECK(later.status == 0);
}

TEST_CASE("a mistake of whatif ends in 2 and says what to write") {
  const Workplace here;
  check_mistakes(
      here, {
                {"whatif small.json", "--fail is required"},
                {"whatif small.json --fail pops", "cdnsim: --fail pops: write each:pop,ixp "},
                {"whatif small.json --fail each:pops", "unknown \"pops\"; did you mean \"pop\"?"},
                {"whatif small.json --fail pop:pop-c", "has no pop \"pop-c\"; did you mean \"pop-"},
                {"whatif small.json --fail each:pop --at noon", "/starts_at"},
                {"whatif none.json --fail each:pop", "cannot read \"none.json\""},
            });
}

}  // namespace
}  // namespace cdnsim::test
