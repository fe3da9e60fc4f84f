// Who is sent a live event's segments unasked: the tree along which fetches go up, downwards.
// Does not know what is sent, nor when.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

// Whether there is anything to push. `nodes` are by NodeId.
bool join_pushes(const Scenario& scenario, const Plan& plan, std::span<const Join> joins,
                 std::span<const std::unique_ptr<ObservedNode>> nodes);

}  // namespace cdnsim::assembly
