#include <cdnsim/config/override.hpp>
#include <cdnsim/config/pointer.hpp>
#include <tests/support/catch.hpp>

#include "garage.hpp"

namespace cdnsim::config {
namespace override_test {

using Lines = std::vector<std::string>;

constexpr std::string_view kStaff =
    R"({"name": "x", "prices": [1, 2, 3], "mechanics": {
         "ann": {"town": "york", "busy": 0.5}, "bob": {"town": "hull", "busy": 0.5},
         "c/d~": {"town": "york", "busy": 0.25}}})";

TEST_CASE("an override changes one value") {
  CHECK(read_garage(kStaff, {"/places=48"}).garage.places == 48);
  CHECK(read_garage(kStaff, {"/prices/1=7.5"}).garage.prices == std::vector{1.0, 7.5, 3.0});
  CHECK(read_garage(kStaff, {"/mechanics/c~1d~0/busy=1"}).garage.mechanics.at("c/d~").busy ==
        Ratio(1));
  CHECK(read_garage(kStaff, {"/places=1", "/places=2"}).garage.places == 2);
}

TEST_CASE("what is no JSON value is a text") {
  CHECK(read_garage(kStaff, {"/fuel=diesel"}).garage.fuel == garage::Fuel::diesel);
  CHECK(read_garage(kStaff, {"/fuel=\"diesel\""}).garage.fuel == garage::Fuel::diesel);
  CHECK(read_garage(kStaff, {"/name=a=b"}).garage.name == "a=b");
  CHECK(read_garage(kStaff, {"/name="}).garage.name.empty());
  CHECK(read_garage(kStaff, {"/line=100Gbps"}).garage.line == BitRate(100'000'000'000));
}

TEST_CASE("an override may be a whole object, and makes the objects on its way") {
  const Reading whole = read_garage(kStaff, {"/wheel={\"pressure\": 3}"});
  CHECK(whole.problems.empty());
  CHECK(whole.garage.wheel.pressure == 3.0);
  const Reading made = read_garage(kStaff, {"/wheel/pressure=4", "/mechanics/eve/town=leeds"});
  CHECK(made.problems.empty());
  CHECK(made.garage.wheel.pressure == 4.0);
  CHECK(made.garage.mechanics.at("eve").town == "leeds");
}

TEST_CASE("null removes a member") {
  const Reading reading = read_garage(kStaff, {"/mechanics/ann=null"});
  CHECK(reading.problems.empty());
  CHECK(reading.garage.mechanics.size() == 2);
  CHECK(
      read_garage(kStaff, {"/mechanics/anna=null"}).problems ==
      Lines{"--set /mechanics/anna=null #/mechanics/anna: there is no \"anna\" to remove; did you "
            "mean \"ann\"?"});
}

TEST_CASE("what is not there need not be removed") {
  const Reading reading = read_garage(kStaff, {"/mechanics/zachary=null"});
  CHECK(reading.problems.empty());
  CHECK(reading.garage.mechanics.size() == 3);
}

TEST_CASE("a filter that is long is told in part") {
  const std::string town(300, 'x');
  const Reading reading = read_garage(kStaff, {"/mechanics[town=" + town + "]/busy=0.75"});
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].size() < 400);
  CHECK(reading.problems[0].find("matches nothing") != std::string::npos);
}

TEST_CASE("* means every member") {
  const Reading reading = read_garage(kStaff, {"/mechanics/*/busy=10%", "/prices/*=9"});
  CHECK(reading.problems.empty());
  for (const auto& [name, mechanic] : reading.garage.mechanics) CHECK(mechanic.busy == Ratio(0.1));
  CHECK(reading.garage.prices == std::vector{9.0, 9.0, 9.0});
}

TEST_CASE("a filter means the members in which it holds") {
  const Reading reading = read_garage(kStaff, {"/mechanics[town=york]/busy=0.75"});
  CHECK(reading.problems.empty());
  CHECK(reading.garage.mechanics.at("ann").busy == Ratio(0.75));
  CHECK(reading.garage.mechanics.at("bob").busy == Ratio(0.5));
  CHECK(reading.garage.mechanics.at("c/d~").busy == Ratio(0.75));
  const Reading both = read_garage(kStaff, {"/mechanics[town=york][busy=0.5]/busy=0.75"});
  CHECK(both.garage.mechanics.at("ann").busy == Ratio(0.75));
  CHECK(both.garage.mechanics.at("c/d~").busy == Ratio(0.25));
}

TEST_CASE("an override that makes no sense says so") {
  const auto message = GENERATE(table<std::string, std::string>({
      {"/places", ": there is no value; write PATH=VALUE, e.g. /seed=7"},
      {"places=5", ": a path begins with /, e.g. /caching/edge/policy=sieve"},
      {"=5", ": a path begins with /, e.g. /caching/edge/policy=sieve"},
      {"/mechanics[town=leeds]/busy=1", " #/mechanics: the filter [town=leeds] matches nothing"},
      {"/mechanics[town]/busy=1",
       ": a filter is written [member=text], e.g. /network/pops[tier=2]/servers=48"},
      {"/mechanics[town=york]=1",
       ": a filter must be followed by what is to change, e.g. "
       "/network/pops[tier=2]/servers=48"},
      {"/mechanic[town=york]/busy=1",
       " #: there is no \"mechanic\" here; did you mean \"mechanics\"?"},
      {"/mechanic/*/busy=1", " #: there is no \"mechanic\" here; did you mean \"mechanics\"?"},
      {"/jobs/*/price=1", " #: there is no \"jobs\" here; known: mechanics, name, prices"},
      {"/name/first=a", " #/name: found the text \"x\", which has no members"},
      {"/prices/3=1", " #/prices: \"3\" is not an index of this list of 3"},
      {"/mechanics/*=null",
       " #/mechanics: null can remove one member, not every one; remove what holds them"},
      {"/wheel={\"pressure\":",
       ": the value is not JSON: the text ends too early: what begins at 1:1 is "
       "not closed"},
      {"/name=a\xFF", ": this is not valid UTF-8"},
  }));
  const Lines problems = read_garage(kStaff, {std::get<0>(message)}).problems;
  REQUIRE(problems.size() == 1);
  std::string expected = "--set " + std::get<0>(message) + std::get<1>(message);
  const std::size_t whole = expected.find(" #: ");
  if (whole != expected.npos) expected.replace(whole, 4, ": ");
  CHECK(problems[0] == expected);
}

TEST_CASE("a mistake in an override's value or key names the override") {
  CHECK(read_garage(kStaff, {"/plces=48"}).problems ==
        Lines{"--set /plces=48 #/plces: unknown key; did you mean \"places\"?"});
  CHECK(read_garage(kStaff, {"/line=100 Gb"}).problems ==
        Lines{"--set /line=100 Gb #/line: \"100 Gb\" is not a rate; write e.g. \"100Gbps\""});
  CHECK(read_garage(kStaff, {"/wheel={\"presure\":\n 1}"}).problems ==
        Lines{"--set /wheel={\"presure\":\\u000a 1} #/wheel: missing key \"pressure\": in bar; "
              "wanted a "
              "number, e.g. 0.5",
              "--set /wheel={\"presure\":\\u000a 1} #/wheel/presure: unknown key; did you mean "
              "\"pressure\"?"});
}

TEST_CASE("a path of thousands of steps is refused") {
  std::string path;
  for (int i = 0; i < 10'000; ++i) path += "/a";
  CHECK(read_garage(kStaff, {path + "=1"}).problems.size() == 1);
}

}  // namespace override_test

}  // namespace cdnsim::config
