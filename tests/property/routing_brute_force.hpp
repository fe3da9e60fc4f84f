// Routing the slow way: every chain of links that visits no place twice, judged by its letters.
// Does not know phases, trees or how models/routing finds ways.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <tuple>
#include <vector>

#include <cdnsim/models/routing/network_map.hpp>

namespace cdnsim::brute_force {

using Ports = std::vector<PortRef>;

inline std::uint32_t end_of(const NetworkMap& map, PortRef port) {
  const Link& link = map.links[port.link].link;
  return port.forward ? link.to : link.from;
}

// Calls `visit(to, ports)` for every simple chain from a place, the empty one too.
inline void each_chain(const NetworkMap& map, const LinkStates& up, std::uint32_t from,
                       const std::function<void(std::uint32_t, const Ports&)>& visit) {
  std::vector<bool> visited(map.places.size(), false);
  Ports ports;
  const std::function<void(std::uint32_t)> go = [&](std::uint32_t here) {
    visit(here, ports);
    visited[here] = true;
    for (std::uint32_t i = 0; i < map.links.size(); ++i) {
      if (!up[i]) continue;
      for (const bool forward : {true, false}) {
        const PortRef port{i, forward};
        if (end_of(map, PortRef{i, !forward}) != here || visited[end_of(map, port)]) continue;
        ports.push_back(port);
        go(end_of(map, port));
        ports.pop_back();
      }
    }
    visited[here] = false;
  };
  go(from);
}

inline bool have_session(const NetworkMap& map, PortRef in, PortRef out) {
  const std::uint32_t a = end_of(map, PortRef{in.link, !in.forward});
  const std::uint32_t b = end_of(map, out);
  const std::uint32_t exchange = end_of(map, in);
  if (map.links[in.link].route_server && map.links[out.link].route_server) return true;
  return std::any_of(map.sessions.begin(), map.sessions.end(), [&](const Session& s) {
    return s.exchange == exchange && ((s.one == a && s.other == b) || (s.one == b && s.other == a));
  });
}

// s inside, u to a provider, d to a customer, p a peering (both ports of an exchange are one), x
// what nobody may do.
inline std::string letters(const NetworkMap& map, std::uint32_t from, const Ports& ports) {
  std::string text;
  if (map.places[from].kind == PlaceKind::ixp) return ports.empty() ? "" : "x";
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const MapLink& link = map.links[ports[i].link];
    const PlaceKind kind = map.places[end_of(map, ports[i])].kind;
    const bool is_last = i + 1 == ports.size();
    if (kind == PlaceKind::ixp) {
      if (is_last || !have_session(map, ports[i], ports[i + 1])) return "x";
      text += 'p';
      ++i;
      if (i + 1 < ports.size() && is_host(map.places[end_of(map, ports[i])].kind)) return "x";
      continue;
    }
    if (!is_last && is_host(kind)) return "x";
    switch (link.relation) {
      case Relation::siblings: text += 's'; break;
      case Relation::peers:
      case Relation::carried: text += 'p'; break;
      case Relation::from_buys: text += ports[i].forward ? 'u' : 'd'; break;
      case Relation::to_buys: text += ports[i].forward ? 'd' : 'u'; break;
    }
  }
  return text;
}

inline bool is_allowed(const std::string& letters) {
  std::size_t i = std::min(letters.find_first_not_of("us"), letters.size());
  if (i < letters.size() && letters[i] == 'p') ++i;
  return letters.find_first_not_of("ds", i) == std::string::npos;
}

// Liking, links, delay, the links' places in the list: less is better.
using Key = std::tuple<int, std::size_t, std::int64_t, std::vector<std::uint32_t>>;

inline int liking(const NetworkMap& map, const std::string& letters, const Ports& ports) {
  const std::size_t leaves = letters.find_first_not_of('s');
  if (leaves == std::string::npos) return 0;
  if (letters[leaves] == 'd') return 1;
  const MapLink& link = map.links[ports[leaves].link];
  if (letters[leaves] == 'u' || link.relation == Relation::carried) return 5;
  switch (link.link.spec.kind) {
    case LinkKind::on_net: return 2;
    case LinkKind::pni:
    case LinkKind::backbone: return 3;
    case LinkKind::ixp: return 4;
    case LinkKind::transit: break;
  }
  return 5;
}

struct Judged {
  Key key;
  Ports ports;
};

// The allowed ways from one place, by the place that they lead to, best first.
inline std::vector<std::vector<Judged>> ways_from(const NetworkMap& map, const LinkStates& up,
                                                  std::uint32_t from) {
  std::vector<std::vector<Judged>> ways(map.places.size());
  each_chain(map, up, from, [&](std::uint32_t to, const Ports& ports) {
    const std::string text = letters(map, from, ports);
    if (!is_allowed(text)) return;
    std::int64_t delay = 0;
    std::vector<std::uint32_t> ids;
    for (const PortRef port : ports) {
      delay += map.links[port.link].link.spec.delay.value().count();
      ids.push_back(port.link);
    }
    ways[to].push_back(
        Judged{Key(liking(map, text, ports), ports.size(), delay, std::move(ids)), ports});
  });
  for (auto& to_one : ways) {
    std::sort(to_one.begin(), to_one.end(),
              [](const Judged& a, const Judged& b) { return a.key < b.key; });
  }
  return ways;
}

}  // namespace cdnsim::brute_force
