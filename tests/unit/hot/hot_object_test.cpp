// Hot objects in whole runs. Figures by hand: one object at 20,000 requests a second from 30 s
// until 150 s at a PoP of 24 servers, listed at 1,000 a second, refresh 5 s, cool-down 60 s, 4
// servers.

#include <algorithm>
#include <cstdlib>
#include <string>

#include <cdnsim/scenario/load.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace hot_object_test {

using namespace cdnsim;

Scenario hot_scenario(std::optional<HotSpec> hot, const char* cache_control = "max-age=3600") {
  Scenario s = test::small_scenario(1, false);
  s.duration = 240s;
  s.network.pops["pop0"].servers = 24;
  test::add_content(s, "video", 1, 0, cache_control);
  test::add_steady(s, "crowd", 20'000, "video");
  std::get<Steady>(s.traffic["crowd"]).curve =
      *parse<Curve>("points:0s=0,29s999ms=0,30s=1,150s=1,150s1ms=0").value;
  s.caching.edge.hot = hot;
  return s;
}

const NodeResult& pop_of(const Result& result, const std::string& id = "pop0") {
  return *std::ranges::find(result.nodes, id, &NodeResult::id);
}
const HotResult& only_hot(const Result& result, const std::string& id = "pop0") {
  REQUIRE(pop_of(result, id).hot.size() == 1);
  return pop_of(result, id).hot.front();
}

std::uint64_t most(const HotResult& hot) {
  return std::ranges::max(hot.by_server, {}, &HotServer::requests).requests;
}
std::uint64_t least(const HotResult& hot) {
  return std::ranges::min(hot.by_server, {}, &HotServer::requests).requests;
}

TEST_CASE("a hot object is found at the next refresh, shared out evenly and let go in time") {
  Scenario s = hot_scenario(HotSpec{});
  s.warmup = 35s;
  const Result result = run(s).result;
  const HotResult& hot = only_hot(result);
  CHECK(hot.content == "video");
  CHECK(hot.object == 0);
  CHECK(hot.listed_at_s == 35);
  CHECK(hot.detection_s == 5);
  CHECK(hot.unlisted_at_s == 210);  // hot in the interval that ends at 150 s
  // All requests after the listing, each server a quarter.
  CHECK(hot.requests == result.classes.at("video").edge.outcomes.requests);
  CHECK(std::abs(static_cast<double>(hot.requests) - 115 * 20'000.0) < 6 * 1517);
  REQUIRE(hot.by_server.size() == 4);
  CHECK(most(hot) - least(hot) <= 1);
  // The highest of five seconds of 20,000, and of 115 of a quarter.
  CHECK(hot.busiest_server_rps_before > 20'000 - 2 * 142);
  CHECK(hot.busiest_server_rps_before < 20'000 + 5 * 142);
  CHECK(hot.busiest_server_rps_after > 5'000);
  CHECK(hot.busiest_server_rps_after < 5'000 + 5 * 36);
  CHECK(hot.busiest_server_rps.size() == 1 + (210 - 35) / 5);
  CHECK(hot.busiest_server_rps.back() == 0);
  // Three servers had no copy when their turn came.
  CHECK(hot.replica_fills == 3);
  CHECK(result.tiers.at("edge").replica_fills == 3);
  CHECK(pop_of(result).activity.outcomes.misses == 0);
  CHECK(pop_of(result).objects_held == 4);
}

TEST_CASE("the object is fetched once, hot or not, and once for each lifetime") {
  // From 30 s to 150 s a lifetime of 20 s and a fetch of less than 0.2 s: six fetches.
  for (const auto& [cache_control, fetches] :
       {std::pair{"max-age=3600", 1u}, std::pair{"max-age=20", 6u}}) {
    INFO(cache_control);
    const Result spread = run(hot_scenario(HotSpec{}, cache_control)).result;
    const Result alone = run(hot_scenario({}, cache_control)).result;
    CHECK(spread.origin.requests == fetches);
    CHECK(alone.origin.requests == fetches);
    // Three at the listing, and three after each of the later fetches.
    CHECK(only_hot(spread).replica_fills == 3 * fetches);
    const MissCauses& causes = spread.tiers.at("edge").miss_causes;
    CHECK(causes.first_request == 1);
    CHECK(causes.expired == fetches - 1);
    CHECK(causes.evicted == 0);
    CHECK(pop_of(alone).hot.empty());
    CHECK(alone.tiers.at("edge").replica_fills == 0);
    CHECK(pop_of(alone).fullest_server == 24);  // one of 24 has them all
    CHECK(spread.requests.outcomes.requests == alone.requests.outcomes.requests);
  }
}

TEST_CASE("a copy that is renewed in the background is renewed once for all servers") {
  const char* const rules = "max-age=20, stale-while-revalidate=60";
  const Result stale = run(hot_scenario(HotSpec{}, rules)).result;
  CHECK(stale.tiers.at("edge").refreshes == 5);
  CHECK(stale.origin.requests == 6);
  CHECK(only_hot(stale).replica_fills == 3 * 6);
  // A quarter of the lifetime before its end: every 15 s and the fetch, seven times.
  Scenario s = hot_scenario(HotSpec{}, "max-age=20");
  s.caching.edge.refresh_ahead = Ratio{0.25};
  const Result ahead = run(s).result;
  CHECK(ahead.tiers.at("edge").refreshes == 7);
  CHECK(ahead.tiers.at("edge").outcomes.misses == 1);
  CHECK(only_hot(ahead).replica_fills == 3 * 8);
}

TEST_CASE("all servers share an object out when so asked, and a server's load counts too") {
  HotSpec all;
  all.rate = Rate{1e6};
  all.replicas = 0;
  all.server_load = Ratio{0.2};  // of 20 us: 10,000 a second
  const HotResult hot = only_hot(run(hot_scenario(all)).result);
  CHECK(hot.listed_at_s == 35);
  CHECK(hot.by_server.size() == 24);
  CHECK(most(hot) - least(hot) <= 1);
  CHECK(hot.replica_fills == 23);
  all.server_load = Ratio{0.5};  // 25,000 a second
  CHECK(pop_of(run(hot_scenario(all)).result).hot.empty());
}

TEST_CASE("a purge takes the copies of all servers, and one fetch brings them back") {
  Scenario s = hot_scenario(HotSpec{});
  PurgeEvent purge;
  purge.content = "video";
  s.events["recall"] = EventSpec{100s, purge};
  const Result result = run(s).result;
  CHECK(result.events.front().copies_purged == 4);
  CHECK(result.origin.requests == 2);
  CHECK(result.tiers.at("edge").miss_causes.purged == 1);
  CHECK(only_hot(result).replica_fills == 6);
}

TEST_CASE("when one of its servers goes down the next one takes over") {
  const HotResult before = only_hot(run(hot_scenario(HotSpec{})).result);
  for (const std::size_t which : {0, 2}) {
    INFO("number " << which << " of its servers");
    Scenario s = hot_scenario(HotSpec{});
    s.warmup = 35s;
    DownEvent down;
    down.node = "pop0";
    down.server = before.by_server[which].server;
    down.noticed_after = 3050ms;  // in the middle of a slot
    s.events["crash"] = EventSpec{60s, down};
    const Result result = run(s).result;
    const HotResult& hot = only_hot(result);
    CHECK(hot.requests == result.classes.at("video").edge.outcomes.requests);
    REQUIRE(hot.by_server.size() == 5);
    const auto given = [&](std::uint32_t server) {
      const auto found = std::ranges::find(hot.by_server, server, &HotServer::server);
      return found == hot.by_server.end() ? 0.0 : static_cast<double>(found->requests);
    };
    // From 35 s to 63.05 s a quarter, of which those of three seconds were refused.
    CHECK(std::abs(given(*down.server) - 28.05 * 5'000) < 6 * 187);
    CHECK(std::abs(static_cast<double>(result.requests.outcomes.shed) - 3.05 * 5'000) < 6 * 62);
    CHECK(result.origin.requests == 0);
    CHECK(only_hot(result).replica_fills == 4);
  }
}

TEST_CASE("the first of its servers takes the object from another when it comes back empty") {
  const HotResult before = only_hot(run(hot_scenario(HotSpec{})).result);
  Scenario s = hot_scenario(HotSpec{});
  DownEvent down;
  down.node = "pop0";
  down.server = before.by_server[0].server;
  down.lasts = 20s;
  down.noticed_after = 0s;
  down.wipes = true;
  s.events["crash"] = EventSpec{60s, down};
  const Result result = run(s).result;
  // Fetched once, at 30 s. Three at the listing, the stand-in at 60 s, the first itself at 80 s.
  CHECK(result.origin.requests == 1);
  CHECK(only_hot(result).replica_fills == 5);
  CHECK(result.tiers.at("edge").outcomes.misses == 1);
}

TEST_CASE("every placement has servers to spread over") {
  for (const char* const family : {"jump", "maglev", "rendezvous", "bounded:c=1.25"}) {
    INFO(family);
    Scenario s = hot_scenario(HotSpec{});
    s.duration = 60s;
    s.warmup = 40s;
    s.caching.edge.placement = *parse<PolicyText>(family).value;
    const Result result = run(s).result;
    const HotResult& hot = only_hot(result);
    CHECK(hot.listed_at_s == 35);
    CHECK(hot.by_server.size() == 4);
    CHECK(most(hot) - least(hot) <= 1);
    // Nothing but the object: four of 24 have a quarter each, six times the mean.
    CHECK(pop_of(result).fullest_server == Approx(6).epsilon(1e-4));
    CHECK(pop_of(result).emptiest_server == 0);
    CHECK(result.origin.requests == 0);
  }
}

TEST_CASE("a shield spreads what its PoPs ask for") {
  // PoPs that can keep nothing and do not coalesce: each request is a fetch.
  Scenario s = test::small_scenario(2, true);
  s.duration = 30s;
  s.network.shields["shield"].servers = 8;
  s.caching.edge.memory = Bytes{1};
  s.caching.edge.coalesce = 0s;
  test::add_content(s, "video", 1, 0, "max-age=3600");
  test::add_steady(s, "crowd", 2'000, "video");
  s.caching.shield.hot = HotSpec{};
  s.caching.shield.hot->rate = Rate{1'500.0};  // more than either PoP asks for
  s.caching.shield.hot->replicas = 3;
  s.caching.edge.hot = s.caching.shield.hot;
  const Result result = run(s).result;
  const HotResult& hot = only_hot(result, "shield");
  CHECK(hot.listed_at_s == 5);
  CHECK(hot.detection_s == 5);  // even the first second, but for the way to the shield, has 1,980
  CHECK(hot.by_server.size() == 3);
  CHECK(most(hot) - least(hot) <= 1);
  CHECK(std::isnan(hot.unlisted_at_s));
  CHECK(pop_of(result).hot.empty());
  CHECK(result.origin.requests == 1);
}

TEST_CASE("the scenario that shows it") {
  const char* const folder = std::getenv("CDNSIM_SOURCE_DIR");
  REQUIRE(folder != nullptr);
  const Scenario s = load_scenario(std::string(folder) + "/scenarios/hot_object.json", {});
  const Result result = run(s).result;
  const HotResult& hot = only_hot(result, "frankfurt");
  // With u from 0 to 1 in the ten seconds from 30 s on the rate is 20,000 (3u^2 - 2u^3), whose mean
  // is 190 in the first second, 1,250 in the next and 3,750 in the first five.
  CHECK(hot.listed_at_s == 35);
  CHECK(hot.detection_s == 4);
  // It halves every 30 s from 40 s on: a mean of 1,051 from 165 s to 170 s, then of 937.
  CHECK(hot.unlisted_at_s == 230);
  REQUIRE(hot.by_server.size() == 4);
  CHECK(most(hot) - least(hot) <= 1);
  CHECK(std::abs(static_cast<double>(hot.peak_rps) - 20'000) < 5 * 142);
  // A quarter of the object's and a 24th of the base, which is not even.
  CHECK(hot.busiest_server_rps_after < 5'000 + 2 * 4'000 / 24 + 5 * 75);
  CHECK(result.classes.at("video").origin_requests == 1);
  CHECK(result.requests.outcomes.shed == 0);
}

TEST_CASE("threads change nothing of it, and a list that stays empty changes no request") {
  Scenario s = hot_scenario(HotSpec{}, "max-age=20");
  s.duration = 60s;
  CHECK(run(s, {.threads = 1}).result.digest == run(s, {.threads = 3}).result.digest);
  HotSpec never;
  never.rate = Rate{1e9};
  const Result off = run(hot_scenario({}, "max-age=20")).result;
  const Result on = run(hot_scenario(never, "max-age=20")).result;
  CHECK(on.requests.outcomes.hits == off.requests.outcomes.hits);
  CHECK(on.latency.all.ttfb.mean == off.latency.all.ttfb.mean);
  CHECK(pop_of(on).fullest_server == pop_of(off).fullest_server);
}

}  // namespace hot_object_test
