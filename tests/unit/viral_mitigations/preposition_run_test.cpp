// PoPs that fetch what goes viral before anybody asks them: who sends, what comes, who finds it.
// Times by hand: mitigation_scenario.hpp.

#include <cdnsim/assembly/result_json.hpp>

#include "mitigation_scenario.hpp"

namespace preposition_run_test {

using namespace cdnsim;
using test::measures;
using test::node;
using test::only_detection;

// The third PoP's users come ten seconds later than the others', when those know it for long.
Scenario late_scenario() {
  Scenario s = test::mitigation_scenario("max-age=3600", "constant");
  s.network.client_networks["isp2"].region = "far";
  s.caching.viral->cool_down = 60s;
  s.content.erase("page");
  s.traffic.erase("crowd");
  Viral video;
  video.peak = Rate{1500};
  video.starts = 10s;
  video.rise = 1ms;
  video.half_life = 1h;
  video.size.law = FixedSize{Bytes{5000}};
  video.origin = "origin";
  video.cache_control = *parse<CacheControl>("max-age=3600").value;
  video.spread["far"] = RegionalSpread{1.0, 10s};
  s.traffic["video"] = video;
  return s;
}

TEST_CASE("a PoP that nobody has asked yet has it when the first one does") {
  Scenario s = late_scenario();
  const Result without = run(s).result;
  CHECK(node(without, "pop2").activity.outcomes.misses == 1);
  CHECK_FALSE(only_detection(without).measures);

  measures(s).preposition.emplace();
  const Result result = run(s).result;
  const ViralDetection found = only_detection(result);
  REQUIRE(found.measures);
  REQUIRE(found.measures->preposition);
  const PrepositionResult& ahead = *found.measures->preposition;
  CHECK(ahead.fetches == 1);  // the other two have it
  CHECK(ahead.copies == 1);
  CHECK(ahead.bytes == 5000);
  CHECK(ahead.found == 1);
  CHECK(ahead.waited == 0);
  CHECK_FALSE(found.measures->replicate);
  CHECK_FALSE(found.measures->micro_cache_edge);
  CHECK(node(result, "pop2").activity.outcomes.misses == 0);
  CHECK(node(result, "pop2").activity.outcomes.delayed_hits == 0);
  CHECK(node(result, "pop2").activity.outcomes.hits ==
        node(result, "pop2").activity.outcomes.requests);
  // The shield answers it as it answered the other two; the origin is asked once in any case.
  CHECK(result.origin.requests == 1);
  CHECK(without.origin.requests == 1);
}

TEST_CASE("only the PoPs that are named fetch it") {
  Scenario s = late_scenario();
  measures(s).preposition.emplace().pops = {"pop0", "pop1"};
  const Result result = run(s).result;
  CHECK(only_detection(result).measures->preposition->fetches == 0);
  CHECK(node(result, "pop2").activity.outcomes.misses == 1);
}

TEST_CASE("a PoP that is down at the alert fetches nothing, and nothing later") {
  Scenario s = late_scenario();
  measures(s).preposition.emplace();
  DownEvent outage;
  outage.node = "pop2";
  outage.lasts = 5s;
  s.events["outage"] = EventSpec{9s, outage};
  const Result result = run(s).result;
  CHECK(only_detection(result).measures->preposition->fetches == 0);
  CHECK(node(result, "pop2").activity.outcomes.misses == 1);
}

// 50 ms from the shield, which judges at 11.050 then, it hears at 11.100 and has its copy
// at 11.200. Its users come from 11.120 on, 500 a second.
TEST_CASE("who asks while it is on its way waits for it, and sends nothing") {
  Scenario s = late_scenario();
  s.network.links["pop2-shield"].delay = 50ms;
  std::get<Viral>(s.traffic["video"]).spread["far"].lag = 1120ms;
  measures(s).preposition.emplace();
  const Result result = run(s).result;
  const PrepositionResult ahead = *only_detection(result).measures->preposition;
  CHECK(ahead.fetches == 1);
  CHECK(ahead.copies == 1);
  CHECK(ahead.found == 0);
  CHECK(ahead.waited == 1);
  const OutcomeCounts& pop = node(result, "pop2").activity.outcomes;
  CHECK(pop.misses == 0);
  CHECK(test::is_about(pop.delayed_hits, 0.08 * 500));
}

// What may not be stored is kept for two seconds besides: so nobody has it at the alert and all
// send. Ten seconds later the third PoP's copy is no good any more.
TEST_CASE("a copy that has expired before anybody asks saves nothing") {
  Scenario s = late_scenario();
  std::get<Viral>(s.traffic["video"]).cache_control = *parse<CacheControl>("no-store").value;
  measures(s).preposition.emplace();
  CHECK(only_detection(run(s).result).measures->preposition->fetches == 0);  // nobody may keep it
  measures(s).micro_cache = MicroCacheSpec{2s};
  const Result result = run(s).result;
  const PrepositionResult ahead = *only_detection(result).measures->preposition;
  CHECK(ahead.fetches == 3);
  CHECK(ahead.copies == 3);
  CHECK(ahead.found + ahead.waited == 2);
  CHECK(node(result, "pop2").activity.outcomes.misses >= 1);
}

TEST_CASE("measures do the same on 1, 2 and 3 threads") {
  Scenario s = late_scenario();
  std::get<Viral>(s.traffic["video"]).cache_control = *parse<CacheControl>("max-age=1").value;
  measures(s).preposition.emplace();
  measures(s).micro_cache = MicroCacheSpec{3s};
  measures(s).replicate.emplace().replicas = 2;
  const Result one = run(s, {.threads = 1}).result;
  CHECK(one.viral->measures->preposition->fetches >= 1);
  CHECK(one.viral->measures->micro_cache_edge->kept > 0);
  CHECK(one.viral->measures->replicate->by_others > 0);
  for (const std::uint32_t threads : {2u, 3u}) {
    CHECK(assembly::result_text(run(s, {.threads = threads}).result) == assembly::result_text(one));
  }
}

}  // namespace preposition_run_test
