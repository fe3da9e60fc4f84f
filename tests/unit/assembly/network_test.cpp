// A scenario built: windows, cells, who serves whom, and what a bench node cannot show.

#include <string>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace network_test {

using namespace cdnsim;
using namespace cdnsim::test;

Scenario with_traffic(int pops, bool shield) {
  Scenario s = small_scenario(pops, shield);
  s.duration = 2s;
  add_content(s, "pages", 100, 0.9, "max-age=3600");
  add_steady(s, "base", 500, "pages");
  return s;
}
void set_delays(Scenario& s, Duration delay) {
  for (auto& [id, link] : s.network.links) link.delay = delay;
}

TEST_CASE("windows are as long as the shortest way between nodes, and fit a second evenly") {
  Scenario s = with_traffic(2, true);
  const auto lookahead = [&](Duration delay) {
    set_delays(s, delay);
    return assembly::build_network(s).lookahead;
  };
  CHECK(lookahead(10ms) == 10ms);
  CHECK(lookahead(3ms) == 2500us);   // 400 parts
  CHECK(lookahead(7ms) == 6250us);   // 160 parts
  CHECK(lookahead(999ms) == 500ms);  // 2 parts
  CHECK(lookahead(2s) == 1s);        // never longer than a second
  CHECK(lookahead(300us) == 1ms);    // raised to min_message_delay
  CHECK(lookahead(0ms) == 1ms);
}

TEST_CASE("a client's link does not shorten the windows") {
  Scenario s = with_traffic(2, true);
  s.network.links["pop0-isp0"].delay = 1ms;
  CHECK(assembly::build_network(s).lookahead == 10ms);
}

TEST_CASE("a network has one cell for every 250,000 users, in powers of two, at most 64") {
  Scenario s = with_traffic(1, false);
  const auto cells = [&](std::uint64_t users) {
    s.network.client_networks["isp0"].users = users;
    s.network.client_networks["isp0"].cells.reset();
    return assembly::make_plan(s)->networks[0].cells;
  };
  CHECK(cells(1) == 1);
  CHECK(cells(250'000) == 1);
  CHECK(cells(250'001) == 2);
  CHECK(cells(500'001) == 4);
  CHECK(cells(4'200'000) == 32);  // 17 rounded up
  CHECK(cells(16'000'000) == 64);
  CHECK(cells(1'000'000'000) == 64);
  s.network.client_networks["isp0"].cells = 5;
  CHECK(assembly::make_plan(s)->networks[0].cells == 5);
}

TEST_CASE("messages that would come sooner than allowed are raised and counted") {
  Scenario s = with_traffic(2, false);
  SECTION("all of them when nodes have no distance") {
    set_delays(s, 0ms);
    const Result result = run(s).result;
    CHECK(result.message_delays_raised == result.messages[0].sent + result.messages[1].sent);
    CHECK(result.message_delays_raised > 0);
  }
  SECTION("those of the one PoP that is too near") {
    s.network.links["pop0-origin"].delay = 999us;
    const Result result = run(s).result;
    const auto fetches = result.nodes.at(0).activity.fetches;
    CHECK(result.nodes.at(0).id == "pop0");
    CHECK(result.message_delays_raised == 2 * fetches);  // and as many answers
  }
  SECTION("none at the limit") {
    set_delays(s, 1ms);
    CHECK(run(s).result.message_delays_raised == 0);
  }
}

TEST_CASE("a PoP's misses go to its nearest shield, to the one it names, or to the origin") {
  Scenario s = with_traffic(2, true);
  s.network.shields["far"] = ShieldSpec{1};
  for (const char* other : {"pop0", "pop1", "origin"}) {
    LinkSpec link;
    link.from = "far";
    link.to = other;
    link.delay = 80ms;
    s.network.links[std::string("far-") + other] = link;
  }
  // So that PoPs come to the origin through the shields.
  for (const char* pop : {"pop0", "pop1"}) {
    s.network.links[pop + std::string("-shield")].kind = LinkKind::backbone;
  }
  const auto requests_at = [&](const std::string& id) {
    for (const NodeResult& node : run(s).result.nodes) {
      if (node.id == id) return node.activity.outcomes.requests;
    }
    return std::uint64_t{0};
  };
  s.network.pops["pop0"].shield = "nearest";
  s.network.pops["pop1"].shield = "nearest";
  CHECK(requests_at("shield") > 0);
  CHECK(requests_at("far") == 0);
  s.network.pops["pop1"].shield = "far";
  CHECK(requests_at("shield") > 0);
  CHECK(requests_at("far") > 0);
  s.network.pops["pop0"].shield = "none";
  CHECK(requests_at("shield") == 0);
  s.network.pops["pop1"].shield = "none";
  CHECK(requests_at("far") == 0);
  CHECK(requests_at("origin") > 0);
}

TEST_CASE("content goes to the origin that owns it") {
  Scenario s = with_traffic(2, true);
  s.network.origins["second"] = OriginSpec{};
  LinkSpec link;
  link.from = "second";
  link.to = "shield";
  link.delay = 20ms;
  s.network.links["second"] = link;
  add_content(s, "films", 40, 0.0, "max-age=3600");
  s.content["films"].origin = "second";
  std::get<Steady>(s.traffic["base"]).mix["films"] = 1;
  const Result result = run(s).result;
  CHECK(result.classes.at("films").origin_requests == 40);
  for (const NodeResult& node : result.nodes) {
    if (node.id == "second") CHECK(node.activity.outcomes.requests == 40);
    if (node.id == "origin") {
      CHECK(node.activity.outcomes.requests == result.classes.at("pages").origin_requests);
    }
  }
}

}  // namespace network_test
