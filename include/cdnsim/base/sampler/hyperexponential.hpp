// The hyperexponential law, by inversion: a lot decides between two exponential laws, a short and a
// long one, each of which makes half of the sum. Does not know where random bits come from.
#pragma once

#include <cmath>
#include <cstdint>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/math.hpp>

namespace cdnsim {

class Hyperexponential {
 public:
  // `scv` is the variance over the squared mean. REQUIRES: scv >= 1, which is the exponential law.
  Hyperexponential(double mean, double scv)
      : mean_(mean), short_share_((1.0 + std::sqrt((scv - 1.0) / (scv + 1.0))) / 2.0) {}

  // The largest bits give the largest value, of the long law.
  double quantile(std::uint64_t bits) const {
    const double u = unit_open(bits);
    const double long_share = 1.0 - short_share_;
    if (u < short_share_) {
      return -mean_ / (2.0 * short_share_) * math::log((short_share_ - u) / short_share_);
    }
    return -mean_ / (2.0 * long_share) * math::log((1.0 - u) / long_share);
  }
  double mean() const { return mean_; }

 private:
  double mean_;
  double short_share_;
};

}  // namespace cdnsim
