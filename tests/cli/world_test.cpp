#include <nlohmann/json.hpp>

#include <tests/support/catch.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace {

TEST_CASE("world writes a scenario that is sound, runs and is the same again") {
  const Workplace here;
  const std::string small = "world --pops 20 --places 12 --networks 255 --ixps 15 --rate 200/s";
  const Called made = here.cdnsim(small + " -o small.json");
  CHECK(made.status == 0);
  CHECK(made.err.empty());
  // One for each of 254 metros with people, and for each of the 8 further PoPs in them.
  CHECK_THAT(made.out, Catch::StartsWith("small.json: 262 client networks, 20 PoPs, 6 shields, "
                                         "15 exchanges, "));
  CHECK(here.cdnsim("check small.json").out == "small.json: ok\n");
  CHECK(here.cdnsim(small + " -o again.json").status == 0);
  CHECK(here.read("again.json") == here.read("small.json"));
  CHECK(here.cdnsim(small + " --seed 2 -o other.json").status == 0);
  CHECK(here.read("other.json") != here.read("small.json"));
  const Called run =
      here.cdnsim("run small.json --set /duration=2s --set /warmup=0s --format json");
  CHECK(run.status == 0);
  const nlohmann::json result = nlohmann::json::parse(run.out);
  CHECK(result.at("isps").size() == 262);
  CHECK(result.at("cost").at("monthly_total_usd") > 0);
}

TEST_CASE("world says what it is and where its schema is, if told") {
  const Workplace here;
  CHECK(here.cdnsim("world --pops 1 --name 'One PoP' --schema s.json -o one.json").status == 0);
  const nlohmann::json document = nlohmann::json::parse(here.read("one.json"));
  CHECK(document.at("question") == "One PoP");
  CHECK(document.at("$schema") == "s.json");
}

TEST_CASE("a mistake in the numbers of a world ends in 2, with nothing written") {
  const Workplace here;
  check_mistakes(
      here, {
                {"world", "--output is required"},
                {"world -o w.json --pops 0", "0 PoPs; there can be 1 to 4000"},
                {"world -o w.json --pops many", "--pops many: write a whole number from 0 to 4000"},
                {"world -o w.json --embedded 9000", "write a whole number from 0 to 4000"},
                {"world -o w.json --rate fast", "--rate: "},
                {"world -o w.json --shields 21", "write a whole number from 0 to 20"},
                {"world -o no/w.json", "cannot write no/w.json: No such file or directory"},
            });
  CHECK(here.names_in() == "small.json");
}

TEST_CASE("help of world and whatif fits a terminal") {
  const Workplace here;
  for (const std::string command : {"world", "whatif"}) {
    CHECK(here.cdnsim(command + " --help").status == 0);
    CHECK(here.shell("\"$CDNSIM\" " + command + " --help | awk 'length > 100'").out.empty());
  }
}

}  // namespace
}  // namespace cdnsim::test
