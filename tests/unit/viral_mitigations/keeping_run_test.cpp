// Micro-caching by alert: what may not be stored, or not for long, is kept while it is viral, by
// PoPs and shields. Times by hand: mitigation_scenario.hpp.

#include <cmath>

#include "mitigation_scenario.hpp"

namespace keeping_run_test {

using namespace cdnsim;
using test::is_about;
using test::kCrowd;
using test::measures;
using test::node;
using test::only_detection;

// Until the alert at 11.020 all requests pass, 1,500 a second; from 26 s to 29 s, when it has
// cooled down, 90 a second do, which are below the floor. What comes between is looked up.
constexpr const char* kCrowdAndRest =
    "points:0s=0,9s999ms=0,10s=0.5,12s=0.5,12s1ms=1,19s999ms=1,20s=0,25s999ms=0,26s=0.03,29s=0.03,"
    "29s1ms=0";

TEST_CASE("what may not be stored is kept while it is viral, and not before nor after") {
  Scenario s = test::mitigation_scenario("no-store", kCrowdAndRest);
  const Result without = run(s).result;
  const std::uint64_t all = without.requests.outcomes.requests;
  CHECK(without.origin.requests == all);

  measures(s).micro_cache = MicroCacheSpec{2s};
  const Result result = run(s).result;
  const ViralDetection found = only_detection(result);
  CHECK(std::abs(*found.cooled_at_s - 25.010) < 1e-9);
  const OutcomeCounts& edge = result.tiers.at("edge").outcomes;
  CHECK(is_about(edge.passes, 1.02 * 1'500 + 3 * 90));
  // Every request that did not pass is one of the three, by counters that know nothing of this.
  const KeepingResult& pops = *found.measures->micro_cache_edge;
  CHECK(pops.kept == edge.hits);
  CHECK(pops.joined == edge.delayed_hits);
  CHECK(pops.led == edge.misses);
  CHECK(pops.kept + pops.joined + pops.led + edge.passes == all);
  // A copy lasts 2 s from when it comes, and a fetch takes 80 ms: of 8.98 s the first in 2.08 s
  // and those after it lead one, four or five at each PoP, and as many at the shield.
  CHECK(pops.led >= 3 * 4);
  CHECK(pops.led <= 3 * 5);
  const KeepingResult& shields = *found.measures->micro_cache_shield;
  // It looks up what PoPs lead, and what had passed them in the 10 ms before it heard.
  CHECK(is_about(shields.kept + shields.joined + shields.led - pops.led, 0.01 * 1'500));
  CHECK(shields.led >= 4);
  CHECK(shields.led <= 5);
  // All that PoPs send goes to the origin, but for what the shield has or is fetching.
  CHECK(result.origin.requests == edge.passes + pops.led - shields.kept - shields.joined);
}

// By hand: without it a copy lasts 1 s from when it comes and a fetch takes 80 ms, so that each PoP
// leads ten in 10 s. The alert comes at 11.02: the copy that came at 10.08 lasts until 11.08, the
// next from 11.16 to 16.16 and the one after that from 16.24 on. Past their own second they are
// from 12.16 to 16.16 and from 17.24 to 20 s: 6.76 s, all at 3,000 a second.
TEST_CASE("of what may be stored, only answers past its own lifetime count") {
  Scenario s = test::mitigation_scenario("max-age=1", kCrowd);
  const Result without = run(s).result;
  measures(s).micro_cache = MicroCacheSpec{5s};
  const Result result = run(s).result;
  const ViralDetection found = only_detection(result);
  const KeepingResult& pops = *found.measures->micro_cache_edge;
  CHECK(node(without, "pop0").activity.outcomes.misses == 10);
  CHECK(node(result, "pop0").activity.outcomes.misses == 3);
  CHECK(pops.led == 6);  // two at each
  CHECK(pops.joined == 0);
  // Their first moments are drawn: by a few ms, 3 a ms each time.
  CHECK(std::abs(static_cast<double>(pops.kept) - 6.76 * 3'000) < 5 * 142 + 3 * 20);
}

TEST_CASE("nobody keeps what is private, nor anything for less than it may be kept anyway") {
  Scenario s = test::mitigation_scenario("private, max-age=60", kCrowd);
  measures(s).micro_cache = MicroCacheSpec{2s};
  const Result own = run(s).result;
  CHECK(own.origin.requests == own.requests.outcomes.requests);
  CHECK(only_detection(own).measures->micro_cache_edge->kept == 0);
  s.content["page"].cache_control = *parse<CacheControl>("max-age=60").value;
  const Result longer = run(s).result;
  CHECK(only_detection(longer).measures->micro_cache_edge->kept == 0);
  CHECK(longer.origin.requests == 1);
}

// A server that fills from another one's copy gets its time as well.
TEST_CASE("copies on several servers count alike") {
  Scenario s = test::mitigation_scenario("max-age=1", kCrowd);
  measures(s).micro_cache = MicroCacheSpec{5s};
  measures(s).replicate.emplace().replicas = 4;
  const KeepingResult pops = *only_detection(run(s).result).measures->micro_cache_edge;
  CHECK(std::abs(static_cast<double>(pops.kept) - 6.76 * 3'000) < 5 * 142 + 3 * 20);
}

// It hears of it at 11.020 and works again at 11.500.
TEST_CASE("a PoP that was down at the alert keeps nothing") {
  Scenario s = test::mitigation_scenario("no-store", kCrowd);
  measures(s).micro_cache = MicroCacheSpec{2s};
  DownEvent outage;
  outage.node = "pop1";
  outage.lasts = 1s;
  s.events["outage"] = EventSpec{10500ms, outage};
  const Result result = run(s).result;
  CHECK(node(result, "pop1").activity.outcomes.hits == 0);
  CHECK(node(result, "pop1").activity.outcomes.passes > 5'000);
  CHECK(node(result, "pop0").activity.outcomes.hits > 5'000);
}

}  // namespace keeping_run_test
