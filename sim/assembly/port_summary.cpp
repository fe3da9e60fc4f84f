#include <algorithm>
#include <limits>

#include <cdnsim/assembly/port_summary.hpp>

namespace cdnsim::assembly {
namespace {

constexpr double kNoShare = std::numeric_limits<double>::quiet_NaN();

Utilisation utilisation_of(const PortFigures& figures) {
  const auto part = [](std::int64_t value) {
    return static_cast<double>(value) / PortFigures::kWhole;
  };
  const LogHistogram& seconds = figures.utilisation;
  if (seconds.count() == 0) return {kNoShare, kNoShare, kNoShare, kNoShare, 0};
  return {part(seconds.quantile(0.5)), part(seconds.quantile(0.95)), part(seconds.quantile(0.99)),
          part(seconds.max()), figures.congested_s};
}

template <class List, class Each>
double most_of(const List& list, const Each& each) {
  double most = 0;
  for (const auto& entry : list) most = std::max(most, each(entry));
  return most;
}
template <class List, class Each>
double sum_of(const List& list, const Each& each) {
  double sum = 0;
  for (const auto& entry : list) sum += each(entry);
  return sum;
}

}  // namespace

TrafficFigures traffic_of(const PortFigures& figures) {
  TrafficFigures traffic{figures.own.total(), 8.0 * static_cast<double>(figures.own.peak()),
                         8.0 * figures.own.p95_per_second(), utilisation_of(figures)};
  if (figures.all) traffic.background_bytes = figures.all->total() - figures.own.total();
  return traffic;
}

TrafficFigures dearer_of(const TrafficFigures& one, const TrafficFigures& other) {
  const Utilisation& a = one.utilisation;
  const Utilisation& b = other.utilisation;
  TrafficFigures dearer;
  dearer.bytes = one.bytes + other.bytes;
  dearer.peak_bps = std::max(one.peak_bps, other.peak_bps);
  dearer.p95_bps = std::max(one.p95_bps, other.p95_bps);
  dearer.utilisation = {std::max(a.p50, b.p50), std::max(a.p95, b.p95), std::max(a.p99, b.p99),
                        std::max(a.max, b.max), std::max(a.congested_s, b.congested_s)};
  if (one.background_bytes || other.background_bytes) {
    dearer.background_bytes = one.background_bytes.value_or(0) + other.background_bytes.value_or(0);
  }
  return dearer;
}

double p95_of_all(const PortFigures& figures) {
  return 8.0 * (figures.all ? *figures.all : figures.own).p95_per_second();
}

std::vector<IxpResult> ixps_of(const Network& network, const Collector& collector) {
  const Topology& topology = network.plan->topology;
  std::vector<IxpResult> ixps;
  for (std::uint32_t i = 0; i < topology.fabrics().size(); ++i) {
    const auto number = static_cast<std::uint32_t>(topology.links().size()) + i;
    const PortFigures& figures = collector.load(number, 0);
    const BitRate capacity = topology.capacity_of(PortRef{number, true});
    ixps.push_back(IxpResult{topology.place(topology.fabrics()[i]).id,
                             static_cast<double>(capacity.count()),
                             seconds(figures.longest_queue) * 1e3, traffic_of(figures)});
  }
  return ixps;
}

ServersResult servers_of(const ServerLoads& loads, Duration length) {
  ServersResult result;
  result.count = loads.servers;
  const double whole = seconds(length);
  const auto busy = [&](Duration time) { return seconds(time) / whole; };
  const auto servers = static_cast<double>(std::max<std::uint64_t>(loads.servers, 1));
  result.busy = whole > 0 ? sum_of(loads.busy, busy) / servers : kNoShare;
  // An origin's are not told apart.
  const bool apart = loads.busy.size() == loads.servers;
  result.busiest = whole > 0 && apart ? most_of(loads.busy, busy) : result.busy;
  if (loads.nic > BitRate{0}) {
    const auto used = [&](Bytes bytes) {
      return 8.0 * static_cast<double>(bytes.count()) /
             (static_cast<double>(loads.nic.count()) * whole);
    };
    result.nic = whole > 0 ? sum_of(loads.nic_bytes, used) / servers : kNoShare;
    result.fullest_nic = whole > 0 ? most_of(loads.nic_bytes, used) : kNoShare;
  }
  result.waited_share = result.mean_wait_ms = result.longest_wait_ms = kNoShare;
  if (loads.waits && loads.waits->requests > 0) {
    const auto requests = static_cast<double>(loads.waits->requests);
    result.waited_share = static_cast<double>(loads.waits->waited) / requests;
    result.mean_wait_ms = static_cast<double>(loads.waits->sum_ns) / 1e6 / requests;
    result.longest_wait_ms = seconds(loads.waits->longest) * 1e3;
  }
  result.shed_by_nic = loads.refusals.by_nic;
  result.shed_by_node = loads.refusals.by_node;
  result.shed_by_port = loads.refusals.by_port;
  return result;
}

}  // namespace cdnsim::assembly
