// Merges the nodes' latency histograms into percentiles by region and by class.
// Does not know anything else of a result.
#pragma once

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/result.hpp>

namespace cdnsim::assembly {

LatencyResult latency_of(const Network& network);

}  // namespace cdnsim::assembly
