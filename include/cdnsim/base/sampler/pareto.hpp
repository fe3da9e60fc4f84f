// The Pareto law, by inversion: P(X > x) = (minimum / x)^shape, cut off at a maximum if one is
// given. Does not know where random bits come from.
#pragma once

#include <cstdint>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/math.hpp>

namespace cdnsim {

class Pareto {
 public:
  // REQUIRES: shape > 0, 0 < minimum <= maximum.
  constexpr Pareto(double shape, double minimum, double maximum = math::kInfinity)
      : shape_(shape),
        minimum_(minimum),
        maximum_(maximum),
        kept_(1 - math::pow(minimum / maximum, shape)) {}

  // Larger bits give larger values.
  constexpr double quantile(std::uint64_t bits) const {
    const double above = 1 - unit_open(bits) * kept_;
    const double value = minimum_ * math::exp(math::log(above) * (-1 / shape_));
    return value < maximum_ ? value : maximum_;
  }

  // Infinite for a shape of 1 or less without a maximum.
  constexpr double mean() const {
    if (kept_ == 0) return minimum_;
    if (shape_ == 1) return minimum_ * math::log(maximum_ / minimum_) / kept_;
    if (maximum_ == math::kInfinity && shape_ < 1) return math::kInfinity;
    const double tail = math::pow(minimum_ / maximum_, shape_ - 1);
    return minimum_ * shape_ / (shape_ - 1) * (1 - tail) / kept_;
  }

 private:
  double shape_;
  double minimum_;
  double maximum_;
  double kept_;  // probability that the law without a maximum stays below it
};

}  // namespace cdnsim
