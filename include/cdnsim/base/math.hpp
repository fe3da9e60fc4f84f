// exp, log and what samplers need, from +, -, *, / and sqrt alone: the same bits on every machine.
// Does not know randomness. REQUIRES: -ffp-contract=off, rounding to nearest.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <cdnsim/base/math_tables.hpp>

namespace cdnsim::math {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
inline constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

namespace detail {

inline constexpr double kLn2High = 0x1.62e42fefa38p-1;  // 42 bits, so that k * kLn2High is exact
inline constexpr double kLn2Low = 0x1.ef35793c7673p-45;
inline constexpr std::uint64_t kMantissa = 0xfffffffffffffULL;

constexpr double power_of_2(std::int64_t exponent) {  // REQUIRES: -1022 <= exponent <= 1023
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

// (1 + p) 2^(k/64); p is small.
constexpr double scaled_exp(double p, std::int64_t k) {
  const double entry = kExp2Table[static_cast<std::size_t>(k & 63)];
  const double mantissa = entry + entry * p;
  const std::int64_t exponent = k >> 6;
  if (exponent > -1000 && exponent < 1000) [[likely]]
    return mantissa * power_of_2(exponent);
  const std::int64_t half = exponent / 2;  // in two steps, as the result may be subnormal
  return mantissa * power_of_2(half) * power_of_2(exponent - half);
}

// exp(r) - 1 for |r| < 0.006.
constexpr double small_expm1(double r) {
  const double r2 = r * r;
  return r + r2 * ((1.0 / 2 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120)));
}

// The nearest integer; |x| < 2^51.
constexpr double nearest(double x) {
  constexpr double kShift = 0x1.8p52;  // from here on a double has no fraction
  return (x + kShift) - kShift;
}

// exp(x + tail), |tail| tiny. REQUIRES: -746 < x < 710.
constexpr double exp_sum(double x, double tail) {
  const double k = nearest(x * 0x1.71547652b82fep6);
  const double r = ((x - k * 0x1.62e42ffp-7) - k * -0x1.718432a1b0e26p-41) + tail;
  return scaled_exp(small_expm1(r), static_cast<std::int64_t>(k));
}

// A logarithm as a sum, with about ten bits more than a double has; low may be 2^-13.
struct LogSum {
  double high;
  double low;
};

// (log(1 + r) - r) / r^2 for -1/128 <= r <= 1/64.
constexpr double log1p_rest(double r) {
  const double r2 = r * r;
  const double low = (-1.0 / 2 + r * (1.0 / 3)) + r2 * (-1.0 / 4 + r * (1.0 / 5));
  const double high = (-1.0 / 6 + r * (1.0 / 7)) + r2 * (-1.0 / 8 + r * (1.0 / 9));
  return low + (r2 * r2) * high;
}

// log of the positive normal number with these bits, times 2^shift.
constexpr LogSum log_sum(std::uint64_t bits, std::int64_t shift = 0) {
  constexpr std::uint64_t kLowest = 0x3fe6000000000000ULL;  // 0.6875, where the table begins
  const std::uint64_t offset = bits - kLowest;
  const double k = static_cast<double>((static_cast<std::int64_t>(offset) >> 52) + shift);
  const LogRow& row = kLogTable[(offset >> 46) & 63];
  const std::uint64_t z_bits = bits - (offset & ~kMantissa);
  const double z = std::bit_cast<double>(z_bits);
  const double z_high = std::bit_cast<double>(z_bits & ~0xffffffffULL);
  // The first product and difference are exact: 21 bits times 11.
  const double r = (z_high * row.reciprocal - 1.0) + (z - z_high) * row.reciprocal;
  const double whole = k * kLn2High + row.log_high;  // exact, and zero or larger than r
  const double high = whole + r;
  const double lost = (whole - high) + r;
  return {high, lost + (k * kLn2Low + row.log_low) + r * r * log1p_rest(r)};
}

constexpr LogSum log_sum_of_subnormal(double x) {
  return log_sum(std::bit_cast<std::uint64_t>(x * 0x1p54), -54);
}

constexpr bool is_positive_normal(std::uint64_t bits) {
  return bits - 0x0010000000000000ULL < 0x7fe0000000000000ULL;
}

}  // namespace detail

constexpr double exp(double x) {
  if (!(x > -746.0 && x < 710.0)) [[unlikely]] {
    if (x != x) return x;
    return x < 0 ? 0.0 : kInfinity;
  }
  return detail::exp_sum(x, 0.0);
}

constexpr double exp2(double x) {
  if (!(x > -1076.0 && x < 1024.0)) [[unlikely]] {
    if (x != x) return x;
    return x < 0 ? 0.0 : kInfinity;
  }
  const double k = detail::nearest(x * 64.0);
  const double r = (x - k * 0x1p-6) * 0x1.62e42fefa39efp-1;
  return detail::scaled_exp(detail::small_expm1(r), static_cast<std::int64_t>(k));
}

// -infinity at 0, NaN below.
constexpr double log(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  if (!detail::is_positive_normal(bits)) [[unlikely]] {
    if (x == 0) return -kInfinity;
    if (x != x || x == kInfinity) return x;
    if (x < 0) return kNan;
    const detail::LogSum sum = detail::log_sum_of_subnormal(x);
    return sum.high + sum.low;
  }
  const detail::LogSum sum = detail::log_sum(bits);
  return sum.high + sum.low;
}

// log(1 + x), exact also for small x.
constexpr double log1p(double x) {
  const double u = 1.0 + x;
  if (u == 1.0) return x;
  if (!(u > 0) || u == kInfinity) return log(u);
  return log(u) + (x - (u - 1.0)) / u;
}

// x to the power of y. REQUIRES: x >= 0, else NaN.
constexpr double pow(double x, double y) {
  if (y == 0 || x == 1) return 1.0;
  if (x != x || y != y || x < 0) return kNan;
  if (x == 0 || x == kInfinity) return (x == 0) == (y < 0) ? kInfinity : 0.0;
  if (y == kInfinity || y == -kInfinity) return (x < 1) == (y < 0) ? kInfinity : 0.0;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const detail::LogSum log_x =
      detail::is_positive_normal(bits) ? detail::log_sum(bits) : detail::log_sum_of_subnormal(x);
  const double l = log_x.high + log_x.low;
  const double l_low = (log_x.high - l) + log_x.low;
  const double product = y * l;
  if (!(product > -746.0 && product < 710.0)) return product < 0 ? 0.0 : kInfinity;
  // What rounding took from the product, by Dekker's splitting: 710 * 2^-53 would show.
  constexpr auto upper_half = [](double v) {
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(v) & ~0x7ffffffULL);
  };
  const double y1 = upper_half(y), y2 = y - y1;
  const double l1 = upper_half(l), l2 = l - l1;
  const double lost = ((y1 * l1 - product) + y1 * l2 + y2 * l1) + y2 * l2;
  return detail::exp_sum(product, lost + y * l_low);
}

// log((k)!) and log(gamma(x)): Stirling's series, after a few steps up where x is small.
// REQUIRES: x > 0.
constexpr double log_gamma(double x) {
  constexpr double kHalfLog2Pi = 0x1.d67f1c864beb5p-1;
  double steps = 1.0;  // gamma(x) = gamma(x + n) / (x (x + 1) ... (x + n - 1))
  if (x == 1 || x == 2) return 0.0;
  for (; x < 15.0; x += 1.0) steps *= x;
  const double i = 1.0 / x, i2 = i * i;
  const double series =
      i * (1.0 / 12 + i2 * (-1.0 / 360 + i2 * (1.0 / 1260 + i2 * (-1.0 / 1680 + i2 / 1188))));
  return ((x - 0.5) * log(x) - x) + (kHalfLog2Pi + series) - log(steps);
}

// The x below which a standard normal variable falls with probability p, 0 < p < 1.
double inverse_normal(double p);

}  // namespace cdnsim::math
