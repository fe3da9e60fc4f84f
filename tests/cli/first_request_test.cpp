// The first request in which two runs part, as users are told of it.

#include <string>

#include <nlohmann/json.hpp>

#include <tests/support/catch.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace first_request_test {

// The trace lies beside the scenario, not beside what is run.
constexpr const char* kScenario = R"({
  "duration": "10s", "series_interval": "1s",
  "network": {
    "client_networks": { "isp": { "region": "north", "users": 1000 } },
    "pops": { "pop": { "servers": 1, "shield": "none" } },
    "origins": { "origin": {} },
    "links": {
      "to-users": { "from": "pop", "to": "isp", "delay": "1ms" },
      "to-origin": { "from": "pop", "to": "origin", "delay": "10ms" }
    }
  },
  "content": { "videos": { "objects": 1, "size": "1B", "origin": "origin",
                           "cache_control": "max-age=86400" } },
  "traffic": { "log": { "kind": "trace", "file": "t.csv", "content": "videos" } },
  "caching": { "edge": { "policy": "lru", "memory": "300B" } }
})";

nlohmann::json told(const Workplace& place) {
  const Called called = place.cdnsim("compare before after --first-divergence --format json");
  CHECK(called.status == 1);
  CHECK(called.err.empty());
  return nlohmann::json::parse(called.out)["comparisons"][0]["first_request"];
}

TEST_CASE("the first request that differs is that for the object that has no room any more") {
  const Workplace place;
  REQUIRE(place.shell("mkdir s").status == 0);
  place.write("s/s.json", kScenario);
  place.write("s/t.csv", "time,id,size\n1,a,100\n2,b,100\n3,c,100\n4,a,100\n5,c,100\n");
  REQUIRE(place.cdnsim("run s/s.json -o before").status == 0);
  REQUIRE(place.cdnsim("run s/s.json -o after --set /caching/edge/memory=299B").status == 0);
  CHECK(told(place) == nlohmann::json{{"node", "pop"},
                                      {"at_s", 3.0},
                                      {"content", "videos"},
                                      {"object", 0},
                                      {"by", "client"},
                                      {"baseline", "hit"},
                                      {"candidate", "miss: evicted"}});
  const Called text = place.cdnsim("compare before after --first-divergence");
  CHECK(text.out.find("First request that differs: at 3 s, at pop, a client asks for videos number "
                      "0: hit in the") != std::string::npos);
  CHECK(place.cdnsim("compare before before --first-divergence --format json")
            .out.find("first_request") == std::string::npos);

  SECTION("a folder that does not hold what was run says so") {
    REQUIRE(place.shell("rm after/scenario.json").status == 0);
    CHECK(told(place)["none"].get<std::string>().starts_with(
        "after does not hold its scenario.json"));
  }
  SECTION("as does one that holds something else") {
    REQUIRE(place.shell("cp before/scenario.json after/scenario.json").status == 0);
    CHECK(told(place)["none"].get<std::string>().find("not what after is the result of") !=
          std::string::npos);
  }
  SECTION("and one whose series is not what comes of it") {
    REQUIRE(place
                .shell("zcat after/series.csv.gz | sed s/^0,pop,edge,1/0,pop,edge,2/ > x && "
                       "gzip -c x > after/series.csv.gz")
                .status == 0);
    CHECK(told(place)["none"].get<std::string>().find("comes to another series") !=
          std::string::npos);
  }
}

TEST_CASE("a run's folder holds a scenario that runs as it was run") {
  const Workplace place;
  REQUIRE(place.cdnsim("run small.json -o first --seed 5 --set /caching/edge/memory=1MB").status ==
          0);
  REQUIRE(place.cdnsim("run first/scenario.json -o again").status == 0);
  CHECK(place.read("first/scenario.json") == place.read("again/scenario.json"));
  CHECK(place.read("first/series.csv.gz") == place.read("again/series.csv.gz"));
}

}  // namespace first_request_test
}  // namespace cdnsim::test
