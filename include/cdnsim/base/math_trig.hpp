// sin, cos, atan2 and asin from +, -, *, / and sqrt alone: the same bits on every machine.
// Does not know degrees nor places. REQUIRES: as math.hpp.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include <cdnsim/base/math.hpp>

namespace cdnsim::math {

inline constexpr double kPi = 0x1.921fb54442d18p1;

namespace detail {

// Half of pi in parts; a multiple of the first or second is exact up to a factor of 2^20.
inline constexpr double kHalfPi1 = 0x1.921fb544p0;
inline constexpr double kHalfPi2 = 0x1.0b4611a6p-34;
inline constexpr double kHalfPi3 = 0x1.3198a2e037073p-69;

// What pi, and half of it, have beyond a double.
inline constexpr double kPiLow = 0x1.1a62633145c07p-53;
inline constexpr double kHalfPiLow = 0x1.1a62633145c07p-54;

// sin(r) and cos(r) for |r| <= pi/4, by Taylor's series.
constexpr double small_sin(double r) {
  const double s = r * r;
  const double high =
      1.0 / 362880 +
      s * (-1.0 / 39916800 +
           s * (1.0 / 6227020800.0 + s * (-1.0 / 1307674368000.0 + s * (1.0 / 355687428096000.0))));
  return r + r * s * (-1.0 / 6 + s * (1.0 / 120 + s * (-1.0 / 5040 + s * high)));
}

constexpr double small_cos(double r) {
  const double s = r * r;
  const double high =
      -1.0 / 3628800 +
      s * (1.0 / 479001600 + s * (-1.0 / 87178291200.0 + s * (1.0 / 20922789888000.0)));
  return 1.0 - s * (0.5 - s * (1.0 / 24 + s * (-1.0 / 720 + s * (1.0 / 40320 + s * high))));
}

// x = quarters * pi/2 + rest.
struct Turned {
  double rest;
  unsigned quarters;  // modulo 4
};

constexpr Turned turned(double x) {
  const double k = nearest(x * (2 / kPi));
  const double rest = ((x - k * kHalfPi1) - k * kHalfPi2) - k * kHalfPi3;
  return {rest, static_cast<unsigned>(static_cast<std::int64_t>(k) & 3)};
}

constexpr double sin_of_quarters(double rest, unsigned quarters) {
  const double value = quarters % 2 == 0 ? small_sin(rest) : small_cos(rest);
  return quarters < 2 ? value : -value;
}

// atan(k/8): the double and what it lacks.
struct AtanRow {
  double high;
  double low;
};
inline constexpr std::array<AtanRow, 9> kAtanTable = {{
    {0, 0},
    {0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59},
    {0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57},
    {0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56},
    {0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56},
    {0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58},
    {0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56},
    {0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56},
    {0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55},
}};

// atan(y/x). REQUIRES: 0 <= y <= x, x > 0.
constexpr double atan_of_ratio(double y, double x) {
  const double k = nearest(8 * (y / x));
  const double tangent = k / 8;
  // atan(y/x) = atan(t) + atan((y - t x) / (x + t y)); the second is at most about 1/16.
  const double t = (y - tangent * x) / (x + tangent * y);
  const double s = t * t;
  const double series =
      t * s *
      (-1.0 / 3 +
       s * (1.0 / 5 +
            s * (-1.0 / 7 + s * (1.0 / 9 + s * (-1.0 / 11 + s * (1.0 / 13 + s * (-1.0 / 15)))))));
  const AtanRow& row = kAtanTable[static_cast<std::size_t>(k)];
  return row.high + (row.low + (t + series));
}

}  // namespace detail

// Radians. NaN beyond a million, where the parts of pi/2 would no longer do.
constexpr double sin(double x) {
  if (!(x > -1e6 && x < 1e6)) return kNan;
  const detail::Turned turned = detail::turned(x);
  return detail::sin_of_quarters(turned.rest, turned.quarters);
}

constexpr double cos(double x) {
  if (!(x > -1e6 && x < 1e6)) return kNan;
  const detail::Turned turned = detail::turned(x);
  return detail::sin_of_quarters(turned.rest, (turned.quarters + 1) & 3);
}

// The angle of the point (x, y), -pi to pi. REQUIRES: both finite, and neither so large or small
// that their squares would not be. It is 0 at (0, 0).
constexpr double atan2(double y, double x) {
  const double width = x < 0 ? -x : x;
  const double height = y < 0 ? -y : y;
  if (width != width || height != height) return kNan;
  if (width == 0 && height == 0) return 0.0;
  double angle = height <= width
                     ? detail::atan_of_ratio(height, width)
                     : (kPi / 2 - detail::atan_of_ratio(width, height)) + detail::kHalfPiLow;
  if (x < 0) angle = (kPi - angle) + detail::kPiLow;
  return y < 0 ? -angle : angle;
}

// NaN beyond -1 and 1.
inline double asin(double x) {
  if (!(x >= -1 && x <= 1)) return kNan;
  return atan2(x, std::sqrt((1 - x) * (1 + x)));
}

}  // namespace cdnsim::math
