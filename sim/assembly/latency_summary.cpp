#include <limits>

#include <cdnsim/assembly/latency_summary.hpp>

namespace cdnsim::assembly {
namespace {

double milliseconds(std::int64_t ns) { return static_cast<double>(ns) / 1e6; }

Percentiles percentiles_of(const LogHistogram& histogram) {
  Percentiles p;
  p.count = histogram.count();
  if (p.count == 0) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    p.mean = p.p50 = p.p90 = p.p95 = p.p99 = p.max = none;
    return p;
  }
  p.mean = histogram.mean() / 1e6;
  p.p50 = milliseconds(histogram.quantile(0.50));
  p.p90 = milliseconds(histogram.quantile(0.90));
  p.p95 = milliseconds(histogram.quantile(0.95));
  p.p99 = milliseconds(histogram.quantile(0.99));
  p.max = milliseconds(histogram.max());
  return p;
}

LatencyPair pair_of(const LatencyCounts& counts) {
  return LatencyPair{percentiles_of(counts.first_byte), percentiles_of(counts.last_byte)};
}

// Merges what `wanted(region, content)` selects, in the order of nodes.
template <class Wanted>
LatencyPair merged(const Network& network, Wanted wanted) {
  LatencyCounts sum;
  for (const auto& node : network.nodes) {
    const Recorder& recorder = node->recorder();
    for (std::uint32_t region = 0; region < recorder.regions(); ++region) {
      for (std::size_t content = 0; content < recorder.classes(); ++content) {
        if (!wanted(region, content)) continue;
        const LatencyCounts& counts = recorder.latency(region, static_cast<std::uint16_t>(content));
        sum.first_byte.merge(counts.first_byte);
        sum.last_byte.merge(counts.last_byte);
      }
    }
  }
  return pair_of(sum);
}

}  // namespace

LatencyResult latency_of(const Network& network) {
  const Plan& plan = *network.plan;
  LatencyResult result;
  result.all = merged(network, [](std::uint32_t, std::size_t) { return true; });
  for (std::uint32_t i = 0; i < plan.regions.size(); ++i) {
    result.by_region[plan.regions[i]] =
        merged(network, [i](std::uint32_t region, std::size_t) { return region == i; });
  }
  for (std::size_t i = 0; i < plan.catalogue.size(); ++i) {
    result.by_class[plan.catalogue[i].name] =
        merged(network, [i](std::uint32_t, std::size_t content) { return content == i; });
  }
  ClassCounts edge;
  for (const auto& node : network.nodes) {
    if (serves_clients(node->role())) edge += node->recorder().total(Phase::measured);
  }
  const std::uint64_t answered = result.all.ttfb.count;
  for (std::size_t i = 0; i < kTimePartNames.size(); ++i) {
    const double sum_ms = static_cast<double>(edge.time_ns[i]) / 1e6;
    result.ttfb_parts_mean[std::string(kTimePartNames[i])] =
        answered == 0 ? std::numeric_limits<double>::quiet_NaN()
                      : sum_ms / static_cast<double>(answered);
  }
  return result;
}

}  // namespace cdnsim::assembly
