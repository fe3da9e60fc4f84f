#include <algorithm>
#include <bit>
#include <numeric>
#include <set>
#include <vector>

#include <cdnsim/models/routing/diversity.hpp>
#include <cdnsim/models/routing/ways.hpp>

namespace cdnsim {
namespace {

// One number for each organisation: all PoPs and shields are the CDN, other places that siblings'
// links join are one network.
std::vector<std::uint32_t> organisations(const NetworkMap& map) {
  std::vector<std::uint32_t> owner(map.places.size());
  std::iota(owner.begin(), owner.end(), 0u);
  const auto root = [&](std::uint32_t place) {
    while (owner[place] != place) place = owner[place] = owner[owner[place]];
    return place;
  };
  const auto is_cdn = [&](std::uint32_t place) {
    const PlaceKind kind = map.places[place].kind;
    return kind == PlaceKind::pop || kind == PlaceKind::shield;
  };
  std::uint32_t cdn = 0;
  while (cdn < owner.size() && !is_cdn(cdn)) ++cdn;
  for (std::uint32_t place = 0; place < owner.size(); ++place) {
    if (is_cdn(place)) owner[root(place)] = root(cdn);
  }
  for (const MapLink& link : map.links) {
    // A host has links into two organisations and joins neither.
    if (link.relation != Relation::siblings) continue;
    if (is_host(map.places[link.link.from].kind) || is_host(map.places[link.link.to].kind))
      continue;
    owner[root(link.link.from)] = root(link.link.to);
  }
  for (std::uint32_t place = 0; place < owner.size(); ++place) owner[place] = root(place);
  return owner;
}

// The most ways that share no link, by trying each with and without. Ways are bits of a word.
class Packing {
 public:
  explicit Packing(std::vector<std::vector<std::uint32_t>> links) {
    for (auto& way : links) std::sort(way.begin(), way.end());
    clashes_.assign(links.size(), 0);
    for (std::size_t a = 0; a < links.size(); ++a) {
      for (std::size_t b = 0; b < links.size(); ++b) {
        std::vector<std::uint32_t> shared;
        std::set_intersection(links[a].begin(), links[a].end(), links[b].begin(), links[b].end(),
                              std::back_inserter(shared));
        if (a == b || !shared.empty()) clashes_[a] |= std::uint64_t{1} << b;
      }
    }
  }

  // False when it was given up: what was found may then be too few.
  bool search() {
    const std::size_t ways = clashes_.size();
    choose(ways == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << ways) - 1, 0);
    return looks_ < kMostLooks;
  }
  std::size_t most() const { return most_; }

 private:
  static constexpr std::size_t kMostLooks = 1'000'000;

  void choose(std::uint64_t left, std::size_t chosen) {
    most_ = std::max(most_, chosen);
    if (++looks_ >= kMostLooks) return;
    if (chosen + static_cast<std::size_t>(std::popcount(left)) <= most_) return;
    const auto way = static_cast<std::size_t>(std::countr_zero(left));
    choose(left & ~clashes_[way], chosen + 1);
    choose(left & ~(std::uint64_t{1} << way), chosen);
  }

  std::vector<std::uint64_t> clashes_;  // by way, itself among them
  std::size_t most_ = 0;
  std::size_t looks_ = 0;
};

}  // namespace

Diversity diversity(const Routing& routing, std::uint32_t from, std::uint32_t to,
                    std::size_t most) {
  constexpr std::size_t kWaysInAWord = 64;
  const NetworkMap& map = routing.map();
  const PhaseGraph& graph = routing.graph();
  const std::vector<std::uint32_t> owner = organisations(map);
  Ways ways(graph, routing.tree_to(to), routing.link_states(), from);
  Diversity found;
  std::set<std::vector<std::uint32_t>> as_paths;
  std::vector<std::vector<std::uint32_t>> links;
  while (const std::optional<Way> way = ways.next()) {
    if (found.ways == most) {
      found.complete = false;
      break;
    }
    ++found.ways;
    std::vector<std::uint32_t> as_path = {owner[from]};
    links.emplace_back();
    for (const std::uint32_t index : *way) {
      const Step& step = graph.step(index);
      links.back().push_back(step.link);
      const std::uint32_t place = graph.phases().place_of[step.to];
      if (map.places[place].kind == PlaceKind::ixp || owner[place] == as_path.back()) continue;
      as_path.push_back(owner[place]);
    }
    as_paths.insert(std::move(as_path));
  }
  if (links.size() > kWaysInAWord) links.resize(kWaysInAWord);
  found.complete = found.complete && !ways.gave_up() && found.ways <= kWaysInAWord;
  found.as_paths = as_paths.size();
  if (from == to) return found;
  Packing packing(std::move(links));
  found.complete = packing.search() && found.complete;
  found.disjoint = packing.most();
  return found;
}

}  // namespace cdnsim
