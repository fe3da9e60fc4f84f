#include <algorithm>
#include <limits>
#include <vector>

#include <cdnsim/assembly/live_summary.hpp>
#include <cdnsim/models/node/origin_node.hpp>

namespace cdnsim::assembly {
namespace {

constexpr double kNoFigure = std::numeric_limits<double>::quiet_NaN();

double share_or_none(double part, double whole) { return whole > 0 ? part / whole : kNoFigure; }

TimeSpread spread_of(const LogHistogram& us) {
  if (us.count() == 0) return TimeSpread{0, kNoFigure, kNoFigure, kNoFigure, kNoFigure, kNoFigure};
  const auto ms = [](std::int64_t value) { return static_cast<double>(value) / 1e3; };
  return TimeSpread{us.count(),
                    us.mean() / 1e3,
                    ms(us.quantile(0.5)),
                    ms(us.quantile(0.95)),
                    ms(us.quantile(0.99)),
                    ms(us.max())};
}

// What is known of an event's audience before the run.
struct Watching {
  std::uint64_t viewers = 0;
  std::uint64_t peak = 0;
  std::vector<std::uint64_t> by_rendition;
};

// Nobody watches when it is `over`.
Watching watching_of(const Demand& demand, const LiveAudience& audience, SimTime over) {
  const LiveObjects& event = audience.objects();
  Watching found;
  found.by_rendition.resize(event.renditions());
  std::vector<SimTime> comes, leaves;
  for (std::size_t i = 0; i < demand.audiences(); ++i) {
    for (std::uint32_t cell = 0; cell < demand.audience(i).cells; ++cell) {
      for (const LiveAudience::Viewer& viewer : audience.viewers(i, cell)) {
        ++found.viewers;
        ++found.by_rendition[viewer.rendition];
        if (viewer.comes >= over) continue;
        comes.push_back(viewer.comes);
        leaves.push_back(std::min(viewer.leaves, over));
      }
    }
  }
  std::ranges::sort(comes);
  std::ranges::sort(leaves);
  std::size_t left = 0;
  for (std::size_t i = 0; i < comes.size(); ++i) {
    while (leaves[left] <= comes[i]) ++left;
    found.peak = std::max<std::uint64_t>(found.peak, i + 1 - left);
  }
  return found;
}

LiveCounts counts_of_event(const Network& network, std::uint16_t event) {
  LiveCounts sum;
  for (const auto& node : network.nodes) {
    const auto* cache = dynamic_cast<const CacheNode*>(node.get());
    if (cache != nullptr && cache->players() != nullptr) sum += cache->players()->counts(event);
  }
  return sum;
}

void add_origin(const Network& network, std::uint16_t segments, std::uint16_t manifests,
                LiveResult& result) {
  std::uint64_t pairs = 0;
  std::vector<bool> asked_for;
  for (const auto& node : network.nodes) {
    const auto* origin = dynamic_cast<const OriginNode*>(node.get());
    if (origin == nullptr) continue;
    for (const std::uint16_t content : {segments, manifests}) {
      for (const Phase phase : {Phase::warmup, Phase::measured}) {
        result.pushed += node->recorder().counts(phase, content).pushed;
        result.pushed_bytes += node->recorder().counts(phase, content).bytes_pushed;
      }
    }
    for (const auto& [who, counts] : origin->live().fetches()) {
      if (who.first != segments) continue;
      asked_for.resize(std::max(asked_for.size(), counts.size()));
      for (std::size_t object = 0; object < counts.size(); ++object) {
        if (counts[object] == 0) continue;
        ++pairs;
        asked_for[object] = true;
        result.origin.fetches += counts[object];
        result.origin.most_per_asker =
            std::max<std::uint64_t>(result.origin.most_per_asker, counts[object]);
      }
    }
  }
  result.origin.segments = static_cast<std::uint64_t>(std::ranges::count(asked_for, true));
  result.origin.mean_per_asker =
      share_or_none(static_cast<double>(result.origin.fetches), static_cast<double>(pairs));
}

void add_renditions(const Live& live, const LiveCounts& counts, const Watching& watching,
                    LiveResult& result) {
  double bits = 0;
  std::size_t index = 0;
  for (const auto& [name, rendition] : live.rungs()) {
    const std::uint64_t segments =
        index < counts.by_rendition.size() ? counts.by_rendition[index] : 0;
    const auto bitrate = static_cast<double>(rendition.bitrate.count());
    result.renditions[name] = LiveRendition{bitrate, watching.by_rendition[index], segments};
    bits += bitrate * static_cast<double>(segments);
    ++index;
  }
  result.bitrate_mean_bps = share_or_none(bits, static_cast<double>(counts.got));
}

LiveResult event_of(const Network& network, const Live& live, const ContentClass& segments,
                    Duration duration) {
  const Demand& demand = *network.plan->demand;
  const LiveObjects& event = *segments.live;
  const LiveCounts counts = counts_of_event(network, event.event());
  const SimTime over = std::min(event.out_at(event.segments() - 1), SimTime{duration});
  const Watching watching = watching_of(demand, demand.live_events()[event.event()], over);
  LiveResult result;
  result.viewers =
      LiveViewers{watching.viewers, watching.peak, counts.came, counts.started, counts.taken_over};
  result.segments = event.out_by(SimTime{duration});
  add_renditions(live, counts, watching, result);
  result.asked = counts.asked;
  result.got = counts.got;
  result.failed = counts.failed;
  result.under_way = counts.under_way;
  result.start_up_ms = spread_of(counts.start_up_us);
  result.glass_to_glass_ms = spread_of(counts.behind_us);
  result.push_lag_ms = spread_of(counts.push_lag_us);
  const double stalled = static_cast<double>(counts.stalled_ns) / 1e9;
  const double played = static_cast<double>(counts.got) * seconds(live.segment);
  result.stalls =
      LiveStalls{counts.stalls, stalled, share_or_none(stalled, played + stalled), counts.skipped};
  result.manifests =
      LiveManifests{counts.manifests_got, counts.manifests_without_news, counts.manifests_failed};
  for (const auto& node : network.nodes) {
    if (!serves_clients(node->role())) continue;
    for (const Phase phase : {Phase::warmup, Phase::measured}) {
      const ClassCounts& at_edge = node->recorder().counts(phase, event.own_class());
      result.waited += at_edge[Outcome::miss] + at_edge[Outcome::delayed_hit];
    }
  }
  add_origin(network, event.own_class(), event.other_class(), result);
  return result;
}

}  // namespace

std::map<std::string, LiveResult> live_of(const Scenario& scenario, const Network& network) {
  std::map<std::string, LiveResult> results;
  const Catalogue& catalogue = network.plan->catalogue;
  for (const auto& [name, workload] : scenario.traffic) {
    const auto* live = std::get_if<Live>(&workload);
    if (live == nullptr) continue;
    const ContentClass& segments = catalogue[catalogue.index_of_name(Live::own_classes(name)[0])];
    results[name] = event_of(network, *live, segments, scenario.duration);
  }
  return results;
}

}  // namespace cdnsim::assembly
