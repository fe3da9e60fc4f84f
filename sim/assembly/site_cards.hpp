// How full the network cards of sites are, where a scenario says what they carry.
// Does not know queues: nothing waits for them.
#pragma once

#include <cdnsim/assembly/collector.hpp>
#include <cdnsim/scenario/result.hpp>

namespace cdnsim::assembly {

// Adds nodes[].nic_utilisation_p95. REQUIRES: collector.finish() was called.
void add_cards(const Scenario& scenario, const Network& network, const Collector& collector,
               Result& result);

}  // namespace cdnsim::assembly
