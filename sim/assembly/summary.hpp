// Turns the counts of a finished run into a Result: ratios and percentiles, computed once.
// Does not know how the run was done.
#pragma once

#include <cdnsim/assembly/collector.hpp>
#include <cdnsim/assembly/identities.hpp>
#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/result.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

// All of the result but its digest and its targets.
Result summarise(const Scenario& scenario, const Network& network, const Collector& collector,
                 const InFlight& in_flight);

}  // namespace cdnsim::assembly
