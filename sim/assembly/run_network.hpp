// run() for those who want to look at the nodes when it is over.
// Does not know what they look for.
#pragma once

#include <functional>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/engine/engine.hpp>
#include <cdnsim/engine/exchange.hpp>
#include <cdnsim/scenario/run.hpp>

namespace cdnsim::assembly {

RunOutcome run_network(const Scenario& scenario, const RunOptions& options,
                       const std::function<void(const Network&)>& look);

// The network's nodes in an engine that stops at each second, so that a collector can read them.
// REQUIRES: both outlive it.
Engine engine_for(const Network& network, std::uint32_t threads, Exchange& exchange);

}  // namespace cdnsim::assembly
