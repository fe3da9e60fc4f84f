// Routing against a search through all chains of links, on small random maps with many ties.

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <cdnsim/models/routing/catchment.hpp>
#include <cdnsim/models/routing/diversity.hpp>
#include <cdnsim/models/routing/explain.hpp>
#include <tests/support/rapidcheck.hpp>

#include "routing_brute_force.hpp"

namespace routing_test {

using namespace cdnsim;
using brute_force::Judged;
using brute_force::Ports;

// Maps are of all sizes from the first on.
std::uint32_t below(std::uint32_t end) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::uint32_t>(0, end));
}
bool one_in(std::uint32_t n) { return below(n) == 0; }

MapLink random_link(const NetworkMap& map, std::uint32_t from, std::uint32_t to) {
  LinkSpec spec;
  spec.kind = static_cast<LinkKind>(below(5));
  spec.delay = Duration{below(4)};  // few, so that ties are many
  spec.capacity = BitRate{1 + below(4)};
  const PlaceKind one = map.places[from].kind;
  const PlaceKind other = map.places[to].kind;
  const bool is_port = one == PlaceKind::ixp || other == PlaceKind::ixp;
  if (is_port) spec.kind = LinkKind::ixp;
  Relation relation = relation_of(spec.kind, one, other);
  // Sometimes as the map's maker says, however odd.
  if (!is_port && one_in(4)) relation = static_cast<Relation>(below(5));
  return MapLink{Link{"link " + std::to_string(map.links.size()), spec, from, to}, relation,
                 !one_in(3), !one_in(7)};
}

NetworkMap random_map() {
  NetworkMap map;
  const std::uint32_t places = 6 + below(4);
  for (std::uint32_t i = 0; i < places; ++i) {
    map.places.push_back(Place{static_cast<PlaceKind>(below(7)), std::to_string(i)});
  }
  for (std::uint32_t i = 6 + below(9); i > 0; --i) {
    const std::uint32_t from = below(places);
    const std::uint32_t to = (from + 1 + below(places - 1)) % places;
    const bool two_fabrics =
        map.places[from].kind == PlaceKind::ixp && map.places[to].kind == PlaceKind::ixp;
    if (!two_fabrics) map.links.push_back(random_link(map, from, to));
  }
  RC_PRE(!map.links.empty());
  for (std::uint32_t place = 0; place < places; ++place) {
    if (map.places[place].kind != PlaceKind::ixp) continue;
    for (std::uint32_t i = below(3); i > 0; --i) {
      map.sessions.push_back(Session{place, below(places), below(places)});
    }
  }
  return map;
}

const LinkStates& states(const Routing& routing) { return routing.link_states(); }

void is_best_everywhere(const Routing& routing) {
  const NetworkMap& map = routing.map();
  for (std::uint32_t from = 0; from < map.places.size(); ++from) {
    const auto ways = brute_force::ways_from(map, states(routing), from);
    for (std::uint32_t to = 0; to < map.places.size(); ++to) {
      const auto path = routing.best_path(from, to);
      RC_ASSERT(path.has_value() == !ways[to].empty());
      if (!path) continue;
      RC_ASSERT(path->ports == ways[to].front().ports);
      Duration delay{0};
      BitRate narrowest = BitRate::max();
      for (const PortRef port : path->ports) {
        delay += map.links[port.link].link.spec.delay.value();
        narrowest = std::min(narrowest, map.links[port.link].link.spec.capacity);
      }
      RC_ASSERT(path->delay == delay);
      RC_ASSERT(path->narrowest == narrowest);
    }
  }
}

std::vector<std::vector<std::uint32_t>> links_of(const std::vector<Explained>& explained,
                                                 const std::vector<Verdict>& verdicts) {
  std::vector<std::vector<std::uint32_t>> all;
  for (const Explained& one : explained) {
    if (std::find(verdicts.begin(), verdicts.end(), one.verdict) == verdicts.end()) continue;
    all.emplace_back();
    for (const PortRef port : one.path.ports) all.back().push_back(port.link);
  }
  return all;
}

// The most chains that share no link, by trying all sets.
std::size_t most_disjoint(const std::vector<Judged>& ways, std::size_t first,
                          std::set<std::uint32_t> used) {
  std::size_t most = 0;
  for (std::size_t i = first; i < ways.size(); ++i) {
    const bool clashes = std::any_of(ways[i].ports.begin(), ways[i].ports.end(),
                                     [&](PortRef port) { return used.count(port.link) > 0; });
    if (clashes) continue;
    std::set<std::uint32_t> more = used;
    for (const PortRef port : ways[i].ports) more.insert(port.link);
    most = std::max(most, 1 + most_disjoint(ways, i + 1, std::move(more)));
  }
  return most;
}

TEST_CASE("the best way") {
  rc::prop("between any two places is the best of all that are allowed",
           [] { is_best_everywhere(Routing(random_map())); });

  rc::prop("still is after links failed and were repaired", [] {
    Routing routing(random_map());
    is_best_everywhere(routing);
    for (int i = 0; i < 5; ++i) {
      const auto link = below(static_cast<std::uint32_t>(routing.map().links.size()));
      routing.set_link_up(link, !routing.is_up(link));
      is_best_everywhere(routing);
    }
  });

  rc::prop("is searched for again only where a failure or a repair changes some way", [] {
    Routing routing(random_map());
    const NetworkMap& map = routing.map();
    const auto places = static_cast<std::uint32_t>(map.places.size());
    const auto link = below(static_cast<std::uint32_t>(map.links.size()));
    for (int i = 0; i < 2; ++i) {
      std::vector<WayTree> before;
      for (std::uint32_t to = 0; to < places; ++to) before.push_back(routing.tree_to(to));
      routing.set_link_up(link, !routing.is_up(link));
      const std::uint64_t computed = routing.trees_computed();
      std::uint64_t changed = 0;
      for (std::uint32_t to = 0; to < places; ++to) {
        changed += routing.graph().tree_to({&to, 1}, states(routing)).next != before[to].next;
      }
      for (std::uint32_t to = 0; to < places; ++to) routing.tree_to(to);
      RC_ASSERT(routing.trees_computed() - computed == changed);
    }
  });
}

TEST_CASE("an explanation") {
  rc::prop("names every way in order, then what is down, then what breaks the rule", [] {
    const Routing routing(random_map());
    const NetworkMap& map = routing.map();
    const auto from = below(static_cast<std::uint32_t>(map.places.size()));
    const LinkStates all_up(map.links.size(), 1);
    const auto ways = brute_force::ways_from(map, states(routing), from);
    const auto ways_if_up = brute_force::ways_from(map, all_up, from);
    std::vector<std::size_t> chains(map.places.size(), 0);
    brute_force::each_chain(map, all_up, from,
                            [&](std::uint32_t to, const Ports&) { ++chains[to]; });
    for (std::uint32_t to = 0; to < map.places.size(); ++to) {
      const std::vector<Explained> explained = explain(routing, from, to, 10'000);
      const auto held = links_of(explained, {Verdict::chosen, Verdict::kind, Verdict::length,
                                             Verdict::delay, Verdict::name});
      RC_ASSERT(held.size() == ways[to].size());
      for (std::size_t i = 0; i < held.size(); ++i) {
        RC_ASSERT(held[i] == std::get<3>(ways[to][i].key));
        RC_ASSERT((explained[i].verdict == Verdict::chosen) == (i == 0));
      }
      if (!held.empty()) RC_ASSERT(explained[0].path.ports == routing.best_path(from, to)->ports);
      const auto down = links_of(explained, {Verdict::down});
      RC_ASSERT(down.size() == ways_if_up[to].size() - ways[to].size());
      RC_ASSERT(explained.size() - held.size() - down.size() == chains[to] - ways_if_up[to].size());
    }
  });
}

TEST_CASE("a catchment") {
  rc::prop("is the best way to any who announces, before and after one withdraws", [] {
    const Routing routing(random_map());
    const auto places = static_cast<std::uint32_t>(routing.map().places.size());
    std::vector<std::uint32_t> networks;
    std::vector<std::uint32_t> announcers;
    for (std::uint32_t place = 0; place < places; ++place) {
      networks.push_back(place);
      if (one_in(2)) announcers.push_back(place);
    }
    while (true) {
      const auto reached = catchment(routing, networks, announcers);
      for (const std::uint32_t network : networks) {
        const auto ways = brute_force::ways_from(routing.map(), states(routing), network);
        std::optional<std::uint32_t> best;
        for (const std::uint32_t to : announcers) {
          if (ways[to].empty()) continue;
          if (!best || ways[to].front().key < ways[*best].front().key) best = to;
        }
        RC_ASSERT(reached[network] == best);
      }
      if (announcers.empty()) break;
      announcers.erase(announcers.begin() + below(static_cast<std::uint32_t>(announcers.size())));
    }
  });
}

TEST_CASE("diversity") {
  rc::prop("counts all ways, and the most that share no link", [] {
    const Routing routing(random_map());
    const auto from = below(static_cast<std::uint32_t>(routing.map().places.size()));
    const auto ways = brute_force::ways_from(routing.map(), states(routing), from);
    for (std::uint32_t to = 0; to < ways.size(); ++to) {
      if (to == from || ways[to].size() > 12) continue;
      const Diversity found = diversity(routing, from, to);
      RC_ASSERT(found.complete);
      RC_ASSERT(found.ways == ways[to].size());
      RC_ASSERT(found.disjoint == most_disjoint(ways[to], 0, {}));
      RC_ASSERT(found.as_paths <= found.ways);
    }
  });
}

}  // namespace routing_test
