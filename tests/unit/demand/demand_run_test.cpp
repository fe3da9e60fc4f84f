// Demand in whole runs: what comes and goes, is asked for once or has regions is counted by hand
// from the arrivals; nobody who serves changes them; and a crowd's direction, expected beforehand.

#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include <cdnsim/scenario/load.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/arrivals.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

#include "demand_bench.hpp"

namespace demand_run_test {

using namespace cdnsim;
using namespace cdnsim::test;

// Three PoPs, of which the first two are of one region; caches that hold everything for ever.
Scenario everything_kept(bool shield) {
  Scenario s = small_scenario(3, shield);
  s.network.client_networks["isp2"].region = "elsewhere";
  for (const char* isp : {"isp0", "isp1", "isp2"}) s.network.client_networks[isp].cells = 4;
  add_content(s, "web", 500, 0.9, "max-age=31536000");
  add_steady(s, "base", 1500, "web");
  s.content["web"].churn = ChurnSpec{4s, 3s};
  s.content["web"].one_hit_wonders = Ratio{0.2};
  s.content["web"].regional = RegionalSpec{Ratio{0.5}};
  Steady& base = std::get<Steady>(s.traffic["base"]);
  base.bursts = BurstSpec{5, 500ms};
  base.curve = *parse_curve("points:9s=1,9100ms=0").value;  // what is asked for arrives in time
  return s;
}

struct Keys {
  std::set<std::uint64_t> all, once;
};
Keys keys_of(const std::vector<Seen>& arrivals) {
  Keys keys;
  for (const Seen& arrival : arrivals) {
    keys.all.insert(arrival.key);
    if (is_asked_once(arrival.object)) keys.once.insert(arrival.key);
  }
  return keys;
}

TEST_CASE("every different object is fetched once: by each PoP, and by the shield for all") {
  for (const bool shield : {false, true}) {
    const Scenario s = everything_kept(shield);
    const Result result = run(s).result;
    std::uint64_t requests = 0, different = 0, once = 0;
    std::set<std::uint64_t> anywhere;
    for (const auto& [network, arrivals] : arrivals_by_network(s)) {
      const Keys keys = keys_of(arrivals);
      requests += arrivals.size();
      different += keys.all.size();
      once += keys.once.size();
      anywhere.insert(keys.all.begin(), keys.all.end());
    }
    const auto& edge = result.tiers.at("edge");
    CHECK(result.requests.outcomes.requests == requests);
    CHECK(edge.outcomes.misses == different);
    CHECK(edge.miss_causes.first_request == different);
    CHECK(result.origin.requests == (shield ? anywhere.size() : different));
    // A fifth is asked for once, and no cache can do more than the rest.
    CHECK(double(once) / double(requests) == Approx(0.2).epsilon(0.05));
    CHECK(result.requests.outcomes.hits <= requests - once);
  }
}

TEST_CASE("a copy that is asked for once is forgotten like any other, and is no eviction's miss") {
  Scenario s = everything_kept(false);
  s.content["web"].one_hit_wonders = Ratio{1.0};
  s.caching.edge.memory = Bytes{50'000};  // fifty of them
  const Result result = run(s).result;
  CHECK(result.requests.outcomes.hits == 0);
  CHECK(result.tiers.at("edge").miss_causes.first_request == result.requests.outcomes.requests);
}

TEST_CASE("whoever serves, arrivals stay as they were") {
  const Scenario base = everything_kept(true);
  const auto expected = arrivals_by_network(base);
  Scenario other = everything_kept(false);
  other.network.pops.erase("pop1");
  std::erase_if(other.network.links, [](const auto& entry) {
    return entry.second.from == "pop1" || entry.second.to == "pop1";
  });
  LinkSpec link;
  link.from = "pop0";
  link.to = "isp1";
  link.delay = 30ms;
  other.network.links["another way"] = link;
  CHECK(arrivals_by_network(other) == expected);
}

// Written before the first run. A fiftieth of the scenario's requests: 200 a second, then 20,000.
//
// Carts are 1 % of the 200 and 3 % of the 19,800 that come on top: 2 and 596 a second at the peak,
// a 298-fold where all requests are a 100-fold. They cannot be cached, so all of them reach the
// origin. Pages are 0.3 x 200 + 0.27 x 19,800 = 5,406 a second. Where they cannot be cached the
// origin gets them all. Kept for five seconds, each page is fetched by each of two shields once in
// five seconds and the time to its next request there: r / (1 + 5 r) a second, where r is half of
// 5,406 times its share. Summed over 20,000 pages by (k + 5)^-1.1 and both shields: 1,394 a second.
Result sale(std::vector<std::string> sets = {}) {
  const std::string file =
      std::string(std::getenv("CDNSIM_SOURCE_DIR")) + "/scenarios/black_friday.json";
  for (const char* set : {"/traffic/sale/rate=200/s", "/traffic/sale/peak=20k/s",
                          "/network/origins/origin/capacity=null"}) {
    sets.emplace_back(set);
  }
  return run(load_scenario(file, sets)).result;
}

TEST_CASE("before the doors open few requests are for carts, then three in a hundred") {
  // 2 a second for 16 s; the crowd's first tenth of a second is one request.
  const Result before = sale({"/duration=20s", "/warmup=4s", "/traffic/sale/starts=19900ms"});
  const double few = double(before.requests.outcomes.passes);
  CHECK(std::abs(few - 32) <= 4 * std::sqrt(32.0));
  const Result peak = sale({"/duration=35s", "/warmup=30s"});
  const auto requests = double(peak.requests.outcomes.requests);
  CHECK(agrees(requests, 100'000, std::sqrt(100'000.0)));
  CHECK(is_share(double(peak.requests.outcomes.passes) / requests, 0.0298, requests));
}

TEST_CASE("pages that are kept for five seconds keep three quarters of them from the origin") {
  const auto pages = [](std::vector<std::string> sets) {
    sets.insert(sets.end(), {"/duration=35s", "/warmup=30s"});
    return double(sale(std::move(sets)).classes.at("pages").origin_requests);
  };
  const double passed = pages({"/content/pages/cache_control=no-store"});
  CHECK(agrees(passed, 27'030, std::sqrt(27'030.0)));
  CHECK(pages({}) == Approx(6970).epsilon(0.1));
}

TEST_CASE("a steeper rise brings the same crowd later") {
  const auto in_rise = [](const char* steepness) {
    return double(
        sale({"/duration=30s", "/warmup=15s", std::string("/traffic/sale/steepness=") + steepness})
            .requests.outcomes.requests);
  };
  // 15 s of 200, and 19,800 x 15 times 1/2, or 1/3 - 1/(e^3 - 1) = 0.2809, or its complement.
  CHECK(in_rise("0") == Approx(3000 + 297'000 * 0.5).epsilon(0.01));
  CHECK(in_rise("3") == Approx(3000 + 297'000 * 0.28094).epsilon(0.01));
  CHECK(in_rise("-3") == Approx(3000 + 297'000 * 0.71906).epsilon(0.01));
}

}  // namespace demand_run_test
