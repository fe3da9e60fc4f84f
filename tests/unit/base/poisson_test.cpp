#include <cmath>
#include <vector>

#include <cdnsim/base/sampler/poisson.hpp>
#include <tests/support/catch.hpp>

#include "statistics.hpp"

using namespace cdnsim;

namespace poisson_test {

// The law by its definition, for comparison.
long double log_probability(double k, double mean) {
  return static_cast<long double>(k) * logl(mean) - mean - lgammal(static_cast<long double>(k) + 1);
}

TEST_CASE("the Poisson law's probabilities are those of its formula") {
  for (const double mean : {0.01, 0.5, 3.0, 10.0, 37.5, 400.0, 1e4}) {
    for (double k = 0; k < 3 * mean + 20; k += std::ceil(mean / 50)) {
      const long double theirs = log_probability(k, mean);
      const double margin = 1e-12 + 1e-14 * static_cast<double>(std::fabs(theirs));
      REQUIRE(log_poisson_probability(k, mean) == Approx(double(theirs)).margin(margin).epsilon(0));
    }
  }
  // Around a large mean the formula's terms cancel and ours do not: they must still sum to one.
  long double sum = 0;
  for (double k = 1e6 - 8000; k <= 1e6 + 8000; ++k) sum += expl(log_poisson_probability(k, 1e6));
  CHECK(double(sum) == Approx(1.0).margin(1e-11));
}

TEST_CASE("mean and variance of a Poisson sample are the mean") {
  constexpr int kDraws = 100'000;
  for (const double mean : {0.01, 0.2, 1.0, 3.0, 9.99, 10.0, 11.5, 30.0, 1e3, 1e6, 1e9}) {
    DrawStream draws = test::draws_for("poisson");
    double sum = 0, squares = 0;
    for (int i = 0; i < kDraws; ++i) {
      const double difference = static_cast<double>(poisson(mean, draws)) - mean;
      sum += difference;
      squares += difference * difference;
    }
    const double standard_error = std::sqrt(mean / kDraws);
    CAPTURE(mean);
    CHECK(std::fabs(sum / kDraws) < 4 * standard_error);
    // The fourth central moment is mean + 3 mean^2.
    const double error_of_variance = std::sqrt((mean + 2 * mean * mean) / kDraws);
    CHECK(std::fabs(squares / kDraws - mean) < 4 * error_of_variance);
  }
}

TEST_CASE("each count comes as often as the law says") {
  constexpr int kDraws = 100'000;
  for (const double mean : {0.01, 0.5, 3.0, 9.99, 10.0, 12.3, 40.0, 170.0, 2000.0}) {
    DrawStream draws = test::draws_for("poisson classes");
    const double deviation = std::sqrt(mean);
    const auto most = static_cast<std::size_t>(mean + 12 * deviation + 12);
    std::vector<double> expected(most), counted(most);
    for (std::size_t k = 0; k < most; ++k) {
      expected[k] = kDraws * double(expl(log_probability(static_cast<double>(k), mean)));
    }
    for (int i = 0; i < kDraws; ++i) counted.at(poisson(mean, draws)) += 1;
    CAPTURE(mean);
    CHECK(test::chi_square_excess(expected, counted) < 4);
  }
}

TEST_CASE("over evenly spaced bits small means get their exact shares") {
  constexpr int kSteps = 1 << 18;
  for (const double mean : {1e-6, 0.01, 0.7, 1.0, 4.2, 9.99}) {
    std::vector<double> counted(200);
    for (int i = 0; i < kSteps; ++i) {
      const std::uint64_t bits = (std::uint64_t(i) << 46) + (1ULL << 45);
      counted.at(poisson(mean, [&] { return bits; })) += 1;
    }
    for (std::size_t k = 0; k < counted.size(); ++k) {
      const double expected = kSteps * double(expl(log_probability(double(k), mean)));
      REQUIRE(std::fabs(counted[k] - expected) <= 1.001);
    }
  }
}

// The two shortcuts of the rejection must not decide otherwise than the law's curve.
TEST_CASE("what is accepted or rejected unseen would be so by the law") {
  for (const double mean : {10.0, 10.7, 13.0, 20.0, 55.5, 300.0, 1e4, 1e6}) {
    const detail::PoissonHat hat(mean);
    for (double u = -0.499999; u < 0.5; u += 0.0005) {
      const double count = hat.count(u);
      if (count < 0) continue;
      const auto k = static_cast<std::uint64_t>(count);
      CAPTURE(mean, u, k);
      REQUIRE_FALSE(hat.accepts(k, u, 1 + 1e-9));  // the box is high enough everywhere
      if (hat.squeezed(u, hat.squeeze)) REQUIRE(hat.accepts(k, u, hat.squeeze));
      const double edge = detail::PoissonHat::edge(u);
      if (edge < 0.013) REQUIRE_FALSE(hat.accepts(k, u, edge * 1.000001));
    }
  }
}

TEST_CASE("the ends of the bits give small counts, not endless ones") {
  const auto most = [] { return ~std::uint64_t{0}; };
  const auto least = [] { return std::uint64_t{0}; };
  CHECK(poisson(0, most) == 0);
  for (const double mean : {1e-12, 0.01, 1.0, 9.99}) {
    CHECK(poisson(mean, least) == 0);
    CHECK(poisson(mean, most) < 70);
  }
}

TEST_CASE("a mean that is no mean is our mistake") {
  DrawStream draws = test::draws_for("none");
  CHECK_THROWS_AS(poisson(-1, draws), InternalError);
  CHECK_THROWS_AS(poisson(math::kNan, draws), InternalError);
  CHECK_THROWS_AS(poisson(math::kInfinity, draws), InternalError);
}

}  // namespace poisson_test
