// From the scenario's events to what happens at each place.
// Does not know nodes: it names places of the topology.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/models/node/action.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

// Each place's in the order of time; events are numbered in the order of their names.
std::map<std::uint32_t, std::vector<Action>> actions_by_place(const Scenario& scenario,
                                                              const Plan& plan);

}  // namespace cdnsim::assembly
