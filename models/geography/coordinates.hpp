// Places on the globe, how far apart they are, and how long light in fibre takes from one to the
// other. Does not know which places there are (metros.hpp), nor access lines and queues.
#pragma once

#include <compare>
#include <cstdint>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

using Distance = Quantity<struct MetreUnit>;

inline constexpr Distance kEarthRadius{6'371'000};  // of a sphere

// Half of the way round: no two places are further apart, rounded up.
inline constexpr Distance kFurthest{20'015'087};

// Millionths of a degree (11 cm), north and east positive.
struct Coordinates {
  std::int32_t latitude = 0;
  std::int32_t longitude = 0;

  static constexpr std::int32_t kPerDegree = 1'000'000;
  auto operator<=>(const Coordinates&) const = default;
};

// Latitude -90 to 90, longitude -180 to 180.
constexpr bool is_on_globe(Coordinates place) {
  return place.latitude >= -90 * Coordinates::kPerDegree &&
         place.latitude <= 90 * Coordinates::kPerDegree &&
         place.longitude >= -180 * Coordinates::kPerDegree &&
         place.longitude <= 180 * Coordinates::kPerDegree;
}

// Rounded to millionths. REQUIRES: less than 2000 degrees.
constexpr Coordinates coordinates(double latitude, double longitude) {
  const auto rounded = [](double degrees) {
    const double scaled = degrees * Coordinates::kPerDegree;
    return static_cast<std::int32_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
  };
  return {rounded(latitude), rounded(longitude)};
}

// Along the great circle, by the haversine formula, to the nearest metre.
Distance great_circle(Coordinates a, Coordinates b);

// Light in fibre covers 200 km in a millisecond, two thirds of what it does in a vacuum.
inline constexpr Duration kFibreDelayPerMetre{5};

// What a round trip measured between cities takes, divided by one along the great circle at the
// speed above: the median of 78 pairs of a cloud's regions.
inline constexpr double kMedianInflation = 1.66;

// One way, to the nearest nanosecond. `inflation` is how much longer the fibre's way is, with all
// that forwards on it, than the great circle. REQUIRES: 0 <= inflation <= 1e6.
Duration fibre_delay(Distance distance, double inflation = kMedianInflation);

}  // namespace cdnsim
