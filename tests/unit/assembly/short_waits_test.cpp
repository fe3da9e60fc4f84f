// Waiting that ends long before an answer can come, through a run.

#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

using namespace cdnsim;

// The next node is 100 ms away, and so long are the windows in which a node works by itself: those
// who come in one give up in the same one.
TEST_CASE("whoever waits for less than a window lasts gives up in time") {
  Scenario s = test::small_scenario(1, false);
  for (auto& [id, link] : s.network.links) {
    if (link.to == "origin") link.delay = 100ms;
  }
  s.network.origins["origin"].service_time = 0s;
  test::add_content(s, "page", 1, 0, "max-age=3600");
  test::add_steady(s, "requests", 1000, "page");
  s.caching.edge.coalesce = 10ms;
  const RequestTotals totals = run(s).result.requests;
  const OutcomeCounts& outcomes = totals.outcomes;
  // Each fetch is given up after 10 ms for a new one; those who wait when the first answer comes,
  // after 200 ms, get it, and from then on there is a copy.
  const std::uint64_t waited = outcomes.misses + outcomes.delayed_hits;
  CHECK(totals.timed_out == Approx(190).margin(5 * 13.8));
  CHECK(waited - totals.timed_out == Approx(10).margin(5 * 3.2));
  // One fetch in 10 ms and the mean gap of 1 ms.
  CHECK(outcomes.misses == Approx(200.0 / 11).margin(5));
  CHECK(outcomes.requests == outcomes.hits + waited);
}
