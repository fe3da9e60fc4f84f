// What came of launches of PoPs.
// Does not know what else a result says.
#pragma once

#include <vector>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/launch_result.hpp>

namespace cdnsim::assembly {

std::vector<LaunchResult> launches_of(const Scenario& scenario, const Network& network);

}  // namespace cdnsim::assembly
