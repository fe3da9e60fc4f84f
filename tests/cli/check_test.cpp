#include <tests/support/catch.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace {

TEST_CASE("check says which files are sound and simulates nothing") {
  const Workplace here;
  here.write("year.json", R"({"extends": "small.json", "duration": "365d"})");
  const Called check = here.cdnsim("check small.json year.json");
  CHECK(check.status == 0);
  CHECK(check.out == "small.json: ok\nyear.json: ok\n");
  CHECK(check.err.empty());
}

TEST_CASE("check tells every mistake of every file") {
  const Workplace here;
  here.write("bad.json", R"({"extends": "small.json", "seed": -1, "warmpu": "1s"})");
  here.write("worse.json", "{\n  \"seed\": 1,\n");
  const Called check = here.cdnsim("check bad.json small.json worse.json missing.json");
  CHECK(check.status == 2);
  CHECK(check.out == "small.json: ok\n");
  CHECK_THAT(check.err, Catch::Contains("bad.json:1:35 #/seed: "));
  CHECK_THAT(check.err, Catch::Contains("unknown key; did you mean \"warmup\"?\n"));
  CHECK_THAT(check.err, Catch::Contains("worse.json:3:1"));
  CHECK_THAT(check.err, Catch::Contains("missing.json"));
}

TEST_CASE("check holds --set against every file") {
  const Workplace here;
  CHECK(here.cdnsim("check small.json --set /caching/edge/policy=sieve").status == 0);
  const Called check = here.cdnsim("check --set /caching/edge/policy=siev small.json small.json");
  CHECK(check.status == 2);
  CHECK(check.out.empty());
  CHECK_THAT(check.err, Catch::Contains("did you mean \"sieve\"?"));
}

}  // namespace
}  // namespace cdnsim::test
