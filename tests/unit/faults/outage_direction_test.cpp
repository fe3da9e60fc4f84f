// The scenarios about an exchange and a shield that fail: before, while it lasts, and after, from
// their series. What is expected was written before the first run.

#include <cmath>
#include <cstdlib>

#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

#include "series_sums.hpp"

namespace cdnsim::test {
namespace outage_direction_test {

Scenario scenario(const std::string& name, const std::vector<std::string>& sets = {}) {
  return load_scenario(std::string(std::getenv("CDNSIM_SOURCE_DIR")) + "/scenarios/" + name, sets);
}

double lost_share(std::map<std::string, double> sums) { return sums["errors"] / sums["requests"]; }

TEST_CASE("an exchange fails: who has transit is cut off for half a minute, who has none for all") {
  const auto [result, series] = run_with_series(scenario("ixp_failure.json"));
  const WaysResult& ways = *result.events.at(0).ways;
  CHECK(ways.links_failed == 4);
  // 40 requests a second of two networks until routing knows, and 10 of one until it is back.
  const double expected = 40.0 * 30 + 10.0 * (90 * 60 + 30);
  CHECK(std::abs(static_cast<double>(ways.requests_dropped) - expected) < 4 * std::sqrt(expected));
  // It fails at 3600 s, for 5400 s.
  CHECK(lost_share(series.sums("edge", 600, 3600)) == 0);
  CHECK(lost_share(series.sums("edge", 3660, 9000)) == Approx(0.2).epsilon(0.03));
  CHECK(lost_share(series.sums("edge", 9060, 15000)) == 0);
  // The others go by way of Amsterdam.
  CHECK(ways.ttfb_converged_ms > ways.ttfb_before_ms + 5);
  CHECK(ways.ttfb_after_ms == Approx(ways.ttfb_before_ms).epsilon(0.03));
  // 40 segments of 5 MB a second for an hour and a half, and it is paid by its 95th percentile: 18
  // five-minute averages a day, of which 14.4 are free.
  const double bytes = 40.0 * 5e6 * 5400;
  CHECK(std::abs(static_cast<double>(link_of(result, "pop-transit").forward.bytes) / bytes - 1) <
        0.02);
  CHECK(result.cost->transit == Approx(40 * 40 * 0.50).epsilon(0.03));
  // An hour is 12, and costs nothing.
  const Result hour =
      run(scenario("ixp_failure.json", {"/events/exchange fails/fail/lasts=60min"})).result;
  CHECK(hour.cost->transit < 0.05 * result.cost->transit);
}

TEST_CASE(
    "a shield goes down: nobody is lost, but misses take longer and the origin is asked more") {
  const auto [result, series] = run_with_series(scenario("shield_failover.json"));
  const auto [well, usual] = run_with_series(scenario("shield_failover.json", {"/events={}"}));
  auto before = series.sums("edge", 300, 360);
  auto during = series.sums("edge", 370, 540);
  auto after = series.sums("edge", 560, 720);
  // Those who waited for the shield when it went down are lost, unless a stale copy stands in: at
  // 2000 requests a second and some 200 misses of 20 ms a few at most.
  CHECK(result.requests.errors + result.requests.timed_out < 100);
  CHECK(lost_share(before) == 0);
  CHECK(lost_share(during) == 0);
  CHECK(lost_share(after) == 0);
  // PoPs hold what they held: stale answers are those that stale-while-revalidate gives anyway.
  auto otherwise = usual.sums("edge", 370, 540);
  CHECK(during["stale_hits"] / otherwise["stale_hits"] == Approx(1).epsilon(0.1));
  // The other shield has nothing at first, so the origin is asked for all of it.
  CHECK(result.events.at(0).extra_origin_requests > 1000);
  CHECK(result.origin.requests > well.origin.requests);
  // Whoever misses what the shield in Amsterdam would have had waits for the way to Ashburn and
  // back. The slowest, for what no shield has, crossed the ocean before too (that the 99th
  // percentile rises, as was expected at first, it does not).
  CHECK(result.latency.all.ttfb.mean > well.latency.all.ttfb.mean);
  CHECK(result.latency.all.ttfb.p50 == Approx(well.latency.all.ttfb.p50).epsilon(0.02));
  CHECK(result.cost->monthly_total > well.cost->monthly_total);
}

}  // namespace outage_direction_test
}  // namespace cdnsim::test
