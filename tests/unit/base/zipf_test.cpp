#include <algorithm>
#include <cmath>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/sampler/zipf.hpp>
#include <tests/support/catch.hpp>

#include "statistics.hpp"

using namespace cdnsim;

namespace zipf_test {

const std::vector<double> kExponents = {0, 1e-9,     0.3,    0.6,   0.9, 0.999, 0.9995, 1 - 1e-9,
                                        1, 1 + 1e-6, 1.0009, 1.001, 1.2, 2,     5};

// The ranks from which classes begin: each of the first 40, then ten to the decade.
std::vector<std::uint64_t> class_edges(std::uint64_t n) {
  std::vector<std::uint64_t> edges;
  for (std::uint64_t k = 0; k < n; k = k < 40 ? k + 1 : k + k / 4) edges.push_back(k);
  edges.push_back(n);
  return edges;
}

double head_mass(std::uint64_t ranks, double exponent) {
  return ranks == 0 ? 0.0 : zipf_normaliser(ranks, exponent);
}

// How many standard errors `draws` samples are from the law.
double excess(std::uint64_t n, double exponent, int draws) {
  const Zipf zipf(n, exponent);
  const std::vector<std::uint64_t> edges = class_edges(n);
  std::vector<double> expected, counted(edges.size() - 1);
  const double whole = zipf_normaliser(n, exponent);
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    const double mass = head_mass(edges[i + 1], exponent) - head_mass(edges[i], exponent);
    expected.push_back(mass / whole * draws);
  }
  DrawStream stream = test::draws_for("zipf");
  for (int i = 0; i < draws; ++i) {
    const std::uint64_t rank = zipf.sample(stream.next(), stream);
    REQUIRE(rank < n);
    const auto above = std::upper_bound(edges.begin(), edges.end(), rank);
    counted[static_cast<std::size_t>(above - edges.begin() - 1)] += 1;
  }
  return test::chi_square_excess(expected, counted);
}

TEST_CASE("the normaliser is the sum of k^-exponent") {
  for (const double s : kExponents) {
    long double sum = 0;
    for (std::uint64_t n = 1; n <= 20'000; ++n) {
      sum += powl(static_cast<long double>(n), -static_cast<long double>(s));
      if (n < 50 || n % 1000 == 0) {
        REQUIRE(test::relative_error(zipf_normaliser(n, s), sum) < 1e-13);
      }
    }
  }
  // Known values: H(n) = log n + gamma + 1/2n - ..., zeta(2) - 1/n + ..., and the plain count.
  CHECK(zipf_normaliser(1'000'000'000, 1) == Approx(21.3004815023479440).epsilon(1e-14));
  CHECK(zipf_normaliser(1'000'000'000, 2) == Approx(1.6449340658482265).epsilon(1e-14));
  CHECK(zipf_normaliser(1'000'000'000'000, 0) == Approx(1e12).epsilon(1e-15));
  CHECK(zipf_normaliser(1, 1000) == 1.0);
}

TEST_CASE("a rank's probability is its share of the normaliser") {
  CHECK(Zipf(4, 1).probability(1) == Approx(0.5 / (25.0 / 12)).epsilon(1e-14));
  CHECK(Zipf(10, 0).probability(9) == Approx(0.1).epsilon(1e-15));
  CHECK(Zipf(3, 2).probability(2) == Approx((1.0 / 9) / (49.0 / 36)).epsilon(1e-14));
  CHECK_THROWS_AS(Zipf(3, 2).probability(3), InternalError);
}

// Evenly spaced bits instead of random ones: the bits taken at the first try fill each rank's share
// of them to within a few, so that even a small bias shows.
TEST_CASE("over evenly spaced bits every rank gets its exact share") {
  constexpr std::uint64_t kSteps = 1 << 16;
  for (const std::uint64_t n : {1u, 2u, 3u, 10u, 300u}) {
    for (const double s : kExponents) {
      const Zipf zipf(n, s);
      std::vector<double> counted(n);
      double accepted = 0;
      for (std::uint64_t i = 0; i < kSteps; ++i) {
        bool rejected = false;
        const auto again = [&] {
          rejected = true;
          return ~std::uint64_t{0};  // the first rank's end of the line is never rejected
        };
        const std::uint64_t rank = zipf.sample(i * (~std::uint64_t{0} / kSteps), again);
        if (rejected) continue;
        counted.at(rank) += 1;
        accepted += 1;
      }
      CHECK(accepted > 0.75 * kSteps);
      for (std::uint64_t rank = 0; rank < n; ++rank) {
        const double expected = accepted * zipf.probability(rank);
        CAPTURE(n, s, rank, counted[rank], expected);
        // Each rank's bits are one stretch: at most one too many or too few at either end, and
        // `accepted` itself is off by as many for every rank together.
        REQUIRE(std::fabs(counted[rank] - expected) <= 3 + expected * 4.0 * double(n) / kSteps);
      }
    }
  }
}

TEST_CASE("samples follow the law for any exponent and any number of ranks") {
  for (const std::uint64_t n :
       {1ULL, 2ULL, 10ULL, 1000ULL, 1'000'000ULL, 1'000'000'000ULL, 1'000'000'000'000ULL}) {
    for (const double s : kExponents) {
      CAPTURE(n, s);
      CHECK(excess(n, s, 20'000) < 4);
    }
  }
}

TEST_CASE("long samples follow the law", "[full]") {
  for (const std::uint64_t n : {1000ULL, 1'000'000ULL, 1'000'000'000ULL}) {
    for (const double s : kExponents) {
      CAPTURE(n, s);
      CHECK(excess(n, s, 1'500'000) < 4);
    }
  }
}

TEST_CASE("bits decide, and other bits are asked for only after a rejection") {
  const Zipf zipf(1'000'000, 0.9);
  DrawStream stream = test::draws_for("zipf bits");
  int asked = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t bits = stream.next();
    const std::uint64_t rank = zipf.sample(bits, [&] {
      ++asked;
      return stream.next();
    });
    if (asked == 0) CHECK(zipf.sample(bits, [] { return std::uint64_t{0}; }) == rank);
  }
  CHECK(asked < 1000);  // Hoermann and Derflinger: few rejections for large n
}

TEST_CASE("the ends of the bits are the ends of the ranks") {
  const auto none = []() -> std::uint64_t { throw 1; };
  for (const double s : kExponents) {
    for (const std::uint64_t n : {1ULL, 2ULL, 1000ULL, 1'000'000'000'000ULL}) {
      const Zipf zipf(n, s);
      const bool falling = s > 0;  // the uniform law runs the other way
      CHECK(zipf.sample(~std::uint64_t{0}, none) == (falling ? 0 : n - 1));
      CHECK(zipf.sample(0, none) == (falling ? n - 1 : 0));
    }
  }
  CHECK(Zipf(1'000'000'000, 1000).sample(0, none) == 999'999'999);  // where positions underflow
  CHECK(Zipf(1'000'000'000, 1000).sample(1ULL << 62, none) == 0);
}

TEST_CASE("laws that do not exist are our mistake") {
  CHECK_THROWS_AS(Zipf(0, 1), InternalError);
  CHECK_THROWS_AS(Zipf(Zipf::kMost + 1, 1), InternalError);
  CHECK_THROWS_AS(Zipf(10, -0.1), InternalError);
  CHECK_THROWS_AS(Zipf(10, math::kNan), InternalError);
}

}  // namespace zipf_test
