// How full ports and servers were, for the result.
// Does not know requests.
#pragma once

#include <vector>

#include <cdnsim/assembly/collector.hpp>
#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/load_result.hpp>

namespace cdnsim::assembly {

TrafficFigures traffic_of(const PortFigures& figures);
// Of the busier direction each; bytes of both.
TrafficFigures dearer_of(const TrafficFigures& one, const TrafficFigures& other);
// 95th percentile of five-minute averages, background included.
double p95_of_all(const PortFigures& figures);
std::vector<IxpResult> ixps_of(const Network& network, const Collector& collector);
// `length` is the time after the warm-up.
ServersResult servers_of(const ServerLoads& loads, Duration length);

}  // namespace cdnsim::assembly
