// What a link makes of its two ends, and how much an organisation likes to leave over it.
// Does not know the graph or which ways there are.
#pragma once

#include <cstdint>
#include <string_view>

#include <cdnsim/models/topology/topology.hpp>

namespace cdnsim {

enum class MapPlaceKind : std::uint8_t {
  client_network,
  pop,
  shield,
  origin,
  embedded_cache,
  ixp,
  transit_provider
};

enum class Relation : std::uint8_t {
  siblings,   // two places of one organisation
  peers,      // each gives the other its own customers, nothing more
  from_buys,  // `from` is the customer of `to`
  to_buys,    // `to` is the customer of `from`
  carried     // both are customers of a transit provider that the map does not draw
};

// What a link of this kind is when nobody says otherwise; README.md has the table.
Relation relation_of(LinkKind kind, MapPlaceKind from, MapPlaceKind to);

// From what is liked most to what is liked least. Customers come first since they pay, and since no
// best way can then pass one place twice (README.md has the proof).
enum class Preference : std::uint8_t { inside, customer, on_net, pni, ixp, transit };

std::string_view name_of(Preference preference);

// What leaving over a link is liked, from its `from` end (forward) or its `to` end.
Preference preference_of(LinkKind kind, Relation relation, bool forward);

// Origins and embedded caches are hosts: ways begin and end there and never lead through.
constexpr bool is_host(MapPlaceKind kind) {
  return kind == MapPlaceKind::origin || kind == MapPlaceKind::embedded_cache;
}

}  // namespace cdnsim
