// The exponential law, by inversion: the time to the next of events that know nothing of each
// other. Does not know where random bits come from.
#pragma once

#include <cstdint>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/math.hpp>

namespace cdnsim {

class Exponential {
 public:
  explicit constexpr Exponential(double mean) : mean_(mean) {}

  // Larger bits give larger values.
  constexpr double quantile(std::uint64_t bits) const {
    return -mean_ * math::log(unit_open(~bits));
  }
  constexpr double mean() const { return mean_; }

 private:
  double mean_;
};

}  // namespace cdnsim
