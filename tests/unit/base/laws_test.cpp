// The laws whose samples are quantiles of one draw, and the choice by weight.
#include <cmath>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/sampler/discrete.hpp>
#include <cdnsim/base/sampler/exponential.hpp>
#include <cdnsim/base/sampler/lognormal.hpp>
#include <cdnsim/base/sampler/pareto.hpp>
#include <tests/support/catch.hpp>

#include "statistics.hpp"

using namespace cdnsim;

namespace laws_test {

constexpr std::uint64_t kAll = ~std::uint64_t{0};
constexpr int kSteps = 1 << 18;

// The mean over evenly spaced probabilities: an integral without noise.
template <class Law>
double mean_of(const Law& law) {
  long double sum = 0;
  for (std::uint64_t i = 0; i < kSteps; ++i) sum += law.quantile((i << 46) + (1ULL << 45));
  return static_cast<double>(sum / kSteps);
}

// Bits whose unit is p.
std::uint64_t bits_for(double p) { return static_cast<std::uint64_t>(std::ldexp(p, 64)); }

TEST_CASE("exponential quantiles are -mean log(1 - p)") {
  const Exponential law(3);
  for (const double p : {1e-9, 0.1, 0.5, 0.9, 0.999999}) {
    CHECK(law.quantile(bits_for(p)) == Approx(-3 * std::log1p(-p)).epsilon(1e-6));
  }
  CHECK(mean_of(law) == Approx(3).epsilon(1e-5));
  CHECK(law.quantile(0) > 0);
  CHECK(law.quantile(kAll) < 3 * 37);
}

TEST_CASE("lognormal quantiles are median e^(sigma z)") {
  const Lognormal law(24'000, 1.2);
  CHECK(law.quantile(bits_for(0.5)) == Approx(24'000).epsilon(1e-9));
  // z(0.975) = 1.959964
  CHECK(law.quantile(bits_for(0.975)) == Approx(24'000 * std::exp(1.2 * 1.9599639845)));
  CHECK(law.quantile(bits_for(0.025)) == Approx(24'000 / std::exp(1.2 * 1.9599639845)));
  CHECK(law.mean() == Approx(24'000 * std::exp(0.72)).epsilon(1e-13));
  CHECK(mean_of(law) == Approx(law.mean()).epsilon(1e-3));
  CHECK(std::isfinite(law.quantile(kAll)));
  CHECK(law.quantile(0) > 0);
}

TEST_CASE("Pareto quantiles are minimum (1 - p)^(-1 / shape)") {
  const Pareto law(2.5, 100);
  CHECK(law.quantile(bits_for(0.5)) == Approx(100 * std::pow(2, 0.4)));
  CHECK(law.quantile(bits_for(0.99)) == Approx(100 * std::pow(100, 0.4)));
  CHECK(law.mean() == Approx(2.5 / 1.5 * 100));
  CHECK(mean_of(law) == Approx(law.mean()).epsilon(1e-3));
  CHECK(law.quantile(0) == Approx(100));
  CHECK(std::isinf(Pareto(1, 100).mean()));
  CHECK(std::isinf(Pareto(0.7, 100).mean()));
}

TEST_CASE("a Pareto law with a maximum keeps its shape below it") {
  // P(X <= x) = (1 - (m/x)^a) / (1 - (m/M)^a)
  for (const double shape : {0.5, 1.0, 1.3}) {
    const Pareto law(shape, 1000, 1e6);
    for (const double p : {0.1, 0.5, 0.9, 0.9999}) {
      const double x = law.quantile(bits_for(p));
      const double below = (1 - std::pow(1000 / x, shape)) / (1 - std::pow(1e-3, shape));
      CHECK(below == Approx(p).epsilon(1e-9));
    }
    CHECK(law.quantile(kAll) <= 1e6);
    CHECK(law.quantile(kAll) == Approx(1e6).epsilon(1e-6));
    CHECK(mean_of(law) == Approx(law.mean()).epsilon(1e-4));
  }
  CHECK(Pareto(2, 5, 5).quantile(kAll / 3) == Approx(5));
  CHECK(Pareto(2, 5, 5).mean() == Approx(5));
}

TEST_CASE("quantiles never fall where the bits rise") {
  const Exponential exponential(1);
  const Lognormal lognormal(1, 2);
  const Pareto pareto(1.1, 1, 1e9);
  for (std::uint64_t i = 1; i < 10'000; ++i) {
    const std::uint64_t lower = (i - 1) * (kAll / 10'000), upper = i * (kAll / 10'000);
    REQUIRE(exponential.quantile(lower) <= exponential.quantile(upper));
    REQUIRE(lognormal.quantile(lower) <= lognormal.quantile(upper));
    REQUIRE(pareto.quantile(lower) <= pareto.quantile(upper));
  }
}

TEST_CASE("alternatives are chosen in proportion to their weights") {
  const std::vector<std::vector<double>> cases = {{1},
                                                  {1, 1},
                                                  {3, 1},
                                                  {0, 5, 0},
                                                  {1, 2, 3, 4, 5, 0.1, 7},
                                                  {1e-300, 1e-300, 2e-300},
                                                  {1e300, 1e300},
                                                  std::vector<double>(1000, 0.3),
                                                  {1, 1e-6, 1e6, 0, 17, 1e3}};
  for (const std::vector<double>& weights : cases) {
    const Discrete discrete(weights);
    CHECK(discrete.size() == weights.size());
    double sum = 0;
    for (const double weight : weights) sum += weight;
    std::vector<double> counted(weights.size());
    for (std::uint64_t i = 0; i < kSteps; ++i) {
      counted[discrete.pick(static_cast<std::uint32_t>(i << 14))] += 1;
    }
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const double expected = kSteps * (weights[i] / sum);
      CAPTURE(weights.size(), i, counted[i], expected);
      // An alternative has its own part and a part of several other columns: one off at each.
      REQUIRE(std::fabs(counted[i] - expected) <= double(weights.size()) + 1);
      if (weights[i] == 0) REQUIRE(counted[i] == 0);
    }
  }
}

TEST_CASE("long lists of weights hold too") {
  std::vector<double> weights;
  DrawStream draws = test::draws_for("weights");
  for (int i = 0; i < 5000; ++i) weights.push_back(i % 7 == 0 ? 0 : unit(draws.next()) * i);
  const Discrete discrete(weights);
  double sum = 0;
  for (const double weight : weights) sum += weight;
  std::vector<double> expected, counted(weights.size());
  constexpr int kDraws = 1'000'000;
  for (const double weight : weights) expected.push_back(weight / sum * kDraws);
  for (int i = 0; i < kDraws; ++i) {
    counted[discrete.pick(static_cast<std::uint32_t>(draws.next()))] += 1;
  }
  CHECK(test::chi_square_excess(expected, counted) < 4);
  for (std::size_t i = 0; i < weights.size(); i += 7) REQUIRE(counted[i] == 0);
}

TEST_CASE("weights that are none are our mistake") {
  CHECK_THROWS_AS(Discrete(std::vector<double>{}), InternalError);
  CHECK_THROWS_AS(Discrete(std::vector<double>{0, 0}), InternalError);
  CHECK_THROWS_AS(Discrete(std::vector<double>{1, -1}), InternalError);
  CHECK_THROWS_AS(Discrete(std::vector<double>{1, math::kNan}), InternalError);
  CHECK_THROWS_AS(Discrete(std::vector<double>{1, math::kInfinity}), InternalError);
}

}  // namespace laws_test
