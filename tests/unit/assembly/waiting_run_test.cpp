// Whoever waits for a fetch that is late or fails, through a run: what he gets, and what counts.

#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

using namespace cdnsim;

namespace waiting_run_test {

// One PoP 10 ms from its clients and from the origin, and one object.
Scenario one_object(const char* cache_control, double per_second, Duration service) {
  Scenario s = test::small_scenario(1, false);
  s.network.origins["origin"].service_time = service;
  test::add_content(s, "page", 1, 0, cache_control);
  test::add_steady(s, "requests", per_second, "page");
  return s;
}

void take_down(Scenario& s, Duration from, Duration lasts) {
  DownEvent outage;
  outage.node = "origin";
  outage.lasts = lasts;
  s.events["outage"] = EventSpec{from, outage};
}

TEST_CASE("a refresh that failed is not tried again while the failure is remembered") {
  Scenario s = one_object("max-age=1, stale-while-revalidate=3600", 100, 40ms);
  s.duration = 60s;
  s.caching.edge.error_ttl = 10s;
  take_down(s, 5s, 50s);
  const Result result = run(s).result;
  // Copies go stale after a second: the first try comes within about one, the others 10 s apart.
  CHECK(result.origin.errors >= 5);
  CHECK(result.origin.errors <= 6);
  CHECK(result.requests.errors == 0);
}

TEST_CASE("who passes has one fetch and all the time that it takes") {
  Scenario s = one_object("no-store", 100, 120ms);
  s.caching.edge.coalesce = 10ms;
  s.caching.edge.on_timeout = GENERATE(OnTimeout::go_alone, OnTimeout::error);
  const Result result = run(s).result;
  CHECK(result.requests.timed_out == 0);
  CHECK(result.tiers.at("edge").fetches == result.requests.outcomes.passes);
  CHECK(result.requests.outcomes.passes == result.requests.outcomes.requests);
}

TEST_CASE("a time-out is an error that a stale copy may stand in for") {
  Scenario s = one_object("max-age=5, stale-if-error=600", 100, 2s);
  s.duration = 40s;
  s.warmup = 5s;  // until then there is a copy
  s.caching.edge.coalesce = 100ms;
  const Result result = run(s).result;
  CHECK(result.requests.timed_out == 0);
  CHECK(result.tiers.at("edge").stale_on_error > 0);
  CHECK(result.requests.outcomes.hits < result.requests.outcomes.requests);
}

TEST_CASE("the late answer to a fetch serves those who wait for the next one") {
  Scenario s = one_object("max-age=0", 100, 120ms);  // a fetch takes 140 ms
  s.duration = 100s;
  s.caching.edge.coalesce = 130ms;
  const Result result = run(s).result;
  // The limit is over after 130 ms, and a new fetch begins when somebody comes, G later, where G is
  // 10 ms in the mean. If G < 10 ms the older answer serves the new leader, too, and those of the G
  // after it wait too long, G / 10 ms of them. If not, the leader does, and one more in the mean.
  // So it is 1 - 2/e + 2/e = 1 of the 14 in 140 ms.
  const auto all = static_cast<double>(result.requests.outcomes.requests);
  CHECK(static_cast<double>(result.requests.timed_out) / all == Approx(1.0 / 14).margin(0.013));
}

TEST_CASE("who leads a fetch does not fetch a second time when it is slow") {
  Scenario s = one_object("max-age=0", 1, 120ms);  // hardly ever two at once
  s.duration = 200s;
  s.caching.edge.coalesce = 50ms;
  s.caching.edge.on_timeout = OnTimeout::go_alone;
  const Result result = run(s).result;
  CHECK(result.requests.timed_out == 0);
  const OutcomeCounts& outcomes = result.requests.outcomes;
  CHECK(outcomes.misses + outcomes.delayed_hits == outcomes.requests);
  CHECK(result.tiers.at("edge").fetches <= outcomes.requests);  // at most one each
  CHECK(result.tiers.at("edge").fetches >= outcomes.misses);
}

TEST_CASE("waiting in vain counts as being served by nobody") {
  Scenario s = one_object("max-age=60", 1000, 40ms);
  take_down(s, 0s, 60s);
  const Result result = run(s).result;
  const Activity& edge = result.tiers.at("edge");
  REQUIRE(edge.outcomes.delayed_hits > 0);
  CHECK(edge.outcomes.hits == 0);
  CHECK(edge.failed_waits + result.requests.in_flight >= edge.outcomes.delayed_hits);
  CHECK(edge.served_without_fetch_ratio < 0.01);  // those in flight at the end
}

}  // namespace waiting_run_test
