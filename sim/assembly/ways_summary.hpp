// What became of the ways and cells that an event of the scenario touched.
// Does not know other effects of events.
#pragma once

#include <optional>

#include <cdnsim/assembly/collector.hpp>
#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/ways_result.hpp>

namespace cdnsim::assembly {

// Nothing for an event that touched none. `counts` is what it did at all nodes together.
std::optional<WaysResult> ways_of(std::uint32_t event, const EventCounts& counts,
                                  const Network& network, const Collector& collector);

}  // namespace cdnsim::assembly
