// What failures come to at each node: ways that are cut or lead elsewhere, cells that come and go.
// Does not know what a node does about it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include <cdnsim/assembly/network.hpp>

namespace cdnsim::assembly {

// Users of a network whom another PoP sends: so many askers, from this number on.
struct GuestUser {
  std::uint32_t audience = 0;
  std::uint16_t first = 0;
  std::uint16_t count = 0;
  Egress::RouteId route = 0;
};
// A PoP with all cells that it ever holds, as its arrival queue names them.
struct CellUser {
  std::uint32_t place = 0;
  Egress* egress = nullptr;
  std::vector<HeldCell> cells;
  std::vector<Egress::RouteId> routes;  // by cell, while all links work
  std::vector<GuestUser> guests = {};
};
// A node that asks another one.
struct WayUser {
  std::uint32_t child = 0;  // places
  std::uint32_t parent = 0;
  NodeId child_node{};
  NodeId parent_node{};
  Egress* parent_egress = nullptr;
  Egress::RouteId route = 0;  // of answers, while all links work
  Duration fetch_timeout{0};
  std::vector<bool> passed_over;  // by epoch: whether the child asks others first; empty: never
};

// Of answers to the clients of a network, from the PoP that has this egress.
Egress::RouteId add_client_route(const Plan& plan, const ClientNetwork& client, const Path& path,
                                 Duration back, Egress& egress);

using ActionsByPlace = std::map<std::uint32_t, std::vector<Action>>;
// A message to the node at a place may take so long.
using MayReceive = std::function<void(std::uint32_t place, Duration delay)>;

// Appends what happens to the users of ways, in the order of time for each place. Routes are added
// where they are needed. Afterwards the plan's routing knows all links again.
void add_way_changes(const Plan& plan, const std::vector<CellUser>& pops,
                     const std::vector<WayUser>& pairs, ActionsByPlace& actions,
                     const MayReceive& may_receive);

}  // namespace cdnsim::assembly
