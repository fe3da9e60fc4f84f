// Why a request or a fetch is served elsewhere, counted by hand from traces.

#include <tests/support/catch.hpp>

#include "traced.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

namespace served_elsewhere_test {

// A PoP behind a shield, for which shield b stands in.
Scenario two_shields() {
  Scenario s = small_scenario(1, true);
  s.network.shields["b"] = ShieldSpec{1};
  s.network.shields["shield"].failover = "b";
  s.network.pops["pop0"].shield = "shield";
  join(s, "b", "pop0");
  join(s, "b", "origin");
  return s;
}

TEST_CASE("fetches that a stand-in answers while the shield is down count as health") {
  const ScratchFiles files;
  Scenario s = two_shields();
  replay(s, files, one_after_another(100, 1));
  s.duration = 11s;
  s.caching.edge.avoid_refusing = 1s;
  s.events["outage"] = down("shield", 4s, 3s);
  const Activity edge = run(s).result.tiers.at("edge");
  // Refused at 4.05, 5.15 and 6.25 s, heard 20 ms later, and passed over for a second each time:
  // from 4.05 to 7.25 s the stand-in answers.
  CHECK(edge.resent == 3);
  CHECK(edge.answered.health == 33);
  CHECK(edge.answered.home == 67);
  CHECK(sum(edge.answered) == 100);
}

TEST_CASE("fetches that the shield had no room for count as overflow") {
  const ScratchFiles files;
  Scenario s = two_shields();
  std::string csv = "time,id,size\n";
  for (int i = 0; i < 20; ++i) {
    csv += fmt::format("{0}.050,a{0},1000\n{0}.051,b{0},1000\n", i);
  }
  replay(s, files, csv);
  s.duration = 21s;
  s.caching.shield.service_time = 20ms;
  s.caching.shield.max_wait = 0ms;
  const auto edge = [&](Duration avoid) {
    s.caching.edge.avoid_refusing = avoid;
    return run(s).result.tiers.at("edge");
  };
  // The second of each pair finds the shield at work.
  const Activity never_avoiding = edge(0s);
  CHECK(never_avoiding.answered.overflow == 20);
  CHECK(never_avoiding.answered.home == 20);
  CHECK(never_avoiding.resent == 20);
  // Who passes it over sends the next pair to the stand-in, which has room for one of the two as
  // well; when both have refused, the one after that is asked as at first.
  const Activity avoiding = edge(30s);
  CHECK(avoiding.resent == 10);
  CHECK(avoiding.answered.home == 10);
  CHECK(avoiding.answered.overflow == 30);
}

TEST_CASE("fetches that a peer answers count as content") {
  const ScratchFiles files;
  Scenario s = small_scenario(2, true);
  s.network.pops["pop1"].peers = {"pop0"};
  join(s, "pop0", "pop1");
  std::string csv = "time,id,size,client\n";
  for (int i = 0; i < 30; ++i) csv += fmt::format("{:.2f},{},1000,isp0\n", 0.05 + 0.1 * i, i);
  for (int i = 0; i < 40; ++i) csv += fmt::format("{:.2f},{},1000,isp1\n", 4.05 + 0.1 * i, i);
  replay(s, files, csv);
  // pop1 asks for the 30 that pop0 has, and for 10 that pop0 refuses.
  const Activity edge = run(s).result.tiers.at("edge");
  CHECK(edge.answered.content == 30);
  CHECK(edge.answered.home == 30 + 10);
  CHECK(edge.resent == 10);
}

TEST_CASE("requests of a server that is down count as health at the others") {
  const ScratchFiles files;
  Scenario s = small_scenario(1, false);
  s.network.pops["pop0"].servers = 2;
  replay(s, files, one_after_another(100, 2));
  s.duration = 21s;
  s.warmup = 10s;
  std::uint64_t moved = 0;
  for (const std::uint32_t server : {0u, 1u}) {
    EventSpec event = down("pop0", 2s, std::nullopt);
    std::get<DownEvent>(event.what).server = server;
    s.events["outage"] = event;
    const Activity edge = run(s).result.tiers.at("edge");
    CHECK(sum(edge.served) == 100);
    CHECK(edge.served.content + edge.served.overflow == 0);
    moved += edge.served.health;
  }
  CHECK(moved == 100);  // each object belongs to one of the two
}

TEST_CASE("requests that spill where loads are bounded count as overflow") {
  Scenario s = small_scenario(1, false);
  s.network.pops["pop0"].servers = 5;
  s.caching.edge.placement = *parse<PolicyText>("bounded:c=1.05").value;
  add_content(s, "videos", 200, 1.0, "max-age=60");
  add_steady(s, "steady", 1000, "videos");
  const Result result = run(s).result;
  const Activity& edge = result.tiers.at("edge");
  CHECK(sum(edge.served) == edge.outcomes.requests);
  CHECK(edge.served.overflow > 100);
  // What the ring counts as it places them.
  const double spilled =
      result.nodes[1].id == "pop0" ? result.nodes[1].spilled_share : result.nodes[0].spilled_share;
  CHECK(static_cast<double>(edge.served.overflow) ==
        Approx(spilled * static_cast<double>(edge.outcomes.requests)));
  CHECK(edge.served.health + edge.served.content == 0);
}

TEST_CASE("requests for a hot object at its other servers count as content") {
  Scenario s = small_scenario(1, false);
  s.duration = 20s;
  s.network.pops["pop0"].servers = 6;
  HotSpec hot;
  hot.rate = Rate{500};
  s.caching.edge.hot = hot;
  add_content(s, "videos", 1, 0, "max-age=600");
  add_steady(s, "steady", 1000, "videos");
  const Result result = run(s).result;
  const NodeResult& pop = result.nodes[0].id == "pop0" ? result.nodes[0] : result.nodes[1];
  REQUIRE(pop.hot.size() == 1);
  std::uint64_t others = 0;  // its own server comes first
  for (std::size_t i = 1; i < pop.hot[0].by_server.size(); ++i) {
    others += pop.hot[0].by_server[i].requests;
  }
  CHECK(others > 5000);
  CHECK(result.tiers.at("edge").served.content == others);
}

TEST_CASE("a hot object whose own server is down counts as health") {
  const ScratchFiles files;
  Scenario s = small_scenario(1, false);
  s.network.pops["pop0"].servers = 4;
  s.duration = 12s;
  HotSpec hot;
  hot.rate = Rate{50};
  hot.replicas = 1;
  s.caching.edge.hot = hot;
  std::string csv = "time,id,size\n";
  for (int i = 0; i < 1000; ++i) csv += fmt::format("{:.2f},a,1000\n", 0.005 + 0.01 * i);
  replay(s, files, csv);
  int homes = 0;
  for (std::uint32_t server = 0; server < 4; ++server) {
    EventSpec event = down("pop0", 5s, std::nullopt);
    std::get<DownEvent>(event.what).server = server;
    std::get<DownEvent>(event.what).noticed_after = 0s;
    s.events["outage"] = event;
    const Activity edge = run(s).result.tiers.at("edge");
    CHECK(edge.served.content == 0);  // one server has it, so nothing is spread
    if (edge.served.health == 0) continue;
    ++homes;
    CHECK(edge.served.health == 505);  // of a hundred a second from 5 s on, 50 ms late
  }
  CHECK(homes == 1);
}

TEST_CASE("with Maglev nothing overflows when a server is down") {
  Scenario s = small_scenario(1, false);
  s.network.pops["pop0"].servers = 7;
  s.caching.edge.placement = *parse<PolicyText>("maglev:table=251").value;
  add_content(s, "videos", 5000, 0.1, "max-age=60");
  add_steady(s, "steady", 1000, "videos");
  EventSpec event = down("pop0", 1s, std::nullopt);
  std::get<DownEvent>(event.what).server = 3;
  s.events["outage"] = event;
  const Activity edge = run(s).result.tiers.at("edge");
  CHECK(edge.served.overflow == 0);
  CHECK(edge.served.health > 0);
}

}  // namespace served_elsewhere_test
