#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/read_scenario.hpp>
#include <tests/support/catch.hpp>

#include "garage.hpp"

namespace cdnsim::config {
namespace checks_test {

using Lines = std::vector<std::string>;

constexpr std::string_view kSmall = R"({
  "duration": "2min", "warmup": "30s",
  "network": {
    "client_networks": { "users": { "region": "west", "users": "2M" } },
    "pops": { "pop": { "servers": 2 } }, "shields": { "shield": {} }, "origins": { "origin": {} },
    "links": { "a": { "from": "pop", "to": "users", "delay": "2ms" },
               "b": { "from": "pop", "to": "shield", "delay": "9ms" },
               "c": { "from": "shield", "to": "origin", "delay": "9ms" } } },
  "content": { "images": { "objects": 9, "size": "1MB", "origin": "origin" } },
  "traffic": { "base": { "kind": "steady", "rate": "1/s", "mix": { "images": 1 } },
               "video": { "kind": "viral", "peak": "1/s", "starts": "1s", "size": "1MB",
                          "origin": "origin" } },
  "slo": { "hits": { "metric": "/tiers/edge/hit_ratio", "at_least": 0.5 } } })";

// What is told after these overrides, without the place.
Lines told_after(const std::vector<std::string>& sets) {
  Document document;
  Problems problems(document);
  REQUIRE(read_text("s.json", kSmall, document, problems));
  read_scenario(document, sets, problems);
  Lines lines;
  for (const Problem& problem : problems.sorted()) {
    lines.push_back("#" + problem.pointer + ": " + problem.message);
  }
  return lines;
}

TEST_CASE("what lies just inside the limits is no problem") {
  CHECK(told_after({}) == Lines{});
  for (const char* set :
       {"/warmup=119s", "/warmup=0s", "/slot=1ms", "/slot=1s", "/series_interval=1s",
        "/traffic/video/starts=119s", "/traffic/base/rate=1G/s", "/slo/hits/at_most=0.5",
        "/network/client_networks/users/users=1000G", "/network/pops/pop/shield=shield",
        "/traffic/video/spread={\"west\": {\"weight\": 0.1}}",
        "/traffic/base/mix={\"images\": 0.001}", "/caching/edge/policy=s3fifo:small=1",
        "/slo/hits/metric=/links/2/bytes"}) {
    CAPTURE(set);
    CHECK(told_after({set}) == Lines{});
  }
}

TEST_CASE("what follows only from a value that could not be read is not told") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"/duration=long", "#/duration: \"long\" is not a duration; write e.g. \"1h30min\""},
      {"/warmup=long", "#/warmup: \"long\" is not a duration; write e.g. \"1h30min\""},
      {"/slot=7", "#/slot: found the number 7; wanted a duration, e.g. \"1h30min\""},
      {"/traffic/base/mix=1",
       "#/traffic/base/mix: found the number 1; wanted an object keyed by name"},
      {"/traffic/base/kind=stedy",
       "#/traffic/base/kind: unknown kind \"stedy\"; did you mean \"steady\"?"},
      {"/network/pops/pop/shield=1",
       "#/network/pops/pop/shield: found the number 1; wanted text in quotes"},
      {"/network/shields=[]", "#/network/shields: found a list; wanted an object keyed by name"},
      {"/network/pops=[]", "#/network/pops: found a list; wanted an object keyed by name"},
      {"/caching/edge/policy=[]",
       "#/caching/edge/policy: found a list; wanted a policy, e.g. \"s3fifo:small=0.1\""},
      {"/slo/hits/metric=7", "#/slo/hits/metric: found the number 7; wanted text in quotes"},
      {"/content=null", "#/traffic/base/mix/images: \"images\" is not in /content; none are known"},
  }));
  CAPTURE(std::get<0>(row));
  CHECK(told_after({std::get<0>(row)}) == Lines{std::get<1>(row)});
}

TEST_CASE("an unknown end of one link hides who is not reached, not other mistakes") {
  CHECK(told_after({"/network/links/b/to=sheild", "/warmup=2min"}) ==
        Lines{"#/network/links/b/to: \"sheild\" is not in /network/pops, /network/shields, "
              "/network/origins, /network/client_networks, /network/transit_providers, "
              "/network/ixps or /network/embedded; did you mean \"shield\"?",
              "#/warmup: 2min of warm-up leave nothing of a run of 2min"});
}

TEST_CASE("a wrong capacity of a link hides nobody who is not reached") {
  CHECK(told_after({"/network/links/b/capacity=fast", "/network/links/c/from=users"}) ==
        Lines{"#/network/shields/shield: cannot reach the origin \"origin\"; add a link "
              "(b, a, c is no way, valley: peers then peers at pop; see models/routing/README.md)",
              "#/network/links/b/capacity: \"fast\" is not a rate; write e.g. \"100Gbps\""});
}

TEST_CASE("an object made by a mistyped override is told with the name that was meant") {
  CHECK(told_after({"/network/pops/ppo/servers=3"}) ==
        Lines{"#/network/pops/ppo: can reach no shield; add a link, or \"shield\": \"none\"",
              "#/network/pops/ppo: this override made it; did you mean \"pop\"?"});
}

TEST_CASE("more classes of content than numbers for them are a problem") {
  Scenario scenario;
  for (int i = 0; i < 65'535; ++i) scenario.content["c" + std::to_string(i)];
  Document document{{"s.json"}, {}};
  Problems problems(document);
  check_traffic(scenario, problems);
  CHECK(problems.empty());
  scenario.traffic["v"] = Viral{};
  check_traffic(scenario, problems);
  REQUIRE(problems.told_at("/content"));
}

}  // namespace checks_test

}  // namespace cdnsim::config
