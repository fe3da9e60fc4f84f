// What the scenarios of the library are there to show: with a feature on, a figure moves the way
// and about as far as theory says. Each expectation is a formula, worked out before the run.

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
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
