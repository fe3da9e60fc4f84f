// Zipf's law: rank k of n (from 0) in proportion to (k + 1)^-exponent, in O(1) time and memory.
// Does not know what is ranked nor where random bits come from.
#pragma once

#include <algorithm>
#include <cstdint>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/int128.hpp>
#include <cdnsim/base/math.hpp>

namespace cdnsim {

// The sum of k^-exponent for k = 1 .. n.
double zipf_normaliser(std::uint64_t n, double exponent);

// Rejection-inversion (Hoermann and Derflinger 1996). The area under x^-exponent is cut at k + 1/2
// into a piece for each k. Each piece is a little too large: what is over, at its lower end, is
// rejected. A position is kept as v = x^(1 - exponent), or, where the exponent is so near to 1
// that v says little about x, as the area from 1 to x.
class Zipf {
 public:
  static constexpr std::uint64_t kMost = std::uint64_t{1} << 50;
  static constexpr double kExponentMost = 1000;

  // REQUIRES: 1 <= n <= kMost, 0 <= exponent <= kExponentMost.
  Zipf(std::uint64_t n, double exponent);

  // A rank from 0 to n - 1. `bits` decide; `next()` gives others after each of the few rejections.
  template <class Next>
  std::uint64_t sample(std::uint64_t bits, Next&& next) const {
    if (kind_ == Kind::uniform) return high_product(bits, n_);
    for (;; bits = next()) {
      const double position = last_ + unit(bits) * span_;
      const double x = kind_ == Kind::power ? math::exp(math::log(position) * inverse_power_)
                                            : math::exp(near_one_exponent(position));
      const double inside = x < most_ ? x : most_;  // the last piece ends at n + 1/2, or infinity
      const auto k = std::max(static_cast<std::int64_t>(inside + 0.5), std::int64_t{1});
      const auto rank = static_cast<double>(k);
      if (rank - inside <= squeeze_ || accepts(position, rank)) [[likely]]
        return static_cast<std::uint64_t>(k - 1);
    }
  }

  double probability(std::uint64_t rank) const;
  std::uint64_t size() const { return n_; }
  double exponent() const { return exponent_; }

 private:
  enum class Kind : std::uint8_t { uniform, power, near_one };

  static std::uint64_t high_product(std::uint64_t a, std::uint64_t b) {
    return static_cast<std::uint64_t>((static_cast<Uint128>(a) * b) >> 64);
  }

  // log(x), where `area` is that from 1 to x: log1p(t) / t times the area, t = power * area.
  double near_one_exponent(double area) const {
    const double t = power_ * area, t2 = t * t;  // |t| < 1/32
    const double low = (1.0 - t * (1.0 / 2)) + t2 * (1.0 / 3 - t * (1.0 / 4));
    const double middle = (1.0 / 5 - t * (1.0 / 6)) + t2 * (1.0 / 7 - t * (1.0 / 8));
    const double t4 = t2 * t2;
    return area * (low + t4 * (middle + t4 * (1.0 / 9 - t * (1.0 / 10))));
  }

  double position_of(double x) const;
  double position_rejected_below(double k) const;
  bool accepts(double position, double k) const;

  std::uint64_t n_;
  double exponent_;
  double power_;  // 1 - exponent
  double inverse_power_ = 1;
  double most_;         // n
  double last_ = 0;     // position of the last rank's end
  double span_ = 0;     // from there to the first rank's beginning
  double squeeze_ = 0;  // any x within this below its k is accepted unseen
  Kind kind_;
};

}  // namespace cdnsim
