// The way between two places of a small topology whose links all belong to one organisation.
// Does not know what is tested.
#pragma once

#include <cdnsim/models/routing/routing.hpp>

namespace cdnsim::test {

// REQUIRES: there is one.
inline Path way_between(const Topology& topology, std::uint32_t from, std::uint32_t to) {
  NetworkMap map;
  for (std::uint32_t i = 0; i < topology.size(); ++i) map.places.push_back(topology.place(i));
  for (const Link& link : topology.links()) map.links.push_back({link, Relation::siblings});
  return Routing(map).best_path(from, to).value();
}

}  // namespace cdnsim::test
