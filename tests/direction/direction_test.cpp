// What the scenarios of the library are there to show: with a feature on, a figure moves the way
// and about as far as theory says. Each expectation is a formula, worked out before the run.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/compare/figures.hpp>
#include <cdnsim/scenario/load.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>

namespace {

using namespace cdnsim;

nlohmann::json result_of(const std::string& scenario, const std::vector<std::string>& sets = {}) {
  const char* folder = std::getenv("CDNSIM_SOURCE_DIR");
  REQUIRE(folder != nullptr);
  const auto file = std::filesystem::path(folder) / "scenarios" / (scenario + ".json");
  return assembly::to_json(run(load_scenario(file.string(), sets), {.threads = 1}).result);
}

double figure(const nlohmann::json& result, const std::string& pointer) {
  return result.at(nlohmann::json::json_pointer(pointer)).get<double>();
}

// The viral spike as a video that everybody asks for from the first second on, 12,000 times a
// second, by the number of users: 10 KB, so that no port is in the way. Copies live for 20 s, so a
// place's copy that was fetched at 1 s expires at about 21, 41 and 61 s: three times between 10 and
// 70 s.
std::vector<std::string> steady_video(std::vector<std::string> sets) {
  sets.insert(sets.end(), {"/duration=70s", "/warmup=10s", "/traffic/base/rate=100/s",
                           "/traffic/video/peak=12k/s", "/traffic/video/starts=1s",
                           "/traffic/video/rise=1ms", "/traffic/video/half_life=10000h",
                           "/traffic/video/size=10KB", "/traffic/video/spread={}"});
  return sets;
}
constexpr double kVideoRate = 12'000;
constexpr int kExpiries = 3;

// Of each PoP without a shield: 1 + lambda R at each expiry, R the way to the origin by way of the
// nearer shield's place, there and back, and 40 ms at the origin.
double let_through_without_shields() {
  const char* folder = std::getenv("CDNSIM_SOURCE_DIR");
  REQUIRE(folder != nullptr);
  const Scenario scenario = load_scenario(
      (std::filesystem::path(folder) / "scenarios/viral_spike.json").string(), steady_video({}));
  const NetworkSpec& network = scenario.network;
  const auto delay_s = [&](const std::string& link) {
    return std::chrono::duration<double>(*network.links.at(link).delay).count();
  };
  double users = 0, let_through = 0;
  for (const auto& [id, isp] : network.client_networks) users += static_cast<double>(isp.users);
  for (const auto& [id, pop] : network.pops) {
    const double way_s = std::min(delay_s(id + "-ashburn") + delay_s("shield-ashburn-origin"),
                                  delay_s(id + "-frankfurt") + delay_s("shield-frankfurt-origin"));
    const auto own = static_cast<double>(network.client_networks.at("isp-" + id).users);
    let_through += kExpiries * (1 + kVideoRate * own / users * (2 * way_s + 0.040));
  }
  return let_through;
}

// Of 20,000 films by Zipf 0.9, what is asked of the 5,000 that a cache holds: by LRU, and at best.
std::pair<double, double> film_hit_ratios() {
  std::vector<double> films;
  double sum = 0;
  for (int rank = 1; rank <= 20'000; ++rank) sum += films.emplace_back(std::pow(rank, -0.9));
  for (double& film : films) film /= sum;
  const auto held = [&](double requests, bool weighed) {
    double total = 0;
    for (const double film : films)
      total += (1 - std::exp(-film * requests)) * (weighed ? film : 1);
    return total;
  };
  double low = 0, high = 1e7;
  while (high - low > 1) (held((low + high) / 2, false) < 5'000 ? low : high) = (low + high) / 2;
  return {held(low, true), std::accumulate(films.begin(), films.begin() + 5'000, 0.0)};
}

// What a Poisson count of this mean may be: within four standard errors of it.
void check_count(double found, double mean) {
  INFO("found " << found << ", expected " << mean);
  CHECK(std::abs(found - mean) <= 4 * std::sqrt(mean));
}

}  // namespace

// 1,000 requests a second for what may not be stored; a fetch takes R = 2 x 20 ms on the way and
// 100 ms at the origin. Kept for T = 1 s, it is fetched once in T + R and the millisecond until
// somebody comes: 100 s / 1.141 s = 87.6 times. Otherwise everybody's request goes there.
TEST_CASE("direction: micro-caching leaves one fetch in T + R + 1/lambda") {
  const double measured_s = 100;
  const double rate = 1000;
  const double cycle_s = 1.0 + 0.14 + 1 / rate;
  const nlohmann::json off = result_of("micro_caching");
  check_count(figure(off, "/origin/requests"), rate * measured_s);
  const nlohmann::json on = result_of("micro_caching", {"/caching/edge/micro_ttl=1s"});
  CHECK(std::abs(figure(on, "/origin/requests") - measured_s / cycle_s) <= 1);
}

// 2,000 requests a second for a page that lives for 10 s and takes R = 140 ms to fetch. At each
// expiry the first request and, without coalescing, the lambda R = 280 that come while it is
// fetched go to the origin. The age of the copy does not count the way, so expiries are 10.14 s
// apart: 9 or 10 in 100 s.
TEST_CASE("direction: coalescing lets one request through where lambda R come") {
  const double expiries = figure(result_of("coalescing_or_not"), "/origin/requests");
  CHECK(expiries >= 9);
  CHECK(expiries <= 10);
  const nlohmann::json off = result_of("coalescing_or_not", {"/caching/edge/coalesce=0s"});
  check_count(figure(off, "/origin/requests") - expiries, expiries * 2000 * 0.14);
}

// 18,000 requests a second for 2,000 objects by Zipf's law. Purged everywhere at once, an object is
// fetched when it is next asked for, once, as the shield coalesces; in the first second so many
// are: the sum of 1 - exp(-lambda p). Its variance is the sum of p (1 - p) of those that are not
// certain, some fifth of the mean.
TEST_CASE("direction: a purge brings as many fetches as objects are asked for") {
  double harmonic = 0;
  for (int rank = 1; rank <= 2000; ++rank) harmonic += 1.0 / rank;
  const auto asked_for_in = [&](double seconds) {
    double objects = 0;
    for (int rank = 1; rank <= 2000; ++rank) {
      objects += 1 - std::exp(-18'000 * seconds / (rank * harmonic));
    }
    return objects;
  };
  const nlohmann::json at_once = result_of(
      "purge_storm",
      {"/events/newsroom purge/purge/delay=0s", "/events/newsroom purge/purge/spread=0s"});
  // What is asked for in the second's last 35 ms reaches the origin in the next, by way of the
  // shield; images come on top, some ten a second that are asked for the first time.
  const double first_second = asked_for_in(1.0 - 0.035);
  const double peak = figure(at_once, "/origin/peak_rps");
  CHECK(peak >= first_second - 4 * std::sqrt(first_second * 0.2));
  CHECK(peak <= first_second + 4 * std::sqrt(first_second * 0.2) + 30);
  // Spread over five seconds, the PoPs' requests come to the shield one PoP after the other.
  CHECK(figure(result_of("purge_storm"), "/origin/peak_rps") < peak / 1.5);
}

// On a ring of 100 servers with 160 points each, a server's share is 1 % within 8 % of it (the
// points of one server are 160 exponential stretches), four times that at most; and only that share
// moves.
TEST_CASE("direction: one server less of 100 moves one object in a hundred") {
  const nlohmann::json ring = result_of("server_count_change");
  const double moved = figure(ring, "/events/0/moved_share");
  CHECK(moved > 0.01 * (1 - 4 * 0.08));
  CHECK(moved < 0.01 * (1 + 4 * 0.08));
  // What moved is fetched again once and by nobody twice: at most all objects that moved.
  CHECK(figure(ring, "/tiers/edge/miss_causes/re_steered") <= moved * 100'000 + 1);
}

// The origin is down for D = 120 s; 5,000 requests a second. Copies live for L = 60 s, so without
// stale-if-error a request fails once its copy has expired: were expiries spread evenly, for
// lambda (D - L / 2), and at most for all of lambda D. With stale-if-error only what nobody has
// fails, at most the share of requests that were first ever before.
TEST_CASE("direction: stale copies stand in for an origin that is down") {
  const double rate = 5000;
  const nlohmann::json off = result_of(
      "origin_outage", {"/caching/edge/serve_stale=false", "/caching/shield/serve_stale=false"});
  CHECK(figure(off, "/availability/errors") > rate * (120 - 60 / 2.0));
  CHECK(figure(off, "/availability/errors") < rate * 120);
  const nlohmann::json on = result_of("origin_outage");
  CHECK(figure(on, "/availability/errors") < 0.02 * rate * 120);
  CHECK(figure(on, "/availability/errors") > 0);
}

// Coalescing lets one of 1 + lambda R through at each expiry of each PoP; a copy that may be served
// stale meanwhile does the same by a single refresh; a shield asks once for its twelve PoPs.
TEST_CASE("direction: without coalescing a viral video's origin gets 1 + lambda R per expiry") {
  const auto origin_requests = [](const std::vector<std::string>& sets) {
    return figure(result_of("viral_spike", steady_video(sets)), "/classes/video/origin_requests");
  };
  const std::string no_shield = "/network/pops/*/shield=none";
  const std::string no_stale = "/caching/edge/serve_stale=false";
  const std::string no_shield_stale = "/caching/shield/serve_stale=false";
  const std::string alone = "/caching/edge/coalesce=0s";
  const double pops = 24;
  CHECK(origin_requests({no_shield, no_stale}) == pops * kExpiries);
  check_count(origin_requests({no_shield, no_stale, alone}), let_through_without_shields());
  CHECK(origin_requests({no_shield, alone}) == pops * kExpiries);
  CHECK(origin_requests({no_stale, no_shield_stale}) == 2 * kExpiries);
}

// A cache inside a network has room for 5,000 of 20,000 films of like size, four fifths of the
// bytes; the share h of them that it spares is at most that of the most popular 5,000, and at least
// what LRU of that size keeps (Che: each film stays for the time in which 5,000 others are asked
// for). All that comes over transit, and with it the bill by the 95th percentile, is then 1 - 0.8 h
// of what it was; what is asked at the origin, once for each film and always for calls, is as it
// was. Without a cache the bill is 2000 Mbps x 1.52375 x 2.25 USD.
TEST_CASE("direction: a cache inside a network spares its transit 0.8 of its hit ratio") {
  const auto [lru, best] = film_hit_ratios();
  const nlohmann::json without =
      result_of("does_an_embedded_cache_pay", {"/network/embedded=null"});
  const nlohmann::json with = result_of("does_an_embedded_cache_pay");
  const double h = figure(with, "/isps/0/cacheable_offload_ratio");
  INFO("LRU " << lru << ", found " << h << ", the most popular " << best);
  CHECK(h > lru);
  CHECK(h < best);

  const double left = 1 - 0.8 * h;
  CHECK(figure(with, "/isps/0/external_bytes") / figure(without, "/isps/0/external_bytes") ==
        Approx(left).epsilon(0.01));
  CHECK(figure(with, "/origin/bytes") == Approx(figure(without, "/origin/bytes")).epsilon(0.01));
  // Five minutes at the peak are 4,571 objects, or 1,770 with the cache; the 15th largest of a day
  // is less than two standard errors, 5 %, above the curve's own.
  const double paid = 2000 * 1.52375 * 2.25;
  CHECK(figure(without, "/isps/0/month/transit_with_usd") == Approx(paid).epsilon(0.05));
  CHECK(figure(with, "/isps/0/month/transit_with_usd") == Approx(paid * left).epsilon(0.05));
  CHECK(figure(with, "/cost/transit_usd") / figure(without, "/cost/transit_usd") ==
        Approx(left).epsilon(0.05));
  // The network gives the box 0.7 kW at 275 USD.
  CHECK(figure(with, "/isps/0/month/saved_usd") ==
        Approx(figure(with, "/isps/0/month/transit_without_usd") -
               figure(with, "/isps/0/month/transit_with_usd") - 0.7 * 275));
}
