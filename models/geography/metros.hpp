// The metros of the world that can be named as a place: where they are, how many people live and
// are online there, their clock and their main exchange.
// Does not know who has a PoP where.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/geography/coordinates.hpp>

namespace cdnsim {

// The regions by which networks are priced and reported. Mexico and the islands of the Caribbean
// belong to latin-america, Turkey and all of Russia to europe, the Caucasus to asia.
enum class WorldRegion : std::uint8_t {
  north_america,
  latin_america,
  europe,
  middle_east,
  africa,
  asia,
  oceania
};

constexpr std::array<EnumName<WorldRegion>, 7> enum_names(WorldRegion) {
  return {{{WorldRegion::north_america, "north-america"},
           {WorldRegion::latin_america, "latin-america"},
           {WorldRegion::europe, "europe"},
           {WorldRegion::middle_east, "middle-east"},
           {WorldRegion::africa, "africa"},
           {WorldRegion::asia, "asia"},
           {WorldRegion::oceania, "oceania"}}};
}

struct Metro {
  std::string_view id;       // "new-york"
  std::string_view name;     // "New York"
  std::string_view country;  // two letters, ISO 3166
  WorldRegion region;
  Coordinates position;
  std::uint64_t people;  // 0 for a town whose people are counted in the metro around it
  std::uint64_t internet_users;
  Duration utc_offset;        // standard time: no summer time
  std::string_view exchange;  // empty where none of weight is known
};

// In the order of their ids.
std::span<const Metro> metros();

// Null when there is none of this id.
const Metro* find_metro(std::string_view id);

// What to say of an id that is none: `unknown place "new-yrok"; did you mean "new-york"?`
std::string unknown_metro(std::string_view id);

}  // namespace cdnsim
