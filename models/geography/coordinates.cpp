#include <algorithm>
#include <cmath>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/math_trig.hpp>
#include <cdnsim/models/geography/coordinates.hpp>

namespace cdnsim {
namespace {

constexpr double radians(double microdegrees) {
  return microdegrees * (math::kPi / (180.0 * Coordinates::kPerDegree));
}

double squared_sine_of_half(std::int32_t a, std::int32_t b) {
  // The difference of integers is exact, so two places close together lose no digits.
  const double half = radians(static_cast<double>(std::int64_t{a} - b)) / 2;
  return math::sin(half) * math::sin(half);
}

}  // namespace

Distance great_circle(Coordinates a, Coordinates b) {
  CDNSIM_ASSERT(is_on_globe(a) && is_on_globe(b), "coordinates are checked where they are read");
  const double h = squared_sine_of_half(a.latitude, b.latitude) +
                   math::cos(radians(a.latitude)) * math::cos(radians(b.latitude)) *
                       squared_sine_of_half(a.longitude, b.longitude);
  // Opposite ends of the globe: rounding may take h beyond 1.
  const double angle = 2 * math::atan2(std::sqrt(h), std::sqrt(std::max(0.0, 1 - h)));
  return Distance(
      static_cast<std::int64_t>(angle * static_cast<double>(kEarthRadius.count()) + 0.5));
}

Duration fibre_delay(Distance distance, double inflation) {
  CDNSIM_ASSERT(inflation >= 0 && inflation <= 1e6, "an inflation is checked where it is read");
  const Duration straight = distance.count() * kFibreDelayPerMetre;
  return Duration(
      static_cast<std::int64_t>(static_cast<double>(straight.count()) * inflation + 0.5));
}

}  // namespace cdnsim
