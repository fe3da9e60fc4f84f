#include <cdnsim/models/routing/catchment.hpp>

namespace cdnsim {

std::vector<std::optional<std::uint32_t>> catchment(const Routing& routing,
                                                    const std::vector<std::uint32_t>& networks,
                                                    const std::vector<std::uint32_t>& announcers) {
  std::vector<std::optional<std::uint32_t>> reached(networks.size());
  if (announcers.empty()) return reached;
  const PhaseGraph& graph = routing.graph();
  const WayTree tree = graph.tree_to(announcers, routing.link_states());
  for (std::size_t i = 0; i < networks.size(); ++i) {
    std::uint32_t node = node_of(networks[i], WayPhase::start);
    if (!tree.reaches(node)) continue;
    while (tree.next[node] != WayTree::kArrived) node = graph.step(tree.next[node]).to;
    reached[i] = graph.phases().place_of[node];
  }
  return reached;
}

}  // namespace cdnsim
