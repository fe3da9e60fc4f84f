// Laws of ranks: samples against their weights, exponents fitted back, and their text.

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <cdnsim/models/workload/popularity.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/law_of.hpp>

#include "demand_bench.hpp"

namespace popularity_test {

using namespace cdnsim;
using namespace cdnsim::test;

PopularityLaw law(const std::string& text) { return law_of<PopularityLaw>(text); }

// Weights by their definition, in long doubles of libm.
long double zipf_mandelbrot(double rank, double exponent, double shift) {
  return powl(static_cast<long double>(rank) + shift, -static_cast<long double>(exponent));
}
long double stretched(double rank, double n, double stretch, double slope) {
  return powl(1 + slope * logl(static_cast<long double>(n) / rank), 1.0L / stretch);
}

struct Case {
  std::string text;
  std::function<long double(double rank, double n)> weight;
};
std::vector<Case> cases() {
  const auto mandelbrot = [](double exponent, double shift) {
    return [=](double rank, double) { return zipf_mandelbrot(rank, exponent, shift); };
  };
  const auto guo = [](double stretch, double slope) {
    return [=](double rank, double n) { return stretched(rank, n, stretch, slope); };
  };
  return {{"zipf_mandelbrot:exponent=0.8,shift=20", mandelbrot(0.8, 20)},
          {"zipf_mandelbrot:exponent=1.4,shift=0.5", mandelbrot(1.4, 0.5)},
          {"zipf_mandelbrot:exponent=0,shift=3", mandelbrot(0, 3)},
          {"stretched_exponential:stretch=0.35,slope=0.25", guo(0.35, 0.25)},
          {"stretched_exponential:stretch=0.2,slope=2", guo(0.2, 2)},
          {"stretched_exponential:stretch=1,slope=10", guo(1, 10)}};
}

std::vector<std::uint64_t> ranks_drawn(const Popularity& popularity, int draws) {
  DrawStream stream(draw_key(77, {"popularity test"}), Counter{});
  std::vector<std::uint64_t> ranks;
  for (int i = 0; i < draws; ++i) ranks.push_back(popularity.sample(stream.next(), stream));
  return ranks;
}

// Pearson's statistic over classes of ranks that each expect 20 or more.
bool follows(const Case& c, std::uint64_t n) {
  constexpr int kDraws = 200'000;
  const Popularity popularity(n, law(c.text));
  std::vector<std::uint64_t> ranks = ranks_drawn(popularity, kDraws);
  std::sort(ranks.begin(), ranks.end());
  REQUIRE(ranks.back() < n);
  long double whole = 0;
  for (std::uint64_t k = 1; k <= n; ++k) whole += c.weight(double(k), double(n));
  double statistic = 0, classes = 0;
  long double mass = 0;
  auto from = ranks.begin();
  for (std::uint64_t k = 1; k <= n; ++k) {
    mass += c.weight(double(k), double(n));
    const auto expected = static_cast<double>(mass / whole * kDraws);
    if (expected < 20 && k < n) continue;
    const auto to = std::upper_bound(from, ranks.end(), k - 1);
    const auto counted = static_cast<double>(to - from);
    statistic += (counted - expected) * (counted - expected) / std::max(expected, 1.0);
    classes += 1;
    mass = 0;
    from = to;
  }
  const double freedom = std::max(classes - 1, 1.0);
  UNSCOPED_INFO(c.text << ", " << n << " ranks: chi-square " << statistic << " of " << freedom);
  return statistic < freedom + 4 * std::sqrt(2 * freedom) + 4;
}

TEST_CASE("ranks are drawn by their law's weights") {
  for (const Case& c : cases()) {
    for (const std::uint64_t n : {1u, 2u, 33u, 1000u, 50'000u}) CHECK(follows(c, n));
  }
}

TEST_CASE("a rank's probability is its weight over the sum of all") {
  for (const Case& c : cases()) {
    for (const std::uint64_t n : {1u, 50u, 5000u, 200'000u}) {
      const Popularity popularity(n, law(c.text));
      long double whole = 0;
      for (std::uint64_t k = 1; k <= n; ++k) whole += c.weight(double(k), double(n));
      for (const std::uint64_t rank : {std::uint64_t{0}, n / 3, n - 1}) {
        const auto expected = static_cast<double>(c.weight(double(rank + 1), double(n)) / whole);
        INFO(c.text << ", rank " << rank << " of " << n);
        CHECK(popularity.probability(rank) == Approx(expected).epsilon(1e-6));
      }
    }
  }
}

// The integral of (x + q)^-s from 1/2 to m + 1/2 is the sum of its first m to parts in a million.
double mandelbrot_head(double m, double s, double q) {
  return (std::pow(m + 0.5 + q, 1 - s) - std::pow(0.5 + q, 1 - s)) / (1 - s);
}

TEST_CASE("four thousand million objects are drawn as exactly as a few") {
  constexpr std::uint64_t kObjects = 4'000'000'000;
  constexpr int kDraws = 200'000;
  const Popularity popularity(kObjects, law("zipf_mandelbrot:exponent=0.8,shift=20"));
  const std::vector<std::uint64_t> ranks = ranks_drawn(popularity, kDraws);
  for (const double m : {1e3, 1e5, 1e7, 1e9}) {
    const double expected = mandelbrot_head(m, 0.8, 20) / mandelbrot_head(4e9, 0.8, 20);
    const auto in_head = std::count_if(ranks.begin(), ranks.end(),
                                       [&](std::uint64_t rank) { return double(rank) < m; });
    CHECK(is_share(double(in_head) / kDraws, expected, kDraws));
  }
}

// The exponent of greatest likelihood: where the mean of log(k + q) is what the law expects.
struct Moments {
  double mean = 0, variance = 0;
};
Moments expected_log(double s, double q, std::uint64_t n) {
  double whole = 0, sum = 0, squares = 0;
  for (std::uint64_t k = 1; k <= n; ++k) {
    const double x = std::log(double(k) + q), weight = std::exp(-s * x);
    whole += weight;
    sum += weight * x;
    squares += weight * x * x;
  }
  return {sum / whole, squares / whole - sum / whole * (sum / whole)};
}
double fitted_exponent(const std::vector<std::uint64_t>& ranks, double q, std::uint64_t n) {
  double mean = 0;
  for (const std::uint64_t rank : ranks)
    mean += std::log(double(rank + 1) + q) / double(ranks.size());
  double low = -1, high = 5;
  while (high - low > 1e-6) {
    const double s = (low + high) / 2;
    (expected_log(s, q, n).mean > mean ? low : high) = s;
  }
  return (low + high) / 2;
}

TEST_CASE("exponents are fitted back by maximum likelihood") {
  constexpr std::uint64_t kObjects = 20'000;
  constexpr int kDraws = 100'000;
  const auto check = [](const std::string& text, double s, double q) {
    const auto ranks = ranks_drawn(Popularity(kObjects, law(text)), kDraws);
    // Fisher: the variance of the estimate is 1 / (draws x variance of log(k + q)).
    const double error = 1 / std::sqrt(kDraws * expected_log(s, q, kObjects).variance);
    INFO(text);
    CHECK(agrees(fitted_exponent(ranks, q, kObjects), s, error));
  };
  check("zipf:0.6", 0.6, 0);
  check("zipf:0.9", 0.9, 0);
  check("zipf:1.2", 1.2, 0);
  check("zipf_mandelbrot:exponent=0.8,shift=20", 0.8, 20);
  check("zipf_mandelbrot:exponent=1.1,shift=100", 1.1, 100);
}

TEST_CASE("bits decide, and few draws are rejected") {
  const Popularity popularity(1'000'000, law("zipf_mandelbrot:exponent=0.9,shift=5"));
  DrawStream stream(draw_key(5, {"popularity bits"}), Counter{});
  int asked = 0;
  for (int i = 0; i < 100'000; ++i) {
    popularity.sample(stream.next(), [&] {
      ++asked;
      return stream.next();
    });
  }
  // One more draw says where in a step; a second pair only after a rejection, of 1 to 2 in 100.
  CHECK(asked < 104'000);
}

TEST_CASE("popularity laws are written and read as text") {
  for (const Case& c : cases()) CHECK(to_text(law(c.text)) == c.text);
  CHECK(parse<PopularityLaw>("zipf_mandelbrot:exponent=0.8").problem ==
        "\"zipf_mandelbrot:exponent=0.8\": zipf_mandelbrot takes exponent from 0 to 20, shift from "
        "0 to 1000000000; write e.g. \"zipf_mandelbrot:exponent=0.8,shift=20\"");
  for (const char* wrong :
       {"zipf_mandelbrot:", "zipf_mandelbrot:exponent=0.8,shift=-1",
        "zipf_mandelbrot:exponent=0.8,shift=1,shift=1", "stretched_exponential:stretch=0,slope=1",
        "stretched_exponential:stretch=0.5,slope=x", "mandelbrot:exponent=1,shift=1"}) {
    INFO(wrong);
    CHECK_FALSE(parse<PopularityLaw>(wrong).value);
  }
}

}  // namespace popularity_test
