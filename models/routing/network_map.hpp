// What routing is made from: places, links with the relation of their ends, sessions at exchanges.
// Does not know scenarios or how ways are found.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <cdnsim/models/routing/relation.hpp>

namespace cdnsim {

struct MapLink {
  Link link;
  Relation relation = Relation::peers;
  bool route_server = true;  // of a port at an exchange: its member peers with all who say the same
  bool up = true;
};

// Two members of an exchange who peer without its route server.
struct Session {
  std::uint32_t exchange;  // places
  std::uint32_t one;
  std::uint32_t other;
};

// A link between an exchange and a member is the member's port there. Links come in the order of
// their ids, which decides what nothing else does.
struct NetworkMap {
  std::vector<Place> places;
  std::vector<MapLink> links;
  std::vector<Session> sessions;
};

// By link: 1 when it is up.
using LinkStates = std::vector<std::uint8_t>;

}  // namespace cdnsim
