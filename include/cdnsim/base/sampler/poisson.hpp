// The Poisson law: how many events fall into an interval that expects `mean` of them.
// Does not know where random bits come from.
#pragma once

#include <cmath>
#include <cstdint>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/math.hpp>

namespace cdnsim {

// log(e^-mean mean^k / k!). REQUIRES: mean > 0.
double log_poisson_probability(double k, double mean);

namespace detail {

// Goes up from 0 until the probabilities passed exceed a uniform number.
constexpr std::uint64_t poisson_by_inversion(double mean, double uniform) {
  if (uniform < 1 - mean) return 0;  // less than e^-mean, without computing that
  double probability = math::exp(-mean);
  std::uint64_t k = 0;
  while (uniform >= probability) {
    uniform -= probability;
    ++k;
    probability *= mean / static_cast<double>(k);
    // Rounding may leave a crumb of `uniform` that no probability can cover.
    if (probability < 0x1p-60 && static_cast<double>(k) > mean) break;
  }
  return k;
}

// Transformed rejection with squeeze (PTRS, Hoermann 1993): a point (u, v) of a box gives a count,
// which is accepted if v lies below the law's curve. REQUIRES: mean >= 10.
struct PoissonHat {
  explicit PoissonHat(double m)
      : mean(m),
        b(0.931 + 2.53 * std::sqrt(m)),
        a(-0.059 + 0.02483 * b),
        inverse_alpha(1.1239 + 1.1328 / (b - 3.4)),
        squeeze(0.9277 - 3.6224 / (b - 2)) {}

  // -1/2 < u < 1/2; how far that is from the nearer end.
  static double edge(double u) { return 0.5 - std::abs(u); }
  double count(double u) const { return (2 * a / edge(u) + b) * u + mean + 0.43; }

  // Below the squeeze v is accepted unseen.
  bool squeezed(double u, double v) const { return edge(u) >= 0.07 && v <= squeeze; }
  bool accepts(std::uint64_t k, double u, double v) const {
    const double hat = v * inverse_alpha / (a / (edge(u) * edge(u)) + b);
    return math::log(hat) <= log_poisson_probability(static_cast<double>(k), mean);
  }

  double mean, b, a, inverse_alpha, squeeze;
};

template <class Next>
std::uint64_t poisson_by_rejection(double mean, Next&& next) {
  const PoissonHat hat(mean);
  for (;;) {
    const double u = unit_open(next()) - 0.5;
    const double v = unit_open(next());
    const double count = hat.count(u);
    if (count < 0 || count > 0x1p62 || (hat.edge(u) < 0.013 && v > hat.edge(u))) continue;
    const auto k = static_cast<std::uint64_t>(count);
    if (hat.squeezed(u, v) || hat.accepts(k, u, v)) return k;
  }
}

}  // namespace detail

inline constexpr double kPoissonMeanMost = 1e15;

// REQUIRES: 0 <= mean <= kPoissonMeanMost. One next() below a mean of 10, mostly two above.
template <class Next>
std::uint64_t poisson(double mean, Next&& next) {
  CDNSIM_ASSERT(mean >= 0 && mean <= kPoissonMeanMost, "no Poisson law has this mean");
  if (mean < 10) return detail::poisson_by_inversion(mean, unit(next()));
  return detail::poisson_by_rejection(mean, next);
}

}  // namespace cdnsim
