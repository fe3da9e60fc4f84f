#include <algorithm>
#include <utility>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/routing/routing.hpp>

namespace cdnsim {

Routing::Routing(NetworkMap map)
    : map_(std::move(map)), graph_(map_, Rules::valley_free), trees_(map_.places.size()) {
  for (const MapLink& link : map_.links) up_.push_back(link.up);
}

const WayTree& Routing::tree_to(std::uint32_t place) const {
  CDNSIM_ASSERT(place < trees_.size(), "a place of the map");
  std::unique_ptr<WayTree>& tree = trees_[place];
  if (!tree) {
    tree = std::make_unique<WayTree>(graph_.tree_to({&place, 1}, up_));
    ++trees_computed_;
  }
  return *tree;
}

std::optional<Path> Routing::best_path(std::uint32_t from, std::uint32_t to) const {
  const WayTree& tree = tree_to(to);
  const std::uint32_t start = node_of(from, WayPhase::start);
  if (!tree.reaches(start)) return std::nullopt;
  return path_of(map_, graph_, graph_.way_from(tree, start));
}

std::optional<Duration> Routing::delay(std::uint32_t from, std::uint32_t to) const {
  const WayTree& tree = tree_to(to);
  const std::uint32_t start = node_of(from, WayPhase::start);
  if (!tree.reaches(start)) return std::nullopt;
  return graph_.delay_from(tree, start);
}

void Routing::set_link_up(std::uint32_t link, bool up) {
  if (is_up(link) == up) return;
  up_[link] = up;
  for (std::unique_ptr<WayTree>& tree : trees_) {
    if (tree && (up ? would_help(*tree, link) : tree->crossed[link])) tree.reset();
  }
}

// Whether a step over the link, followed by the way known from its end, beats the way known from
// its beginning. If it does so nowhere, no longer combination with it does.
bool Routing::would_help(const WayTree& tree, std::uint32_t link) const {
  for (const std::uint32_t index : graph_.steps_of_link(link)) {
    const Step& step = graph_.step(index);
    if (tree.next[step.from] == WayTree::kArrived || !graph_.leads_on(tree, step.to)) continue;
    if (!tree.reaches(step.from)) return true;
    Way offered{index};
    const Way rest = graph_.way_from(tree, step.to);
    offered.insert(offered.end(), rest.begin(), rest.end());
    const Way known = graph_.way_from(tree, step.from);
    const auto order = graph_.cost_of(offered) <=> graph_.cost_of(known);
    if (order < 0 || (order == 0 && graph_.precedes(offered, known))) return true;
  }
  return false;
}

Path path_of(const NetworkMap& map, const PhaseGraph& graph, const Way& way) {
  Path path;
  for (const std::uint32_t index : way) {
    const Step& step = graph.step(index);
    const LinkSpec& link = map.links[step.link].link.spec;
    path.delay += link.delay.value_or(Duration{0});
    path.narrowest = std::min(path.narrowest, link.capacity);
    path.ports.push_back(PortRef{step.link, step.forward});
  }
  return path;
}

LinkKind kind_of(const NetworkMap& map, const Path& path) {
  LinkKind kind = LinkKind::backbone;
  for (const PortRef port : path.ports) {
    const MapLink& link = map.links[port.link];
    if (link.relation != Relation::siblings) return link.link.spec.kind;
    if (link.link.spec.kind == LinkKind::on_net) kind = LinkKind::on_net;
  }
  return kind;
}

}  // namespace cdnsim
