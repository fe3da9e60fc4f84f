// cdnsim compare as users meet it.

#include <string>

#include <nlohmann/json.hpp>

#include <tests/support/catch.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace {

// Two folders of runs, of other seeds.
void run_both(const Workplace& place) {
  REQUIRE(place.cdnsim("run small.json -o before").status == 0);
  REQUIRE(place.cdnsim("run small.json -o after --seed 99").status == 0);
}

TEST_CASE("a result is the same as itself, and the status says so") {
  const Workplace place;
  run_both(place);
  const Called same = place.cdnsim("compare before before/result.json --first-divergence");
  CHECK(same.status == 2);  // a file has no series
  const Called itself = place.cdnsim("compare before before --first-divergence");
  CHECK(itself.status == 0);
  CHECK(itself.out.find("the same: ") != std::string::npos);
  CHECK(itself.out.find("The series are the same") != std::string::npos);
}

TEST_CASE("what differs is told as a table, as JSON and as a JUnit report") {
  const Workplace place;
  run_both(place);
  const Called table = place.cdnsim("compare before after --explain --first-divergence");
  CHECK(table.status == 1);
  CHECK(table.err.empty());
  CHECK(table.out.find("/scenario/seed: ") != std::string::npos);
  CHECK(table.out.find("First divergence: the bin of the series from 0 s on") != std::string::npos);
  const Called as_json = place.cdnsim("compare before after --format json");
  const auto document = nlohmann::json::parse(as_json.out);
  const auto before = nlohmann::json::parse(place.read("before/result.json"));
  const auto after = nlohmann::json::parse(place.read("after/result.json"));
  bool found = false;
  for (const auto& row : document["comparisons"][0]["differences"]) {
    if (row["figure"] != "/requests/total") continue;
    found = true;
    CHECK(row["baseline"] == before["requests"]["total"]);
    CHECK(row["candidate"] == after["requests"]["total"]);
  }
  CHECK(found);
  const Called junit = place.cdnsim("compare before after --format junit");
  CHECK(junit.status == 1);
  CHECK(junit.out.find("<testcase name=\"requests\"") != std::string::npos);
  place.write("t.json", R"({"rules": [{"path": "/**", "ignore": true}]})");
  const Called nothing = place.cdnsim("compare before after --tolerances t.json");
  CHECK(nothing.status == 2);
  CHECK(nothing.err.find("nothing is left to compare") != std::string::npos);
  place.write("u.json", R"({"rel": 0.5, "rules": [{"path": "/nodes/*/hitz", "rel": 1}]})");
  const Called unused = place.cdnsim("compare before after --tolerances u.json");
  CHECK(unused.status == 2);
  CHECK(unused.err.find("no figure fits \"/nodes/*/hitz\"") != std::string::npos);
}

TEST_CASE("folders of runs are replications") {
  const Workplace place;
  for (const char* side : {"a", "b"}) {
    REQUIRE(place.shell("mkdir " + std::string(side)).status == 0);
    for (const int seed : {1, 2, 3}) {
      const std::string n = std::to_string(seed);
      REQUIRE(place.cdnsim("run small.json -o " + std::string(side) + "/" + n + " --seed " + n)
                  .status == 0);
    }
  }
  CHECK(place.cdnsim("compare a b").status == 0);
  REQUIRE(place.shell("cp -r b/1 b/4").status == 0);
  const Called twice = place.cdnsim("compare a b");
  CHECK(twice.status == 2);
  CHECK(twice.err.find("two runs of seed 1") != std::string::npos);
}

TEST_CASE("verify tells what is new, the same and different, and approves") {
  const Workplace place;
  REQUIRE(place.shell("mkdir s && cp small.json s/a.json && cp small.json s/b.json").status == 0);
  const std::string verify = "verify s --baseline approved";
  const Called fresh = place.cdnsim(verify);
  CHECK(fresh.status == 1);
  CHECK(fresh.out.find("0 the same, 0 different, 2 new, 0 not run") != std::string::npos);
  CHECK(place.names_in("s") == "a.json b.json");
  CHECK(place.cdnsim(verify + " --approve").status == 0);
  CHECK(place.names_in("approved") == "a.json b.json");
  REQUIRE(place.cdnsim("run s/a.json -o run").status == 0);
  CHECK(place.read("approved/a.json") == place.read("run/result.json"));
  CHECK(place.cdnsim(verify).out.find("2 the same, 0 different") != std::string::npos);
  // One changes, one is broken: the other is told all the same.
  place.write("s/a.json", R"({"extends": "../small.json", "seed": 4711})");
  place.write("s/b.json", "{");
  const Called both = place.cdnsim(verify + " --format junit");
  CHECK(both.status == 2);
  CHECK(both.out.find("<testsuite name=\"s/a.json\"") != std::string::npos);
  CHECK(both.err.find("s/b.json:1:") != std::string::npos);
  CHECK(both.err.find("0 the same, 1 different, 0 new, 1 not run") != std::string::npos);
  CHECK(place.cdnsim("verify s/a.json small.json --baseline x").status == 1);
  CHECK(place.cdnsim("verify s/a.json ./s/a.json --baseline x").status == 2);
}

TEST_CASE("what tolerances ignore is not kept, and a report tells every scenario") {
  const Workplace place;
  REQUIRE(place.shell("mkdir s && cp small.json s/a.json && cp small.json s/b.json").status == 0);
  place.write("t.json", R"({"rules": [{"path": "/nodes/**", "ignore": true},
    {"path": "/latency_ms/by_class/**", "ignore": true},
    {"path": "/identities/**", "ignore": true}, {"path": "/origin/bytes", "ignore": true}]})");
  const std::string verify = "verify s --baseline approved --tolerances t.json";
  REQUIRE(place.cdnsim(verify + " --approve").status == 0);
  const auto kept = nlohmann::json::parse(place.read("approved/a.json"));
  CHECK_FALSE(kept.contains("nodes"));
  CHECK_FALSE(kept["latency_ms"].contains("by_class"));
  CHECK(kept["latency_ms"].contains("ttfb"));
  CHECK_FALSE(kept["origin"].contains("bytes"));
  CHECK(kept["origin"].contains("requests"));
  CHECK(kept.contains("identities"));  // by which a result is known
  REQUIRE(place.cdnsim("run s/a.json -o run").status == 0);
  CHECK(kept["digest"] == nlohmann::json::parse(place.read("run/result.json"))["digest"]);

  place.write("s/c.json", R"({"extends": "../small.json"})");
  const Called report = place.cdnsim(verify + " --format junit");
  CHECK(report.status == 1);
  CHECK(report.out.find("<testsuite name=\"s/a.json\" tests=\"1\" failures=\"0\"") !=
        std::string::npos);
  CHECK(report.out.find("<testsuite name=\"s/c.json\" tests=\"1\" failures=\"1\"") !=
        std::string::npos);
  CHECK(report.out.find("approved/c.json is not there: --approve") != std::string::npos);
}

TEST_CASE("what is no result is said to be none") {
  const Workplace place;
  const auto told = [&](const std::string& arguments) {
    const Called called = place.cdnsim("compare " + arguments);
    CHECK(called.status == 2);
    CHECK(called.out.empty());
    return called.err;
  };
  CHECK(told("small.json small.json").find("a scenario") != std::string::npos);
  CHECK(told("nowhere small.json").find("cannot read nowhere: No such file") != std::string::npos);
  place.write("half.json", "{\"requests\": ");
  CHECK(told("half.json half.json").find("no JSON object") != std::string::npos);
  REQUIRE(place.shell("mkdir e").status == 0);
  CHECK(told("e e").find("holds neither") != std::string::npos);
}

}  // namespace
}  // namespace cdnsim::test
