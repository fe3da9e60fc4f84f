// Runs of one PoP in which every figure follows from the arrivals by hand.

#include <algorithm>
#include <vector>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace {

using namespace cdnsim;
using namespace cdnsim::test;

// One PoP with one server and one object: origin and users are 10 ms away.
Scenario one_object(double per_second, const char* cache_control) {
  Scenario s = small_scenario(1, false);
  s.network.client_networks["isp0"].new_connections = Ratio{0.0};
  s.duration = 4s;
  add_content(s, "clip", 1, 0, cache_control);
  add_steady(s, "base", per_second, "clip");
  return s;
}

// When each of the requests comes, in order.
std::vector<Duration> arrivals_of(const Scenario& s) {
  const auto plan = assembly::make_plan(s);
  std::vector<Arrival> drawn;
  for (std::int64_t slot = 0; slot * s.slot < s.duration; ++slot) {
    const LabelledCell cell{0, 0};
    plan->demand->append_arrivals(0, {&cell, 1}, slot, drawn);
  }
  std::vector<Duration> times;
  for (const Arrival& a : drawn) times.push_back(Duration{a.at_ns});
  std::sort(times.begin(), times.end());
  while (!times.empty() && times.back() >= s.duration) times.pop_back();
  return times;
}
std::uint64_t count_between(const std::vector<Duration>& times, Duration from, Duration to) {
  return static_cast<std::uint64_t>(
      std::count_if(times.begin(), times.end(), [=](Duration t) { return t >= from && t < to; }));
}

// 20 us at the server, 10 ms to the origin, 40 ms there and 10 ms back.
constexpr Duration kFetch = 60ms + 20us;

}  // namespace

SCENARIO("many users ask for one object that nobody has") {
  GIVEN("2000 requests a second and a TTL beyond the run") {
    const Scenario s = one_object(2000, "max-age=3600");
    const std::vector<Duration> times = arrivals_of(s);
    REQUIRE(times.size() > 7500);
    const Result result = run(s).result;
    const OutcomeCounts& outcomes = result.requests.outcomes;
    THEN("one fetch leaves, those of the next 60 ms wait for it, all others are hits") {
      const Duration filled = times[0] + kFetch;
      CHECK(outcomes.requests == times.size());
      CHECK(outcomes.misses == 1);
      CHECK(result.tiers.at("edge").fetches == 1);
      CHECK(result.origin.requests == 1);
      // The last of 1000 bytes comes 80 ns after the first: readers until then wait, too.
      CHECK(outcomes.delayed_hits == count_between(times, times[1], filled + 80ns));
      CHECK(outcomes.hits == count_between(times, filled + 80ns, s.duration));
    }
    THEN("a hit takes a round trip and the service time, the miss its fetch as well") {
      // Users are 5 + 10 ms away: 30 ms, 20 us at the server, and at most some 80 ns at the port.
      const Percentiles& ttfb = result.latency.all.ttfb;
      CHECK(ttfb.count == times.size());
      CHECK(ttfb.max >= 30.02 + 60.0);
      CHECK(ttfb.max < 30.02 + 60.0 + 0.01);
      CHECK(ttfb.p50 == Approx(30.02).epsilon(0.01));
      const auto& parts = result.latency.ttfb_parts_mean;
      CHECK(parts.at("network") == 30.0);
      CHECK(parts.at("setup") == 0.0);
      CHECK(parts.at("service") <= 0.02);
      CHECK(parts.at("service") > 0.019);
      CHECK(parts.at("network") + parts.at("setup") + parts.at("queue") + parts.at("service") +
                parts.at("upstream") ==
            Approx(ttfb.mean).epsilon(1e-12));
    }
    THEN("1000 bytes take 160 us at 50 Mbit/s") {
      CHECK(result.latency.all.ttlb.mean - result.latency.all.ttfb.mean ==
            Approx(0.16).epsilon(0.001));
    }
  }
  GIVEN("connections that are all new") {
    Scenario s = one_object(200, "max-age=3600");
    s.network.client_networks["isp0"].new_connections = Ratio{1.0};
    const Result result = run(s).result;
    THEN("each has two more round trips") {
      CHECK(result.latency.ttfb_parts_mean.at("setup") == 60.0);
      CHECK(result.latency.all.ttfb.p50 == Approx(90.02).epsilon(0.01));
    }
  }
}

TEST_CASE("what is born in the warm-up is simulated and not reported") {
  Scenario s = one_object(2000, "max-age=3600");
  s.warmup = 1500ms;
  const std::vector<Duration> times = arrivals_of(s);
  const RunOutcome outcome = run(s);
  CHECK(outcome.statistics.client_requests == times.size());
  CHECK(outcome.result.requests.outcomes.requests == count_between(times, 1500ms, 4s));
  CHECK(outcome.result.requests.outcomes.hits == outcome.result.requests.outcomes.requests);
  CHECK(outcome.result.origin.requests == 0);
  CHECK(outcome.result.latency.all.ttfb.count == outcome.result.requests.outcomes.requests);
  CHECK(outcome.result.isps.at(0).requests == outcome.result.requests.outcomes.requests);
  CHECK(outcome.result.isps.at(0).external_bytes ==
        1000 * outcome.result.requests.outcomes.requests);
}

TEST_CASE("what is not answered when the run ends is in flight") {
  Scenario s = one_object(500, "max-age=3600");
  s.network.origins["origin"].service_time = 1h;
  const Result result = run(s).result;
  CHECK(result.requests.outcomes.requests > 1500);
  CHECK(result.requests.in_flight == result.requests.outcomes.requests);
  CHECK(result.availability.requests == 0);
  CHECK(result.latency.all.ttfb.count == 0);
  CHECK(result.latency.all.ttfb.max == 0.0);
}

TEST_CASE("a fetch that is never answered times out after the coalescing limit") {
  Scenario s = one_object(500, "max-age=3600");
  s.network.origins["origin"].service_time = 1h;
  s.caching.edge.coalesce = 1s;
  const std::vector<Duration> times = arrivals_of(s);
  const Result result = run(s).result;
  CHECK(result.requests.timed_out == count_between(times, 0s, 3s));
  CHECK(result.requests.in_flight == count_between(times, 3s, 4s));
  // One leads, then the first to come a second later, and so on.
  std::uint64_t leaders = 0;
  Duration led = -1h;
  for (const Duration t : times) {
    if (t - led < 1s) continue;
    ++leaders;
    led = t;
  }
  CHECK(result.requests.outcomes.misses == leaders);
  CHECK(result.availability.errors == result.requests.timed_out);
}

TEST_CASE("stale copies are served while one fetch after the other renews them") {
  const Scenario s = one_object(2000, "max-age=1, stale-while-revalidate=60");
  const std::vector<Duration> times = arrivals_of(s);
  // By hand: a copy is fresh for 1 s from its first byte; the first request after that sends for
  // another when its server has taken it up, and those in between are served stale.
  std::uint64_t stale = 0;
  std::uint64_t refreshes = 0;
  Duration busy_until = 0s;
  Duration fresh_until = times[0] + kFetch + 1s;
  Duration renewed = Duration::max();
  for (const Duration t : times) {
    const Duration taken_up = std::max(busy_until, t);
    busy_until = taken_up + 20us;
    if (t >= renewed) {
      fresh_until = renewed + 1s;
      renewed = Duration::max();
    }
    if (t < fresh_until) continue;
    ++stale;
    if (renewed == Duration::max()) {
      ++refreshes;
      renewed = taken_up + kFetch;
    }
  }
  // Readers of the 80 ns in which a renewed copy fills are delayed hits: none falls there here.
  const Result result = run(s).result;
  CHECK(stale > 200);
  CHECK(refreshes == 3);
  CHECK(result.requests.outcomes.stale_hits == stale);
  CHECK(result.tiers.at("edge").refreshes == refreshes);
  CHECK(result.requests.outcomes.misses == 1);
  CHECK(result.origin.requests == 1 + refreshes);
}

TEST_CASE("an origin that refuses: errors and limits reach the users") {
  Scenario s = one_object(500, "no-store");
  SECTION("no more than it can start") {
    s.network.origins["origin"].capacity = Rate{100};
    s.network.origins["origin"].max_wait = 0s;
    const Result result = run(s).result;
    CHECK(result.requests.outcomes.passes == result.requests.outcomes.requests);
    CHECK(result.requests.errors <= result.origin.errors);
    CHECK(result.requests.errors + result.requests.in_flight >= result.origin.errors);
    // Erlang's loss formula for one server of 10 ms with a load of 5: 5 / 6 are lost.
    const double lost = static_cast<double>(result.requests.errors) /
                        static_cast<double>(result.requests.outcomes.requests);
    CHECK(lost == Approx(5.0 / 6).epsilon(0.03));
  }
  SECTION("no more than it allows") {
    s.network.origins["origin"].rate_limit = Rate{100};
    const Result result = run(s).result;
    CHECK(result.requests.errors == 0);
    // A burst of 100, then 100 a second.
    const auto answered = result.requests.outcomes.requests - result.requests.rate_limited -
                          result.requests.in_flight;
    CHECK(answered >= 485);
    CHECK(answered <= 500);
    CHECK(result.availability.error_ratio > 0.7);
  }
}

TEST_CASE("bytes to users are those of the answers, on the link that reaches them") {
  Scenario s = one_object(1000, "max-age=3600");
  std::get<Steady>(s.traffic["base"]).curve = *parse_curve("points:3s=1,3001ms=0").value;
  const std::vector<Duration> times = arrivals_of(s);
  const Result result = run(s).result;
  for (const LinkResult& link : result.links) {
    INFO(link.id);
    if (link.id == "pop0-isp0") {
      CHECK(link.forward.bytes == 1000 * times.size());
      CHECK(link.backward.bytes == 0);
    } else {
      CHECK(link.forward.bytes == 0);
      CHECK(link.backward.bytes == 1000);  // the origin's one answer
    }
  }
  CHECK(result.tiers.at("edge").bytes_served == 1000 * times.size());
  CHECK(result.tiers.at("edge").bytes_fetched == 1000);
  CHECK(result.traffic_share.at("transit") == 1.0);
  std::uint64_t peak = 0;
  for (Duration second = 0s; second < s.duration; second += 1s) {
    peak = std::max(peak, count_between(times, second, second + 1s));
  }
  CHECK(result.classes.at("clip").edge_peak_rps == static_cast<double>(peak));
  CHECK(result.classes.at("clip").origin_peak_rps == 1.0);
}
