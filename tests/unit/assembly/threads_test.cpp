// A run gives the same result and the same series on 1, 2 and 3 threads.

#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace threads_test {

using namespace cdnsim;
using namespace cdnsim::test;

struct Texts {
  std::string result;
  std::string series;
  RunStatistics statistics;
};
Texts run_on(std::uint32_t threads, const Scenario& scenario) {
  Texts texts;
  RunOptions options;
  options.threads = threads;
  options.series = [&](std::string_view piece) { texts.series += piece; };
  const RunOutcome outcome = run(scenario, options);
  texts.result = assembly::result_text(outcome.result);
  texts.statistics = outcome.statistics;
  return texts;
}

TEST_CASE("a run gives the same bytes on 1, 2 and 3 threads") {
  Scenario s = small_scenario(6, true);
  s.duration = 3s;
  s.warmup = 1s;
  add_content(s, "pages", 3000, 0.8, "max-age=1, stale-while-revalidate=1");
  add_steady(s, "base", 20'000, "pages");
  s.caching.edge.memory = Bytes{500'000};
  s.caching.edge.policy = PolicyText{"sieve", {}};
  s.network.origins["origin"].capacity = Rate{2000};
  Viral clip;
  clip.peak = Rate{10'000};
  clip.starts = 1s;
  clip.rise = 500ms;
  clip.size.law = FixedSize{Bytes{6'000'000}};
  clip.origin = "origin";
  clip.cache_control = *parse<CacheControl>("max-age=1").value;
  s.traffic["clip"] = clip;

  s.network.origins["origin"].abort_ratio = Ratio{0.1};
  s.caching.shield.connections = ConnectionSpec{16, 1s, 2};
  DownEvent outage;
  outage.node = "pop1";
  outage.lasts = 500ms;
  s.events["outage"] = EventSpec{2s, outage};

  const Texts one = run_on(1, s);
  CHECK(one.statistics.parallel_windows == 0);
  CHECK(one.statistics.client_requests > 60'000);
  for (const std::uint32_t threads : {2u, 3u}) {
    INFO(threads << " threads");
    const Texts more = run_on(threads, s);
    CHECK(more.statistics.parallel_windows > 100);
    CHECK((more.result == one.result));
    CHECK((more.series == one.series));
  }
}

}  // namespace threads_test
