// Steering during a run, joined to the nodes: the controller and the PoPs that report to it, and
// whom a PoP without room sends requests to.
// Does not know how it is decided.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include <cdnsim/assembly/way_changes.hpp>
#include <cdnsim/models/node/controller_node.hpp>

namespace cdnsim::assembly {

// The nodes that are built so far. PoPs hold their cells already.
struct BuiltNodes {
  const Scenario& scenario;
  const Plan& plan;
  std::map<std::uint32_t, CacheNode*>& caches;  // by place
  std::map<std::uint32_t, CellUser>& users;     // likewise
  std::function<NodeId(std::uint32_t place)> node_at;
  // A message to the node may take so long.
  std::function<void(NodeId node, Duration delay)> may_receive;
};

// Of reports and what is told, also within a building: a shorter one would make the windows of the
// whole run shorter for the sake of one message a second.
inline constexpr Duration kLeastReportDelay = std::chrono::milliseconds(10);

// `number` is the one that the controller will have. REQUIRES: steering by engine.
std::unique_ptr<ControllerNode> join_controller(const BuiltNodes& built, NodeId number,
                                                std::unique_ptr<Recorder> recorder);

// REQUIRES: steering redirects.
void join_overflow(const BuiltNodes& built);

}  // namespace cdnsim::assembly
