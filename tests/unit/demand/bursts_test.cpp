// Bursts: the dispersion of arrivals against its formula, by stretch, slot, cell and network.

#include <cmath>
#include <vector>

#include <cdnsim/base/sampler/gamma.hpp>
#include <tests/support/catch.hpp>

#include "demand_bench.hpp"

namespace bursts_test {

using namespace cdnsim;
using namespace cdnsim::test;

TEST_CASE("a gamma variable has its shape as mean and as variance") {
  for (const double shape : {0.05, 0.5, 1.0, 2.5, 40.0, 1e4}) {
    DrawStream draws(draw_key(9, {"gamma test"}), Counter{});
    std::vector<double> values;
    for (int i = 0; i < 200'000; ++i) values.push_back(gamma(shape, draws));
    const Sample sample = sample_of(values);
    INFO(shape);
    CHECK(agrees(sample.mean, shape, sample.mean_error));
    CHECK(agrees(sample.variance, shape, sample.variance_error));
  }
}

TEST_CASE("gamma variables of shape 1 are exponential, of shape 1/2 half of a normal's square") {
  constexpr int kDraws = 100'000;
  DrawStream draws(draw_key(10, {"gamma test"}), Counter{});
  std::vector<double> above(3), halves(2);
  for (int i = 0; i < kDraws; ++i) {
    const double one = gamma(1.0, draws), half = gamma(0.5, draws);
    for (int x = 0; x < 3; ++x) above[static_cast<std::size_t>(x)] += one > x + 0.5;
    halves[0] += 2 * half > 1;  // a standard normal beyond 1
    halves[1] += 2 * half > 4;  // beyond 2
  }
  for (int x = 0; x < 3; ++x) {
    CHECK(is_share(above[static_cast<std::size_t>(x)] / kDraws, std::exp(-x - 0.5), kDraws));
  }
  CHECK(is_share(halves[0] / kDraws, std::erfc(1 / std::sqrt(2.0)), kDraws));
  CHECK(is_share(halves[1] / kDraws, std::erfc(2 / std::sqrt(2.0)), kDraws));
}

DemandBench bench_with(double dispersion, double rate, Duration lasts = 1s) {
  Steady base = steady_of(rate, {{"web", 1}});
  base.bursts = BurstSpec{dispersion, lasts};
  return DemandBench({{"web", content_of(100)}}, {{"base", base}},
                     {audience_of("a", 0.6), audience_of("b", 0.4)});
}
// Requests of both networks, or of one, in windows of so many slots, one after so many others.
std::vector<double> counts(const DemandBench& bench, const std::vector<std::size_t>& audiences,
                           std::int64_t slots, std::int64_t windows, std::int64_t step = 0) {
  std::vector<double> found;
  for (std::int64_t window = 0; window < windows; ++window) {
    double count = 0;
    for (const std::size_t audience : audiences) {
      bench.for_each(audience, window * (slots + step), slots, [&](const Arrival&) { count += 1; });
    }
    found.push_back(count);
  }
  return found;
}
void check_dispersion(const std::vector<double>& found, double mean, double dispersion) {
  const Sample sample = sample_of(found);
  CHECK(agrees(sample.mean, mean, sample.mean_error));
  CHECK(agrees(sample.variance / sample.mean, dispersion, sample.variance_error / sample.mean));
}

TEST_CASE("without bursts arrivals have the dispersion of a Poisson law, 1") {
  check_dispersion(counts(bench_with(1, 200), {0, 1}, 10, 4000), 200, 1);
}

TEST_CASE("requests of a stretch have the dispersion that is asked for, in each network and all") {
  for (const double dispersion : {3.0, 30.0}) {
    const DemandBench bench = bench_with(dispersion, 200);
    INFO(dispersion);
    check_dispersion(counts(bench, {0}, 10, 4000), 120, dispersion);
    check_dispersion(counts(bench, {1}, 10, 4000), 80, dispersion);
    check_dispersion(counts(bench, {0, 1}, 10, 4000), 200, dispersion);
  }
}

TEST_CASE("a slot has its part of it, and so has a window of several stretches all of it") {
  // Within a stretch the rate is the same: a tenth of it has 1 + 29 / 10. One slot of each stretch,
  // as its slots have more in common than what an error could be told of.
  const DemandBench bench = bench_with(30, 500);
  check_dispersion(counts(bench, {0, 1}, 1, 20'000, 9), 50, 1 + 29.0 / 10);
  check_dispersion(counts(bench, {0, 1}, 40, 1500), 2000, 30);
}

TEST_CASE("a rate far below the dispersion keeps both") {
  // 2 requests a stretch in the mean: a stretch in ten or so has all of them.
  check_dispersion(counts(bench_with(20, 2, 500ms), {0}, 5, 60'000), 0.6, 20);
}

TEST_CASE("whoever asks for whichever cells, a network's bursts are the same") {
  const DemandBench bench = bench_with(30, 2000);
  for (std::int64_t slot = 0; slot < 50; ++slot) {
    std::vector<Arrival> apart;
    for (std::uint32_t cell = 0; cell < 4; ++cell) {
      const LabelledCell one{cell, static_cast<std::uint16_t>(cell)};
      bench.demand.append_arrivals(0, {&one, 1}, slot, apart);
    }
    const std::vector<Arrival> together = bench.slot(0, slot);
    REQUIRE(apart.size() == together.size());
    for (std::size_t i = 0; i < apart.size(); ++i) CHECK(apart[i].at_ns == together[i].at_ns);
  }
}

}  // namespace bursts_test
