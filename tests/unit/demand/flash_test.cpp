// A flash crowd: rise, stay and decay against their integrals, and the mix that it brings.

#include <cmath>

#include <cdnsim/models/workload/flash.hpp>
#include <tests/support/catch.hpp>

#include "demand_bench.hpp"

namespace flash_test {

using namespace cdnsim;
using namespace cdnsim::test;

Flash sale(double steepness) {
  Flash flash;
  flash.rate = Rate{100};
  flash.peak = Rate{10'000};
  flash.starts = 5s;
  flash.rise = 10s;
  flash.steepness = steepness;
  flash.lasts = 5s;
  flash.half_life = 4s;
  flash.mix = {{"carts", 0.02}, {"pages", 0.98}};
  flash.crowd_mix = {{"carts", 0.3}, {"pages", 0.7}};
  return flash;
}
constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

TEST_CASE("the crowd comes, stays and goes") {
  CHECK(sale(0).crowd_at(at(5s)) == 0.0);
  CHECK(sale(0).crowd_at(at(10s)) == 0.5);
  CHECK(sale(0).crowd_at(at(15s)) == 1.0);
  CHECK(sale(0).crowd_at(at(20s)) == 1.0);
  CHECK(sale(0).crowd_at(at(24s)) == Approx(0.5).epsilon(1e-12));
  CHECK(sale(0).crowd_at(at(32s)) == Approx(0.125).epsilon(1e-12));
  CHECK(sale(4).crowd_at(at(10s)) ==
        Approx((std::exp(2.0) - 1) / (std::exp(4.0) - 1)).epsilon(1e-12));
  CHECK(sale(-4).crowd_at(at(10s)) == Approx(1 - sale(4).crowd_at(at(10s))).epsilon(1e-12));
}

TEST_CASE("as many requests come as the integrals say") {
  for (const double k : {0.0, 5.0, -5.0}) {
    const DemandBench bench({{"carts", content_of(1)}, {"pages", content_of(10)}},
                            {{"sale", sale(k)}}, {audience_of("isp")}, 1);
    const auto requests = [&](std::int64_t from, std::int64_t slots) {
      double n = 0;
      bench.for_each(0, from, slots, [&](const Arrival&) { n += 1; });
      return n;
    };
    const auto check = [&](double found, double expected) {
      INFO("steepness " << k);
      CHECK(agrees(found, expected, std::sqrt(expected)));
    };
    check(requests(0, 50), 500);
    // 9,900 times the rise's mean: 1/2, or 1/k - 1/(e^k - 1); and the 100 that are always there.
    const double mean = k == 0 ? 0.5 : 1 / k - 1 / (std::exp(k) - 1);
    check(requests(50, 100), 10 * (100 + 9900 * mean));
    check(requests(150, 50), 5 * 10'000);
    // Two half-lives: 3/4 of 9,900 x 4 / ln 2.
    check(requests(200, 80), 8 * 100 + 0.75 * 9900 * 4 / std::log(2.0));
  }
}

TEST_CASE("what the crowd asks for comes on top of what is asked for always") {
  const DemandBench bench({{"carts", content_of(1)}, {"pages", content_of(10)}},
                          {{"sale", sale(0)}}, {audience_of("isp")}, 1);
  const auto check = [&](std::int64_t from, std::int64_t slots, double expected) {
    double n = 0, carts = 0;
    bench.for_each(0, from, slots, [&](const Arrival& a) {
      n += 1;
      carts += bench.catalogue[a.content].name == "carts";
    });
    CHECK(is_share(carts / n, expected, n));
  };
  check(0, 50, 0.02);
  check(150, 50, (100 * 0.02 + 9900 * 0.3) / 10'000);
}

}  // namespace flash_test
