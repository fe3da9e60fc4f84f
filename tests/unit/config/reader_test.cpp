#include <cdnsim/config/reader.hpp>
#include <tests/support/catch.hpp>

#include "garage.hpp"

namespace cdnsim::config {
namespace reader_test {

using Lines = std::vector<std::string>;

// The one problem of a garage with this member, without place: `#/member: message`.
std::string problem_with(const std::string& member) {
  const Lines problems = read_garage("{\"name\": \"x\", " + member + "}").problems;
  if (problems.size() != 1) return std::to_string(problems.size()) + " problems";
  const std::size_t pointer = problems[0].find('#');
  return pointer == std::string::npos ? problems[0] : problems[0].substr(pointer);
}

TEST_CASE("a filled file fills the struct, and what is left out keeps its default") {
  const Reading reading = read_garage(R"({
    "name": "x", "open": false, "places": "1k", "level": -3, "fuel": "none", "line": "2.5Gbps",
    "colour": "green", "prices": [1, 2.5], "mechanics": {"ann": {"busy": "35%"}, "bob": {}},
    "shares": {"ann": 0.25}, "jobs": {"a": {"kind": "sale", "price": "12 USD"},
    "b": {"kind": "repair", "takes": "1h30min"}},
    "trips": {"t": {"at": "5min", "toll": {"fee": "1 USD"}}}, "wheel": {"pressure": 3}})");
  REQUIRE(reading.problems.empty());
  const garage::Garage& garage = reading.garage;
  CHECK_FALSE(garage.open);
  CHECK(garage.places == 1000);
  CHECK(garage.level == -3);
  CHECK(garage.fuel == garage::Fuel::none);
  CHECK(garage.line == BitRate(2'500'000'000));
  CHECK(garage.prices == std::vector{1.0, 2.5});
  CHECK(garage.mechanics.at("ann").busy == Ratio(0.35));
  CHECK(garage.mechanics.at("bob").busy == Ratio(0.5));
  CHECK(garage.shares.at("ann") == 0.25);
  CHECK(std::get<garage::Sale>(garage.jobs.at("a")).price == Money(12'000'000'000));
  CHECK(std::get<garage::Repair>(garage.jobs.at("b")).takes == 90min);
  CHECK(std::get<garage::Toll>(garage.trips.at("t").event).fee == Money(1'000'000'000));
  CHECK(garage.wheel.pressure == 3.0);
  CHECK(garage.wheel.bolts == 5);
  CHECK(garage.closes == 1h);
}

TEST_CASE("a wrong type says what was found and what is wanted, with an example") {
  const auto row = GENERATE(table<std::string, std::string>({
      {R"("open": "yes")", "#/open: found the text \"yes\"; wanted true or false"},
      {R"("open": 1)", "#/open: found the number 1; wanted true or false"},
      {R"("places": true)", "#/places: found true; wanted a whole number, e.g. 24"},
      {R"("places": 1.5)", "#/places: found the number 1.5; wanted a whole number, e.g. 24"},
      {R"("level": "3")", "#/level: found the text \"3\"; wanted a whole number, e.g. 24"},
      {R"("level": null)", "#/level: found null; wanted a whole number, e.g. 24"},
      {R"("line": 100)", "#/line: found the number 100; wanted a rate, e.g. \"100Gbps\""},
      {R"("closes": {})", "#/closes: found an object; wanted a duration, e.g. \"1h30min\""},
      {R"("colour": [])", "#/colour: found a list; wanted text in quotes"},
      {R"("fuel": 1)",
       "#/fuel: found the number 1; wanted one of \"petrol\", \"diesel\" or \"none\""},
      {R"("prices": 1)", "#/prices: found the number 1; wanted a list in [...]"},
      {R"("prices": [1, "x"])", "#/prices/1: found the text \"x\"; wanted a number, e.g. 0.5"},
      {R"("mechanics": [])", "#/mechanics: found a list; wanted an object keyed by name"},
      {R"("mechanics": {"a": 1})", "#/mechanics/a: found the number 1; wanted an object"},
      {R"("wheel": "round")", "#/wheel: found the text \"round\"; wanted an object"},
      {R"("jobs": {"a": "sale"})", "#/jobs/a: found the text \"sale\"; wanted an object"},
      {R"("jobs": {"a": {"kind": 1, "x": 2}})",
       "#/jobs/a/kind: found the number 1; wanted one of \"sale\" or \"repair\""},
  }));
  CHECK(problem_with(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("a value that says nothing, or lies outside its bounds, is a problem") {
  const auto row = GENERATE(table<std::string, std::string>({
      {R"("line": "100 Gb")", "#/line: \"100 Gb\" is not a rate; write e.g. \"100Gbps\""},
      {R"("line": "0bps")", "#/line: \"0bps\" is too small; more than 0bps"},
      {R"("places": 1001)", "#/places: 1001 is too large; at most 1000"},
      {R"("places": "2M")", "#/places: \"2M\" is too large; at most 1000"},
      {R"("places": -1)", "#/places: -1 is negative"},
      {R"("level": -11)", "#/level: -11 is too small; at least -10"},
      {R"("prices": [])", "#/prices: has 0 entries; needs at least 1"},
      {R"("prices": [1,2,3,4])", "#/prices: has 4 entries; needs at most 3"},
      {R"("prices": [-0.5])", "#/prices/0: -0.5 is too small; at least 0"},
      {R"("mechanics": {"a": {"busy": 1.5}})",
       "#/mechanics/a/busy: the number 1.5 is not between 0 and 1"},
      {R"("wheel": {"pressure": 9.5})", "#/wheel/pressure: 9.5 is too large; at most 9"},
      {R"("wheel": {"pressure": 3, "bolts": 4294967296})",
       "#/wheel/bolts: 4294967296 is too large; at most 4294967295"},
      {R"("mechanics": {"": {}})", "#/mechanics/: a name must not be empty"},
      {R"("mechanics": {"a\nb": {}})",
       "#/mechanics/a\\u000ab: a name must not hold control characters"},
  }));
  CHECK(problem_with(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("an unknown name suggests the nearest or lists the known ones") {
  const auto row = GENERATE(table<std::string, std::string>({
      {R"("fuel": "deisel")", "#/fuel: unknown fuel \"deisel\"; did you mean \"diesel\"?"},
      {R"("fuel": "water")", "#/fuel: unknown fuel \"water\"; known: petrol, diesel, none"},
      {R"("colour": "gren")", "#/colour: unknown colour \"gren\"; did you mean \"green\"?"},
      {R"("jobs": {"a": {"kind": "sael", "x": 2}})",
       "#/jobs/a/kind: unknown kind \"sael\"; did you mean \"sale\"?"},
      {R"("jobs": {"a": {"x": 2}})",
       "#/jobs/a: missing key \"kind\": which kind it is; wanted one of \"sale\" or \"repair\""},
      {R"("shares": {"ann": 1})", "#/shares/ann: \"ann\" is not in /mechanics; none are known"},
      {R"("mechanics": {"bob": {}}, "shares": {"bbo": 1})",
       "#/shares/bbo: \"bbo\" is not in /mechanics; did you mean \"bob\"?"},
      {R"("mechanics": {"bob": {}}, "jobs": {"a": {"kind": "repair", "takes": "1s", "mechanic": "eve"}})",
       "#/jobs/a/mechanic: \"eve\" is not in /mechanics; known: anybody, bob"},
      {R"("mechanics": {"bob": {"town": "york"}}, "towns": {"yrok": 1})",
       "#/towns/yrok: \"yrok\" is not in /mechanics/*/town; did you mean \"york\"?"},
  }));
  CHECK(problem_with(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("a name may be a key elsewhere or one of the words that are allowed too") {
  CHECK(read_garage(R"({"name": "x", "mechanics": {"bob": {"town": "york"}}, "towns": {"york": 2},
      "jobs": {"a": {"kind": "repair", "takes": "1s", "mechanic": "bob"},
               "b": {"kind": "repair", "takes": "1s", "mechanic": "anybody"}}})")
            .problems.empty());
}

TEST_CASE("exactly one member of a choice is given") {
  CHECK(problem_with(R"("trips": {"t": {"at": "1s"}})") ==
        "#/trips/t: what happens is missing: give one of toll or fine");
  CHECK(problem_with(R"("trips": {"t": {"at": "1s", "toll": {"fee": "1 USD"}, "fine": {}}})") ==
        "#/trips/t: only one of toll or fine can be given");
  CHECK(problem_with(R"("trips": {"t": {"at": "1s", "tol": {"fee": "1 USD"}, "fine": {}}})") ==
        "#/trips/t/tol: unknown key; did you mean \"toll\"?");
}

TEST_CASE("a missing key is placed at the object that lacks it") {
  CHECK(read_garage("\n {\"wheel\":\n  {}}").problems ==
        Lines{"g.json:2:2: missing key \"name\": what it is called; wanted text in quotes",
              "g.json:3:3 #/wheel: missing key \"pressure\": in bar; wanted a number, e.g. 0.5"});
}

TEST_CASE("a rule over several fields is told only where each is right by itself") {
  CHECK(problem_with(R"("opens": "2h")") == "#/closes: must be after \"opens\"");
  CHECK(problem_with(R"("opens": "2h", "closes": "x")") ==
        "#/closes: \"x\" is not a duration; write e.g. \"1h30min\"");
}

TEST_CASE("all mistakes of a file are told at once, in the order of the file") {
  CHECK(read_garage(
            "{\"opne\": 1,\n \"line\": \"fast\",\n \"wheel\": {\"pressure\": 99},\n \"name\": 5}")
            .problems == Lines{"g.json:1:2 #/opne: unknown key; did you mean \"open\"?",
                               "g.json:2:10 #/line: \"fast\" is not a rate; write e.g. \"100Gbps\"",
                               "g.json:3:24 #/wheel/pressure: 99 is too large; at most 9",
                               "g.json:4:10 #/name: found the number 5; wanted text in quotes"});
}

TEST_CASE("the document must be an object") {
  CHECK(read_garage("[]").problems == Lines{"g.json:1:1: found a list; wanted an object"});
}

TEST_CASE("whole numbers keep all their digits, and 24.0 is whole") {
  CHECK(read_garage(R"({"name": "x", "level": 9223372036854775807})").garage.level ==
        9223372036854775807);
  CHECK(read_garage(R"({"name": "x", "places": 24.0})").garage.places == 24);
  CHECK(problem_with(R"("level": 9223372036854775808)") ==
        "#/level: 9223372036854775808 does not fit 64 bits");
}

TEST_CASE("no more than a thousand problems are told, the rest is counted") {
  std::string text = "{\"name\": \"x\"";
  for (int i = 0; i < 1500; ++i) text += ", \"unknown" + std::to_string(i) + "\": 1";
  const Lines problems = read_garage(text + "}").problems;
  REQUIRE(problems.size() == 1001);
  CHECK(problems.back() == "g.json: and 500 more problems");
}

TEST_CASE("problems know whether something around or in a value is wrong already") {
  Document document{{"g.json"}, {}};
  Problems problems(document);
  problems.add("/network/pops/nyc/servers", "wrong");
  for (const char* touched : {"/network", "/network/pops/nyc", "/network/pops/nyc/servers",
                              "/network/pops/nyc/servers/0"}) {
    CHECK(problems.touches(touched));
  }
  for (const char* clean : {"/network/pops/nyc2", "/network/pops/ny", "/content"}) {
    CHECK_FALSE(problems.touches(clean));
  }
}

}  // namespace reader_test

}  // namespace cdnsim::config
