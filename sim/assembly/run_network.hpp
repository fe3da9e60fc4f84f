// run() for those who want to look at the nodes when it is over.
// Does not know what they look for.
#pragma once

#include <functional>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/run.hpp>

namespace cdnsim::assembly {

RunOutcome run_network(const Scenario& scenario, const RunOptions& options,
                       const std::function<void(const Network&)>& look);

}  // namespace cdnsim::assembly
