// What a link makes of its two ends, and how much an organisation likes to leave over it.
// Does not know the graph or which ways there are.
#pragma once

#include <cstdint>
#include <string_view>

#include <cdnsim/models/topology/topology.hpp>

namespace cdnsim {

// What a link of this kind is when nobody says otherwise; README.md has the table.
Relation relation_of(LinkKind kind, PlaceKind from, PlaceKind to);

// From what is liked most to what is liked least. Customers come first since they pay, and since no
// best way can then pass one place twice (README.md has the proof).
enum class Preference : std::uint8_t { inside, customer, on_net, pni, ixp, transit };

std::string_view name_of(Preference preference);

// What leaving over a link is liked, from its `from` end (forward) or its `to` end.
Preference preference_of(LinkKind kind, Relation relation, bool forward);

// Origins and embedded caches are hosts: ways begin and end there and never lead through.
constexpr bool is_host(PlaceKind kind) {
  return kind == PlaceKind::origin || kind == PlaceKind::embedded_cache;
}

}  // namespace cdnsim
