// What request collapsing saves at the origin while an object is fetched for the first time:
// 1 + lambda D, with the rate at which it is asked for meanwhile.

#include <cmath>
#include <iostream>
#include <string>

#include <tests/support/catch.hpp>

#include "laboratory.hpp"

namespace {

using namespace cdnsim;
using namespace cdnsim::test;

// A video that is asked for at its full rate from the start, with a time to live far beyond the
// run and nothing served stale. (Rates are those of a slot's middle, when the rise is long over.)
Scenario video(const Laboratory& lab, std::uint64_t seed, double per_second) {
  Scenario s = lab.scenario(seed);
  s.content.clear();
  s.traffic.clear();
  Viral viral;
  viral.peak = Rate{per_second};
  viral.rise = 1ms;
  viral.half_life = 24h * 365;
  viral.size.law = FixedSize{Bytes{6'000'000}};
  viral.origin = "origin";
  viral.cache_control = *parse<CacheControl>("public, max-age=31536000").value;
  s.traffic["video"] = viral;
  s.caching.edge.memory = Bytes{100'000'000};
  s.caching.shield.memory = Bytes{100'000'000};
  for (auto& [id, link] : s.network.links) link.capacity = BitRate{1'000'000'000'000'000};
  return s;
}

// Requests at the origin without collapsing in any tier, over those with it.
template <class MakeScenario>
Measured gain(const MakeScenario& make_scenario) {
  Measured measured;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Scenario s = make_scenario(seed);
    s.caching.edge.coalesce = 8s;
    s.caching.shield.coalesce = 8s;
    const Result with = run(s).result;
    s.caching.edge.coalesce = 0s;
    s.caching.shield.coalesce = 0s;
    const Result without = run(s).result;
    CHECK(with.requests.outcomes.requests == without.requests.outcomes.requests);
    measured.add(share(without.origin.requests, with.origin.requests));
  }
  return measured;
}

}  // namespace

SCENARIO("collapsing a video's first fetch saves 1 + lambda D") {
  Laboratory lab;
  lab.measured_s = 1;
  GIVEN("one cache with 50,000 requests a second and a fetch of 0.1 s") {
    lab.fetch_s = 0.1;
    const Measured found = gain([&](std::uint64_t seed) { return video(lab, seed, 50'000); });
    std::cout << "50,000/s and 0.1 s at one cache: predicted 5001, measured " << found << "\n";
    THEN("that is a factor of 5001") {
      CHECK(found.agrees_with(5001));
      CHECK(found.mean() > 100);
    }
  }
  GIVEN("the same requests at four caches") {
    lab.fetch_s = 0.1;
    lab.pops = 4;
    const Measured found = gain([&](std::uint64_t seed) { return video(lab, seed, 50'000); });
    std::cout << "the same at four caches: predicted 1251, measured " << found << "\n";
    THEN("each has a quarter of them: a factor of 1251") { CHECK(found.agrees_with(1251)); }
  }
  GIVEN("four caches behind a shield that is 0.2 s from an answer of the origin") {
    lab.fetch_s = 0.2;
    lab.pops = 4;
    lab.shield_objects = 1;
    const Measured found = gain([&](std::uint64_t seed) { return video(lab, seed, 10'000); });
    std::cout << "10,000/s and 0.2 s behind a shield: predicted 2001, measured " << found << "\n";
    THEN("what is asked of the shield in that time counts: a factor of 2001") {
      CHECK(found.agrees_with(2001));
    }
  }
}

SCENARIO("where few ask during a fetch, collapsing saves little") {
  GIVEN("20,000 objects that are each asked for five times a second, and a fetch of 0.1 s") {
    Laboratory lab;
    lab.objects = 20'000;
    lab.requests_per_second = 100'000;
    lab.measured_s = 4;
    lab.fetch_s = 0.1;
    const Measured found = gain([&](std::uint64_t seed) { return lab.scenario(seed); });
    std::cout << "5/s an object and 0.1 s: predicted 1.5, measured " << found << "\n";
    THEN("that is a factor of 1.5") {
      CHECK(found.agrees_with(1.5));
      CHECK(found.mean() < 2);
    }
  }
  GIVEN("videos that rise smoothly over 90 s to 6000 requests a second") {
    // The first fetch is over before many have heard of it. With L(t) the requests up to t, the
    // first comes at t with density L'(t) exp(-L(t)) and L(t + D) - L(t) come during its fetch.
    constexpr double kFetch = 0.1, kStep = 1e-4, kEnd = 3;
    constexpr int kVideos = 500;
    Viral viral;
    viral.peak = Rate{6000};
    viral.rise = 90s;
    viral.size.law = FixedSize{Bytes{1000}};
    viral.origin = "origin";
    viral.cache_control = *parse<CacheControl>("max-age=31536000").value;
    const auto requests_until = [&](double t) {
      const double u = t / 90;
      return 6000 * 90 * (u * u * u - u * u * u * u / 2);
    };
    double predicted = 1;
    for (double t = kStep / 2; t < kEnd; t += kStep) {
      const double first_here =
          std::exp(-requests_until(t - kStep / 2)) - std::exp(-requests_until(t + kStep / 2));
      predicted += first_here * (requests_until(t + kFetch) - requests_until(t));
    }
    const Measured found = gain([&](std::uint64_t seed) {
      Laboratory lab;
      lab.fetch_s = kFetch;
      lab.measured_s = kEnd;
      Scenario s = lab.scenario(seed);
      s.slot = 10ms;
      s.content.clear();
      s.traffic.clear();
      for (int i = 0; i < kVideos; ++i) s.traffic["video " + std::to_string(i)] = viral;
      return s;
    });
    std::cout << "a smooth rise: predicted " << predicted << ", measured " << found << "\n";
    THEN("that is a factor of less than 2, too") {
      CHECK(predicted < 2);
      CHECK(found.agrees_with(predicted));
    }
  }
}
