// What became of live events, as figures of a result.
// Does not know how players play.
#pragma once

#include <map>
#include <string>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/live_result.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

// By workload.
std::map<std::string, LiveResult> live_of(const Scenario& scenario, const Network& network);

}  // namespace cdnsim::assembly
