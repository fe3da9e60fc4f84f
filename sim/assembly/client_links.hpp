// Links by which bytes come to users, and those over which they go on into a cache inside.
// Does not know what was counted.
#pragma once

#include <optional>

#include <cdnsim/models/topology/topology.hpp>

namespace cdnsim::assembly {

// A link of which one end is a client network.
struct ClientLink {
  std::uint32_t network = 0;  // place
  bool forward = false;       // `to` is the network
  bool embedded = false;      // the other end is a cache inside
};

// Nothing where neither end is a client network, or both are: what passes from one to another came
// in by another link.
inline std::optional<ClientLink> client_link(const Topology& topology, const Link& link) {
  const auto is = [&](std::uint32_t place, PlaceKind kind) {
    return topology.place(place).kind == kind;
  };
  const bool from = is(link.from, PlaceKind::client_network);
  const bool to = is(link.to, PlaceKind::client_network);
  if (from == to) return std::nullopt;
  const std::uint32_t other = to ? link.from : link.to;
  return ClientLink{to ? link.to : link.from, to, is(other, PlaceKind::embedded_cache)};
}

// What shares of traffic call a kind of link that reaches users.
inline std::string_view share_name(LinkKind kind) {
  return kind == LinkKind::on_net ? "embedded" : enum_name(kind);
}

}  // namespace cdnsim::assembly
