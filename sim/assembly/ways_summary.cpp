#include <algorithm>
#include <limits>

#include <cdnsim/assembly/ways_summary.hpp>

namespace cdnsim::assembly {
namespace {

// Not a number for what lies beyond the end of the run.
double seconds_at(SimTime time, SimTime end) {
  return time < end ? seconds(time.time_since_epoch()) : std::numeric_limits<double>::quiet_NaN();
}

// To another PoP, or from a cache inside to the PoP.
std::uint64_t cells_moved(const Outage& outage, const Plan& plan) {
  std::uint64_t moved = 0;
  for (const EmbeddedCache& cache : plan.embedded) {
    for (const auto& [audience, switches] : cache.switches) {
      const auto cells = std::ranges::count(cache.cells, audience, &CellShare::audience);
      for (const CacheSwitch& change : switches) {
        const bool is_its = change.event == outage.event && change.from < outage.seen_back;
        if (is_its && change.out) moved += static_cast<std::uint64_t>(cells);
      }
    }
  }
  for (const auto& cells : plan.holds) {
    for (const std::vector<CellHold>& holds : cells) {
      for (std::size_t i = 1; i < holds.size(); ++i) {
        if (holds[i].event != outage.event || holds[i].from >= outage.seen_back) continue;
        moved += holds[i].pop != holds[i - 1].pop;
      }
    }
  }
  return moved;
}

}  // namespace

std::optional<WaysResult> ways_of(std::uint32_t event, const EventCounts& counts,
                                  const Network& network, const Collector& collector) {
  const Plan& plan = *network.plan;
  const auto outage = std::ranges::find(plan.outages, event, &Outage::event);
  if (outage == plan.outages.end()) return std::nullopt;
  const SimTime end = network.nodes.front()->recorder().end();
  WaysResult result;
  result.failed_at_s = seconds_at(outage->at, end);
  result.converged_at_s = seconds_at(outage->seen_at, end);
  result.back_at_s = seconds_at(outage->back, end);
  result.back_converged_at_s = seconds_at(outage->seen_back, end);
  result.links_failed = outage->links.size();
  result.cells_moved = cells_moved(*outage, plan);
  result.requests_dropped = counts.requests_dropped;
  result.answers_dropped = counts.answers_dropped;
  result.messages_dropped = counts.messages_dropped;
  result.stale_requests = counts.stale_requests;
  const auto& watches = collector.ways_watches();
  std::ranges::find(watches, event, &WaysWatch::event)->judge(result);
  return result;
}

}  // namespace cdnsim::assembly
