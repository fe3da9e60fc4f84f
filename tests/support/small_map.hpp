// A map written by hand: places by kind and name, links by the names of their ends.
// Does not know what is tested.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include <cdnsim/models/routing/routing.hpp>

namespace cdnsim {

class SmallMap {
 public:
  SmallMap& place(PlaceKind kind, const std::string& id) {
    map_.places.push_back(Place{kind, id});
    return *this;
  }
  SmallMap& pop(const std::string& id) { return place(PlaceKind::pop, id); }
  SmallMap& isp(const std::string& id) { return place(PlaceKind::client_network, id); }
  SmallMap& provider(const std::string& id) { return place(PlaceKind::transit_provider, id); }
  SmallMap& exchange(const std::string& id) { return place(PlaceKind::ixp, id); }

  // The link's id is "from-to".
  SmallMap& link(LinkKind kind, const std::string& from, const std::string& to,
                 Duration delay = std::chrono::milliseconds(1), bool route_server = true) {
    LinkSpec spec;
    spec.kind = kind;
    spec.delay = delay;
    const std::uint32_t a = at(from);
    const std::uint32_t b = at(to);
    map_.links.push_back(MapLink{Link{from + "-" + to, spec, a, b},
                                 relation_of(kind, map_.places[a].kind, map_.places[b].kind),
                                 route_server});
    return *this;
  }
  SmallMap& session(const std::string& exchange, const std::string& one, const std::string& other) {
    map_.sessions.push_back(Session{at(exchange), at(one), at(other)});
    return *this;
  }

  std::uint32_t at(const std::string& id) const {
    const auto found = std::find_if(map_.places.begin(), map_.places.end(),
                                    [&](const Place& place) { return place.id == id; });
    return static_cast<std::uint32_t>(found - map_.places.begin());
  }
  std::uint32_t link_at(const std::string& id) const {
    const auto found = std::find_if(map_.links.begin(), map_.links.end(),
                                    [&](const MapLink& link) { return link.link.id == id; });
    return static_cast<std::uint32_t>(found - map_.links.begin());
  }
  Routing routing() const { return Routing(map_); }

 private:
  NetworkMap map_;
};

// The ids of the links on a way, "<" before one that is crossed from its `to` end.
inline std::string text_of(const NetworkMap& map, const Path& path) {
  std::string text;
  for (const PortRef port : path.ports) {
    if (!text.empty()) text += ' ';
    text += (port.forward ? "" : "<") + map.links[port.link].link.id;
  }
  return text;
}

inline std::string way(const SmallMap& map, const Routing& routing, const std::string& from,
                       const std::string& to) {
  const auto path = routing.best_path(map.at(from), map.at(to));
  return path ? text_of(routing.map(), *path) : "none";
}
inline std::string way(const SmallMap& map, const std::string& from, const std::string& to) {
  return way(map, map.routing(), from, to);
}

}  // namespace cdnsim
