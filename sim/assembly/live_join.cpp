#include <set>

#include <cdnsim/assembly/live_join.hpp>
#include <cdnsim/models/node/origin_node.hpp>

namespace cdnsim::assembly {
namespace {

// Each node gets it from the first that it would ask.
bool push_down(const Catalogue& catalogue, std::size_t content, bool to_shields_alone,
               std::span<const Join> joins, std::span<const std::unique_ptr<ObservedNode>> nodes) {
  std::set<std::uint32_t> children;
  for (const Join& join : joins) {
    if (join.content != content || join.is_peer) continue;
    if (to_shields_alone && nodes[join.child]->role() != NodeRole::shield) continue;
    if (!children.insert(join.child).second) continue;  // who would stand in
    if (auto* cache = dynamic_cast<CacheNode*>(nodes[join.parent].get())) {
      cache->push_to(NodeId{join.child}, content);
    } else if (!catalogue[content].live->is_manifest()) {
      dynamic_cast<OriginNode&>(*nodes[join.parent])
          .push_to(NodeId{join.child}, *catalogue[content].live);
    }
  }
  return !children.empty();
}

}  // namespace

bool join_pushes(const Scenario& scenario, const Plan& plan, std::span<const Join> joins,
                 std::span<const std::unique_ptr<ObservedNode>> nodes) {
  bool some = false;
  for (const auto& [name, workload] : scenario.traffic) {
    const Live* live = std::get_if<Live>(&workload);
    if (live == nullptr || live->delivery == LiveDelivery::pull) continue;
    for (const std::string& own : Live::own_classes(name)) {
      some |= push_down(plan.catalogue, plan.catalogue.index_of_name(own),
                        live->delivery == LiveDelivery::push_to_shields, joins, nodes);
    }
  }
  return some;
}

}  // namespace cdnsim::assembly
