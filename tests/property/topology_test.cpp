// Shortest ways against a search through all ways, on small random graphs with ties.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <cdnsim/models/topology/topology.hpp>
#include <tests/support/rapidcheck.hpp>

namespace {

using namespace cdnsim;

struct Best {
  Duration delay{0};
  std::size_t links = 0;
  friend auto operator<=>(const Best&, const Best&) = default;
};

bool is_end(const Topology& topology, std::uint32_t place) {
  const PlaceKind kind = topology.place(place).kind;
  return kind == PlaceKind::client_network || kind == PlaceKind::origin;
}

// Tries every way that visits no place twice.
void search(const Topology& topology, std::uint32_t here, std::uint32_t to, Best so_far,
            std::vector<bool>& visited, std::optional<Best>& best) {
  if (here == to) {
    if (!best || so_far < *best) best = so_far;
    return;
  }
  if (so_far.links > 0 && is_end(topology, here)) return;
  visited[here] = true;
  for (const Link& link : topology.links()) {
    for (const auto& [from, next] :
         {std::pair(link.from, link.to), std::pair(link.to, link.from)}) {
      if (from != here || visited[next]) continue;
      search(topology, next, to, Best{so_far.delay + link.spec.delay.value(), so_far.links + 1},
             visited, best);
    }
  }
  visited[here] = false;
}

Topology random_topology() {
  Topology topology;
  const auto places = *rc::gen::inRange<std::uint32_t>(1, 8);
  for (std::uint32_t i = 0; i < places; ++i) {
    topology.add_place(*rc::gen::element(PlaceKind::pop, PlaceKind::pop, PlaceKind::shield,
                                         PlaceKind::client_network, PlaceKind::origin),
                       std::to_string(i));
  }
  const auto links = *rc::gen::inRange<std::uint32_t>(0, 13);
  for (std::uint32_t i = 0; i < links; ++i) {
    LinkSpec spec;
    spec.from = std::to_string(*rc::gen::inRange<std::uint32_t>(0, places));
    spec.to = std::to_string(*rc::gen::inRange<std::uint32_t>(0, places));
    spec.delay = Duration{*rc::gen::inRange<std::int64_t>(0, 4)};  // few, so that ties are many
    spec.capacity = BitRate{*rc::gen::inRange<std::int64_t>(1, 5)};
    topology.add_link("link " + std::to_string(i), spec);
  }
  return topology;
}

}  // namespace

TEST_CASE("a shortest way") {
  rc::prop("is a way, and none has less delay or, with as much, fewer links", [] {
    const Topology topology = random_topology();
    for (std::uint32_t from = 0; from < topology.size(); ++from) {
      for (std::uint32_t to = 0; to < topology.size(); ++to) {
        std::optional<Best> best;
        std::vector<bool> visited(topology.size(), false);
        search(topology, from, to, Best{}, visited, best);
        const auto path = topology.shortest_path(from, to);
        RC_ASSERT(path.has_value() == best.has_value());
        if (!path) continue;
        RC_ASSERT(path->delay == best->delay);
        RC_ASSERT(path->ports.size() == best->links);
        std::uint32_t place = from;
        Duration delay{0};
        BitRate narrowest = BitRate::max();
        for (const PortRef port : path->ports) {
          const Link& link = topology.links()[port.link];
          RC_ASSERT((port.forward ? link.from : link.to) == place);
          RC_ASSERT(place == from || !is_end(topology, place));
          place = port.forward ? link.to : link.from;
          delay += link.spec.delay.value();
          narrowest = std::min(narrowest, link.spec.capacity);
        }
        RC_ASSERT(place == to);
        RC_ASSERT(delay == path->delay);
        RC_ASSERT(narrowest == path->narrowest);
      }
    }
  });

  rc::prop("takes as long in one direction as in the other", [] {
    const Topology topology = random_topology();
    for (std::uint32_t a = 0; a < topology.size(); ++a) {
      for (std::uint32_t b = 0; b < a; ++b) {
        const auto there = topology.shortest_path(a, b);
        const auto back = topology.shortest_path(b, a);
        RC_ASSERT(there.has_value() == back.has_value());
        if (there) RC_ASSERT(there->delay == back->delay);
      }
    }
  });
}
