// Runs of one PoP in which every figure follows from the arrivals by hand.

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace run_test {

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
  s.warmup = 2s;
  const std::vector<Duration> times = arrivals_of(s);
  const RunOutcome outcome = run(s);
  CHECK(outcome.statistics.client_requests == times.size());
  CHECK(outcome.result.requests.outcomes.requests == count_between(times, 2s, 4s));
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
  CHECK(std::isnan(result.latency.all.ttfb.max));
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

SCENARIO("users ask for twice as much as their link carries") {
  // 100 requests/s of 10,000 bytes are 8 Mbit/s; the link carries 4.
  Scenario s = one_object(100, "max-age=3600");
  s.duration = 20s;
  s.content["clip"].size.law = FixedSize{Bytes{10'000}};
  s.network.links["pop0-isp0"].capacity = BitRate{4'000'000};
  const std::vector<Duration> times = arrivals_of(s);
  const Result result = run(s).result;
  const LinkResult& link = *std::find_if(result.links.begin(), result.links.end(),
                                         [](const LinkResult& l) { return l.id == "pop0-isp0"; });
  // The first answer leaves some 80 ms after the first request; from then on the link is full.
  const auto sent = static_cast<std::uint64_t>((20.0 - 0.2) * 500'000);
  THEN("the link carries what it can, in every second") {
    CHECK(link.dearer.peak_bps == 4e6);
    CHECK(link.forward.bytes <= 10'000'000);
    CHECK(link.forward.bytes > sent);
  }
  THEN("those are answered whose first byte has left, and no others") {
    const std::uint64_t answered = result.latency.all.ttfb.count;
    CHECK(10'000 * answered == result.tiers.at("edge").bytes_served);
    CHECK(10'000 * answered == result.isps.at(0).external_bytes);
    CHECK(10'000 * answered >= link.forward.bytes);
    CHECK(10'000 * (answered - 1) <= link.forward.bytes);
    CHECK(result.requests.in_flight == times.size() - answered);
  }
  THEN("half of what was asked for is left in the queue at the end: 20 s of sending") {
    CHECK(link.longest_queue_ms == Approx(20'000).margin(1'000));
  }
}

TEST_CASE("a region's weight shifts demand and does not change the whole") {
  // 1000/s at once and for good; two regions of equal size, interested 20 and 10 times as much.
  Scenario s = small_scenario(2, false);
  s.network.client_networks["isp0"].region = "north";
  add_content(s, "pages", 1, 0, "max-age=3600");
  Viral viral;
  viral.peak = Rate{1000.0};
  viral.rise = 1ms;
  viral.half_life = 24h * 365;
  viral.size.law = FixedSize{Bytes{1000}};
  viral.origin = "origin";
  viral.spread["north"].weight = 20;
  viral.spread["region"].weight = 10;
  s.traffic["video"] = viral;
  const Result result = run(s).result;
  const auto expected = [](double count) { return Approx(count).margin(4 * std::sqrt(count)); };
  CHECK(static_cast<double>(result.requests.outcomes.requests) == expected(10'000));
  CHECK(static_cast<double>(result.isps.at(0).requests) == expected(10'000 * 2 / 3.0));
}

TEST_CASE("each second has its own requests, after idle seconds too") {
  // Two bursts with seven idle seconds between them; nobody fetches in the second one.
  Scenario s = one_object(500, "max-age=3600");
  s.duration = 12s;
  s.series_interval = 1s;
  std::get<Steady>(s.traffic["base"]).curve =
      *parse_curve("points:1500ms=1,1501ms=0,8500ms=0,8501ms=1,10300ms=1,10301ms=0").value;
  const std::vector<Duration> times = arrivals_of(s);
  std::string series;
  RunOptions options;
  options.series = [&](std::string_view piece) { series += piece; };
  const Result result = run(s, options).result;
  std::istringstream lines(series);
  int rows = 0;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string second, node, kind, requests;
    std::getline(fields, second, ',');
    std::getline(fields, node, ',');
    std::getline(fields, kind, ',');
    std::getline(fields, requests, ',');
    if (node != "pop0") continue;
    ++rows;
    const Duration begin = std::chrono::seconds(std::stoll(second));
    INFO("second " << second);
    CHECK(std::stoull(requests) == count_between(times, begin, begin + 1s));
  }
  CHECK(rows == 12);
}

TEST_CASE("what nobody asked for has no ratio, and meets no target") {
  Scenario s = one_object(0, "max-age=3600");
  s.slo["offload"].metric = "/origin/offload_ratio";
  s.slo["offload"].at_least_value = 0.5;
  s.slo["fast"].metric = "/latency_ms/ttfb/p99";
  s.slo["fast"].at_most_value = 100;
  const Result result = run(s).result;
  CHECK(std::isnan(result.origin.offload_ratio));
  CHECK(std::isnan(result.tiers.at("edge").hit_ratio));
  CHECK(std::isnan(result.availability.error_ratio));
  REQUIRE(result.slo.size() == 2);
  for (const SloResult& slo : result.slo) {
    CHECK(std::isnan(slo.value));
    CHECK_FALSE(slo.met);
  }
}

}  // namespace run_test
