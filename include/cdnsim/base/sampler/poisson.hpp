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

// Transformed rejection with squeeze (PTRS, Hoermann 1993). REQUIRES: mean >= 10.
template <class Next>
std::uint64_t poisson_by_rejection(double mean, Next&& next) {
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const double u = unit_open(next()) - 0.5;
    const double v = unit_open(next());
    const double edge = 0.5 - std::abs(u);
    const double x = (2 * a / edge + b) * u + mean + 0.43;
    if (x < 0 || x > 0x1p62 || (edge < 0.013 && v > edge)) continue;
    const auto k = static_cast<std::uint64_t>(x);
    if (edge >= 0.07 && v <= squeeze) return k;
    const double hat = v * inverse_alpha / (a / (edge * edge) + b);
    if (math::log(hat) <= log_poisson_probability(static_cast<double>(k), mean)) return k;
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
