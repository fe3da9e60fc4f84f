// Events of a scenario through a whole run: servers that go down, purges, outages and stand-ins.

#include <cmath>
#include <string>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/data_path/placement.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace events_test {

using namespace cdnsim;
using namespace cdnsim::test;

constexpr std::uint64_t kObjects = 2000;

// Every object is asked for some thirty times in each half of a minute, at each of the PoPs.
Scenario warm_scenario(int pops, bool shield, const char* cache_control = "max-age=86400") {
  Scenario s = small_scenario(pops, shield);
  s.duration = 60s;
  add_content(s, "pages", kObjects, 0.0, cache_control);
  add_steady(s, "base", 2000.0 * pops, "pages");
  return s;
}

void join(Scenario& s, const std::string& from, const std::string& to) {
  LinkSpec link;
  link.from = from;
  link.to = to;
  link.delay = 10ms;
  s.network.links[from + "-" + to] = link;
}

EventSpec down(Duration at, const std::string& node, std::optional<Duration> lasts = {}) {
  DownEvent event;
  event.node = node;
  event.lasts = lasts;
  return EventSpec{at, event};
}

EventSpec purge(Duration at, Duration delay) {
  PurgeEvent event;
  event.everything = true;
  event.delay = delay;
  return EventSpec{at, event};
}

// How many objects have another server once one is down.
std::uint64_t objects_moved(const Scenario& s, std::uint32_t servers, std::uint32_t server) {
  std::vector<RingMember> members;
  for (std::uint32_t i = 0; i < servers; ++i) members.push_back({"server " + std::to_string(i)});
  const Placement before = *make_placement(placement_text(s.caching.edge), members).value;
  Placement after = before;
  const auto plan = assembly::make_plan(s);
  return std::visit(
      [&](const auto& family) {
        auto& changed = std::get<std::decay_t<decltype(family)>>(after);
        changed.set_down(server, true);
        std::uint64_t moved = 0;
        for (std::uint32_t object = 0; object < kObjects; ++object) {
          const std::uint64_t key = plan->catalogue[0].key_of(object);
          moved += family.owner(key) != changed.owner(key);
        }
        return moved;
      },
      before);
}

TEST_CASE("the objects of a server that goes down are fetched anew, once each") {
  constexpr std::uint32_t kServers = 20;
  for (const char* placement : {"ring", "jump", "rendezvous", "maglev"}) {
    Scenario s = warm_scenario(1, false);
    s.network.pops["pop0"].servers = kServers;
    s.caching.edge.placement.name = placement;
    EventSpec event = down(30s, "pop0");
    std::get<DownEvent>(event.what).server = 3;
    std::get<DownEvent>(event.what).noticed_after = 0s;
    s.events["one server less"] = event;
    const std::uint64_t moved = objects_moved(s, kServers, 3);
    const Result result = run(s).result;
    INFO(placement << ": " << moved << " objects");
    const MissCauses& causes = result.tiers.at("edge").miss_causes;
    CHECK(causes.first_request == kObjects);
    CHECK(causes.re_steered == moved);
    CHECK(causes.evicted == 0);
    CHECK(result.origin.requests == kObjects + moved);
    const double share = static_cast<double>(moved) / kObjects;
    s.warmup = 25s;
    const EventResult effect = run(s).result.events.at(0);
    // Of 60,000 requests in the half minute that is left.
    CHECK(std::abs(effect.moved_share - share) < 5 * std::sqrt(share / 60'000));
    // In the first five seconds each of them misses once but for one in 150, and 60 ms of a
    // second's requests wait: 1.05 of them, give or take some of the latter, of 10,000 requests.
    CHECK(effect.hit_ratio_before > 0.999);
    CHECK(effect.hit_ratio_lowest < 1 - 0.9 * share * kObjects / 10'000);
    CHECK(effect.hit_ratio_lowest > 1 - 1.2 * share * kObjects / 10'000);
  }
}

TEST_CASE("until a dead server is noticed its requests are lost") {
  Scenario s = warm_scenario(1, false);
  s.network.pops["pop0"].servers = 4;
  EventSpec event = down(30s, "pop0");
  std::get<DownEvent>(event.what).server = 1;
  std::get<DownEvent>(event.what).noticed_after = 5s;
  s.events["one server less"] = event;
  const Result result = run(s).result;
  const double share = static_cast<double>(objects_moved(s, 4, 1)) / kObjects;
  const double expected = share * 2000 * 5;
  INFO(result.requests.outcomes.shed << " shed, expected " << expected);
  CHECK(std::abs(static_cast<double>(result.requests.outcomes.shed) - expected) <
        5 * std::sqrt(expected));
  CHECK(result.requests.errors == result.requests.outcomes.shed);
}

TEST_CASE("a purge empties every cache, and until it comes old copies are served") {
  Scenario s = warm_scenario(2, true);
  s.events["purge"] = purge(30s, 2s);
  const Result result = run(s).result;
  REQUIRE(result.events.size() == 1);
  const EventResult& event = result.events[0];
  CHECK(event.copies_purged == 3 * kObjects);
  // 4000 requests a second for two seconds, all of them hits.
  CHECK(std::abs(static_cast<double>(event.served_outdated) - 8000) < 5 * std::sqrt(8000.0));
  CHECK(result.tiers.at("edge").outdated == event.served_outdated);
  CHECK(result.tiers.at("edge").miss_causes.purged == 2 * kObjects);
  CHECK(result.origin.requests == 2 * kObjects);
  CHECK(event.origin_peak_rps > event.origin_rps_before);
}

TEST_CASE("a PoP that hears of a purge before its shield fetches what was to go") {
  // The shield hears of it last, if at all: with a spread of 20 s the three have moments of their
  // own.
  Scenario s = warm_scenario(2, true);
  s.events["purge"] = purge(30s, 0s);
  std::get<PurgeEvent>(s.events["purge"].what).spread = 20s;
  const Result late = run(s).result;
  std::get<PurgeEvent>(s.events["purge"].what).spread = 0s;
  const Result at_once = run(s).result;
  // What was on its way to clients when it was published is not counted there.
  CHECK(at_once.events[0].served_outdated < 100);
  CHECK(late.events[0].served_outdated > 4000);
}

TEST_CASE("a shield's stand-in takes over while it is down") {
  Scenario s = warm_scenario(1, true, "max-age=5");
  s.network.shields["spare"] = ShieldSpec{1};
  join(s, "pop0", "spare");
  join(s, "spare", "origin");
  s.events["outage"] = down(20s, "shield", 20s);
  CHECK(run(s).result.requests.errors > 10'000);
  s.network.shields["shield"].failover = "spare";
  const Result result = run(s).result;
  CHECK(result.requests.errors == 0);
  // The first to be refused is sent on at once, and then nobody asks for ten seconds: at 20 s, when
  // the outage begins, and at 30 s; fetches of the same 20 ms may be under way besides.
  CHECK(result.tiers.at("edge").resent >= 2);
  CHECK(result.tiers.at("edge").resent < 200);
  for (const NodeResult& node : result.nodes) {
    if (node.id == "spare") CHECK(node.activity.outcomes.requests > kObjects);
  }
}

TEST_CASE("while the origin is down stale copies answer, where the content allows it") {
  Scenario s = warm_scenario(1, false, "max-age=5, stale-if-error=60");
  s.events["outage"] = down(20s, "origin", 20s);
  const Result kept = run(s).result;
  CHECK(kept.requests.errors == 0);
  s.caching.edge.serve_stale = false;
  const Result lost = run(s).result;
  CHECK(lost.requests.errors > 10'000);
  s.caching.edge.serve_stale.reset();
  s.caching.edge.error_ttl = 2s;
  const Result remembered = run(s).result;
  CHECK(remembered.requests.errors == 0);
  // Without, each request for a copy that has expired asks again; with, one in two seconds does.
  CHECK(2 * remembered.origin.errors < kept.origin.errors);
}

TEST_CASE("what a neighbour has is not fetched from the origin") {
  Scenario s = warm_scenario(2, false);
  s.traffic.clear();
  add_steady(s, "base", 4000, "pages");
  s.network.client_networks["isp1"].utc_offset = 0s;
  join(s, "pop0", "pop1");
  s.network.pops["pop1"].peers = {"pop0"};
  const Result result = run(s).result;
  const NodeResult& first = result.nodes.at(0);
  const NodeResult& second = result.nodes.at(1);
  REQUIRE(first.id == "pop0");
  CHECK(first.activity.fetches == kObjects);
  CHECK(second.activity.fetches == kObjects);
  CHECK(first.relayed_requests == kObjects);
  CHECK(first.relayed_hits + second.activity.resent <= kObjects);
  CHECK(first.relayed_hits > 0);
  // Each object is at one of them first; then the other finds it there, or is the first itself.
  CHECK(result.origin.requests == kObjects + second.activity.resent);
  CHECK(result.requests.outcomes.requests ==
        first.activity.outcomes.requests + second.activity.outcomes.requests);
}

TEST_CASE("shields can stand behind one another, and origins have shields of their own") {
  Scenario s = warm_scenario(1, true);
  s.network.shields["inner"] = ShieldSpec{1};
  join(s, "shield", "inner");
  join(s, "inner", "origin");
  s.network.shields["shield"].shield = "inner";
  const Result chained = run(s).result;
  for (const NodeResult& node : chained.nodes) {
    if (node.kind == "shield") CHECK(node.activity.outcomes.requests == kObjects);
  }
  s.network.shields["shield"].shields["origin"] = "none";
  const Result direct = run(s).result;
  for (const NodeResult& node : direct.nodes) {
    if (node.id == "inner") CHECK(node.activity.outcomes.requests == 0);
  }
}

TEST_CASE("events are the same for any number of threads") {
  Scenario s = warm_scenario(3, true, "max-age=5, stale-while-revalidate=2");
  s.caching.edge.refresh_ahead = Ratio{0.2};
  s.caching.shield.copies = CopyPlaces{CopyPlaces::Kind::prob, 0.5};
  s.network.pops["pop0"].servers = 4;
  s.events["a purge"] = purge(20s, 100ms);
  std::get<PurgeEvent>(s.events["a purge"].what).spread = 5s;
  EventSpec event = down(30s, "pop0", 10s);
  std::get<DownEvent>(event.what).server = 1;
  s.events["one server less"] = event;
  s.events["shield"] = down(40s, "shield", 3s);
  const std::string digest = run(s, {.threads = 1}).result.digest;
  CHECK(run(s, {.threads = 3}).result.digest == digest);
}

TEST_CASE("remembered errors are no hits, remembered absences are") {
  // Nothing was ever fetched: no request finds anything, though most need no fetch.
  Scenario s = warm_scenario(1, false);
  s.duration = 20s;
  s.caching.edge.error_ttl = 5s;
  s.events["outage"] = down(0s, "origin");
  const Activity dead = run(s).result.tiers.at("edge");
  CHECK(dead.outcomes.negative_hits > dead.outcomes.requests / 2);
  CHECK(dead.remembered_errors == dead.outcomes.negative_hits);
  CHECK(dead.hit_ratio == 0);
  s.events.clear();
  s.content["pages"].not_found = Ratio{1.0};
  s.caching.edge.not_found_ttl = 1h;
  const Activity absent = run(s).result.tiers.at("edge");
  CHECK(absent.outcomes.misses == kObjects);
  CHECK(absent.remembered_errors == 0);
  CHECK(absent.hit_ratio == static_cast<double>(absent.outcomes.negative_hits) /
                                static_cast<double>(absent.outcomes.requests));
}

TEST_CASE("what an outage costs in requests stands with the event") {
  Scenario s = warm_scenario(1, false, "max-age=5");
  s.events["outage"] = down(30s, "origin", 10s);
  const Result result = run(s).result;
  const EventResult& effect = result.events.at(0);
  // All that are lost are lost between 30 s and 40.06 s, and five seconds later that is known.
  CHECK(effect.lost_requests == result.requests.errors);
  CHECK(effect.lost_requests > 10'000);
  CHECK(effect.over_after_s >= 15);
  CHECK(effect.lost_rps_before == 0);
}

TEST_CASE("where loads are bounded and nothing leaves, what is missed again was spilled") {
  Scenario s = warm_scenario(1, false);
  s.network.pops["pop0"].servers = 4;
  s.caching.edge.placement = *parse<PolicyText>("bounded:c=1.05").value;
  const Activity edge = run(s).result.tiers.at("edge");
  CHECK(edge.miss_causes.first_request == kObjects);
  CHECK(edge.miss_causes.evicted == 0);
  CHECK(edge.miss_causes.not_fetched == 0);
  CHECK(edge.miss_causes.spilled == edge.outcomes.misses - kObjects);
  CHECK(edge.miss_causes.spilled > 0);
  CHECK(edge.miss_causes.spilled <= 3 * kObjects);
}

TEST_CASE("what nobody has any more was not spilled but evicted") {
  Scenario s = warm_scenario(1, false);
  s.caching.edge.memory = Bytes{1000 * 100};
  s.caching.edge.placement = *parse<PolicyText>("bounded:c=1.05").value;
  const MissCauses causes = run(s).result.tiers.at("edge").miss_causes;
  CHECK(causes.spilled == 0);  // there is one server
  CHECK(causes.evicted > kObjects);
}

TEST_CASE("what must be asked about each time costs its bytes once") {
  Scenario s = warm_scenario(1, true, "no-cache");
  s.duration = 20s;
  const Result asked = run(s).result;
  CHECK(asked.origin.bytes == 1000 * kObjects);
  CHECK(asked.origin.requests > 10 * kObjects);
  // But for those that are under way when the run ends: 60 ms of 2,000 a second.
  CHECK(asked.tiers.at("shield").not_modified <= asked.origin.requests - kObjects);
  CHECK(asked.tiers.at("shield").not_modified + 120 + 5 * 11 > asked.origin.requests - kObjects);
  s.caching.edge.revalidate = false;
  s.caching.shield.revalidate = false;
  const Result fetched = run(s).result;
  CHECK(fetched.origin.requests > 10 * kObjects);
  CHECK(fetched.tiers.at("shield").not_modified == 0);
}

}  // namespace events_test
