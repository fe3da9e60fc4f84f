// What each event of the scenario did, as the result tells it.
// Does not know how the figures came about.
#pragma once

#include <cdnsim/assembly/collector.hpp>
#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

// In the order of their names.
std::vector<EventResult> events_of(const Scenario& scenario, const Network& network,
                                   const Collector& collector);

}  // namespace cdnsim::assembly
