// The lognormal law, by inversion: median * e^(sigma * z) for a standard normal z.
// Does not know where random bits come from.
#pragma once

#include <cstdint>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/math.hpp>

namespace cdnsim {

class Lognormal {
 public:
  constexpr Lognormal(double median, double sigma) : median_(median), sigma_(sigma) {}

  double quantile(std::uint64_t bits) const {
    return median_ * math::exp(sigma_ * math::inverse_normal(unit_open(bits)));
  }
  constexpr double mean() const { return median_ * math::exp(sigma_ * sigma_ / 2); }

 private:
  double median_;
  double sigma_;
};

}  // namespace cdnsim
