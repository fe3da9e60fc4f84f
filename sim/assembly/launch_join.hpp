// Launches of PoPs, joined to the nodes: who warms them, and who decides and is told.
// Does not know how it is decided.
#pragma once

#include <memory>
#include <optional>

#include <cdnsim/assembly/launch_plan.hpp>
#include <cdnsim/assembly/steering_join.hpp>
#include <cdnsim/models/node/launch_node.hpp>

namespace cdnsim::assembly {

// `source` is the PoP that gives what it has, where there is one.
void warm_launched(const BuiltNodes& built, const PlannedLaunch& launch,
                   const std::optional<Upstream>& source);

// `number` is the one that the node will have.
std::unique_ptr<LaunchNode> join_launch(const BuiltNodes& built, const PlannedLaunch& launch,
                                        NodeId number, std::unique_ptr<Recorder> recorder);

// Mirrored requests: when they begin and end.
void add_mirrors(const BuiltNodes& built, const PlannedLaunch& launch, ActionsByPlace& actions);

}  // namespace cdnsim::assembly
