// The scenarios about an origin, an exchange and a shield that fail: before, while it lasts, and
// after, from their series. What is expected was written before the first run.

#include <cmath>
#include <cstdlib>

#include <tests/support/catch.hpp>
#include <tests/support/series_sums.hpp>
#include <tests/support/ways_scenario.hpp>

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
  // 50 minutes before, 100 minutes after: the same figures, stretch by stretch.
  const EventSpans& spans = *result.events.at(0).spans;
  CHECK(spans.before.seconds == 3000);
  CHECK(spans.during.seconds == 5400);
  CHECK(spans.after.seconds == 6000);
  CHECK(spans.before.availability == 1);
  CHECK(spans.during.availability == Approx(1 - (1200.0 + 54'000) / 270'000).epsilon(0.005));
  CHECK(spans.after.lost > 300 - 4 * 18);
  CHECK(spans.after.lost < 300 + 4 * 18);
  CHECK(static_cast<double>(spans.during.lost) == series.sums("edge", 3600, 9000)["errors"]);
  CHECK(spans.during.ttfb_mean_ms == Approx(ways.ttfb_converged_ms).epsilon(0.01));
  // 1600 Mbps of transit for all of it but the first half minute; after it for half a minute more.
  const double fixed = spans.before.month_usd;
  CHECK(spans.during.month_usd - fixed == Approx(1600 * 0.50 * 5370 / 5400).epsilon(0.03));
  CHECK(spans.after.month_usd - fixed == Approx(1600 * 0.50 * 30 / 6000).epsilon(0.15));
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
  const EventSpans& spans = *result.events.at(0).spans;
  CHECK(spans.during.origin_requests > spans.before.origin_requests * 180 / 120 + 1000);
  CHECK(spans.during.ttfb_mean_ms > spans.before.ttfb_mean_ms + 1);
  CHECK(spans.after.ttfb_mean_ms < spans.during.ttfb_mean_ms - 1);
  auto while_down = series.sums("edge", 360, 540);
  CHECK(static_cast<double>(spans.during.stale_answers) ==
        while_down["stale_hits"] + while_down["stale_on_error"]);
  CHECK(spans.during.ttfb_mean_ms ==
        Approx(while_down["first_byte_ns"] / while_down["answers"] / 1e6));
  // What the origin sends is paid by the GB; all else costs the same.
  CHECK(spans.during.month_usd > spans.before.month_usd);
  CHECK(result.origin.requests > well.origin.requests);
  // Whoever misses what the shield in Amsterdam would have had waits for the way to Ashburn and
  // back. The slowest, for what no shield has, crossed the ocean before too (that the 99th
  // percentile rises, as was expected at first, it does not).
  CHECK(result.latency.all.ttfb.mean > well.latency.all.ttfb.mean);
  CHECK(result.latency.all.ttfb.p50 == Approx(well.latency.all.ttfb.p50).epsilon(0.02));
  CHECK(result.cost->monthly_total > well.cost->monthly_total);
}

TEST_CASE("an origin goes down: stale copies answer nearly all, 404s that are forgotten do not") {
  const auto [result, series] = run_with_series(scenario("origin_outage.json"));
  const EventSpans& spans = *result.events.at(0).spans;
  CHECK(spans.before.availability == 1);
  // One page in a hundred does not exist, and that is known for 30 s: after that it is an error. Of
  // the others nearly all were asked for before.
  CHECK(spans.during.availability > 0.985);
  CHECK(spans.during.availability < 0.995);
  CHECK(spans.after.availability > 0.999);
  // A copy lives for a minute, so of those that are asked for all the time half a minute is left on
  // average: three quarters of two minutes are stale, of the others more.
  const double stale =
      static_cast<double>(spans.during.stale_answers) / static_cast<double>(spans.during.requests);
  CHECK(stale > 0.70);
  CHECK(stale < 0.97);
  auto down = series.sums("edge", 120, 240);
  CHECK(static_cast<double>(spans.during.stale_answers) ==
        down["stale_hits"] + down["stale_on_error"]);
  CHECK(static_cast<double>(spans.during.lost) == down["errors"]);
  CHECK(spans.during.ttfb_mean_ms == Approx(down["first_byte_ns"] / down["answers"] / 1e6));
  // An origin that is down sends nothing, and nothing is paid for it.
  CHECK(spans.during.month_usd < spans.before.month_usd);
  CHECK(series.sums("origin", 122, 240)["sent_transit"] == 0);
}

}  // namespace outage_direction_test
}  // namespace cdnsim::test
