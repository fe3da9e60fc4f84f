// A viral spike: a smooth rise to the peak, then halving; regions differ by weight and lag.

#include <cmath>

#include <cdnsim/models/workload/viral.hpp>
#include <tests/support/catch.hpp>

namespace viral_test {

using namespace cdnsim;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

Viral spike() {
  Viral viral;
  viral.peak = Rate{1000.0};
  viral.starts = 100s;
  viral.rise = 60s;
  viral.half_life = 30s;
  viral.spread["east"] = RegionalSpread{2.0, 10s};
  return viral;
}
Audience audience(const char* region, double share = 1.0) {
  return Audience{"isp", region, share, 0h};
}

// Simpson's rule over a step, enough of them for nine digits.
double integral(const Viral& viral, const Audience& who, Duration from, Duration to) {
  constexpr int kSteps = 20'000;
  const Duration half = (to - from) / (2 * kSteps);
  double sum = 0;
  for (int i = 0; i < kSteps; ++i) {
    const SimTime begin = at(from + 2 * i * half);
    sum += viral.rate_of(who, begin) + 4 * viral.rate_of(who, begin + half) +
           viral.rate_of(who, begin + 2 * half);
  }
  return sum * seconds(half) / 3;
}

TEST_CASE("nobody asks before it starts") {
  CHECK(spike().rate_of(audience("west"), at(0s)) == 0.0);
  CHECK(spike().rate_of(audience("west"), at(100s)) == 0.0);
  CHECK(spike().rate_of(audience("west"), at(101s)) > 0.0);
}

TEST_CASE("the rise is 3 u^2 - 2 u^3 of the peak") {
  CHECK(spike().rate_of(audience("west"), at(115s)) == Approx(1000 * (3.0 / 16 - 2.0 / 64)));
  CHECK(spike().rate_of(audience("west"), at(130s)) == Approx(500.0));
  CHECK(spike().rate_of(audience("west"), at(160s)) == 1000.0);
  // Its area is half of a rectangle's: 1000/s x 60 s / 2.
  CHECK(integral(spike(), audience("west"), 100s, 160s) == Approx(30'000.0).epsilon(1e-9));
}

TEST_CASE("demand halves with every half-life after the peak") {
  CHECK(spike().rate_of(audience("west"), at(190s)) == Approx(500.0).epsilon(1e-12));
  CHECK(spike().rate_of(audience("west"), at(220s)) == Approx(250.0).epsilon(1e-12));
  CHECK(spike().rate_of(audience("west"), at(160s + 45s)) ==
        Approx(1000 / std::pow(2.0, 1.5)).epsilon(1e-12));
  // All that follows: peak x half-life / ln 2; 30 half-lives leave a billionth of it out.
  CHECK(integral(spike(), audience("west"), 160s, 1060s) ==
        Approx(1000 * 30 / std::log(2.0)).epsilon(2e-9));
}

TEST_CASE("a region comes later by its lag, and has its weight") {
  for (const Duration t : {0s, 100s, 109s, 115s, 130s, 160s, 200s, 300s}) {
    CHECK(spike().rate_of(audience("east"), at(t + 10s)) ==
          spike().rate_of(audience("west"), at(t)));
  }
  CHECK(spike().weight_in("east") == 2.0);
  CHECK(spike().weight_in("west") == 1.0);
}

TEST_CASE("networks take part by their share of users") {
  CHECK(spike().rate_of(audience("west", 0.25), at(160s)) == 250.0);
  CHECK(spike().rate_of(audience("east", 0.25), at(170s)) == 250.0);
}

}  // namespace viral_test
