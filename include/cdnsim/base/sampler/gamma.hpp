// The gamma law of scale 1: mean and variance are its shape.
// Does not know where random bits come from.
#pragma once

#include <cmath>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/math.hpp>

namespace cdnsim {

// The cube of a normal variable, a few of which are rejected (Marsaglia and Tsang 2000); below a
// shape of 1 that of the next one, times a power. REQUIRES: shape > 0.
template <class Next>
double gamma(double shape, Next&& next) {
  CDNSIM_ASSERT(shape > 0, "a gamma law has a shape above 0");
  if (shape < 1) {
    const double shrunk = math::exp(math::log(unit_open(next())) / shape);
    return shrunk * gamma(shape + 1, next);
  }
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = math::inverse_normal(unit_open(next()));
    const double root = 1 + c * x;
    const double u = unit_open(next());
    if (root <= 0) continue;
    const double v = root * root * root;
    if (math::log(u) < x * x / 2 + d - d * v + d * math::log(v)) return d * v;
  }
}

}  // namespace cdnsim
