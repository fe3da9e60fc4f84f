#include <algorithm>
#include <limits>
#include <optional>

#include <cdnsim/assembly/viral_summary.hpp>

namespace cdnsim::assembly {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double since_start(SimTime time) { return seconds(time - kTimeZero); }

// Of a viral workload it is known when its object starts.
void set_start(const Scenario& scenario, const ViralWatch::Found& found, ViralDetection& told) {
  const auto workload = scenario.traffic.find(told.content);
  const Viral* viral =
      workload == scenario.traffic.end() ? nullptr : std::get_if<Viral>(&workload->second);
  told.starts_from = viral != nullptr ? "workload" : "request";
  told.starts_at_s = seconds(viral != nullptr ? viral->starts : Duration{found.first_at});
}

// Every PoP hears of a detection once at most.
void set_alerts(const std::vector<const CacheNode*>& pops, std::uint32_t detection,
                ViralDetection& told) {
  told.first_alert_at_s = told.last_alert_at_s = kNone;
  for (const CacheNode* pop : pops) {
    for (const AlertHeard& heard : pop->alerts_heard()) {
      if (heard.detection != detection) continue;
      const double at = since_start(heard.at);
      told.first_alert_at_s = told.alerts_heard == 0 ? at : std::min(told.first_alert_at_s, at);
      told.last_alert_at_s = told.alerts_heard == 0 ? at : std::max(told.last_alert_at_s, at);
      ++told.alerts_heard;
      told.alerts_listed += heard.listed;
    }
  }
}

void add(const MeasureCounts& counts, PrepositionResult& sum) {
  sum.fetches += counts.fetches;
  sum.copies += counts.copies;
  sum.bytes += counts.bytes;
  sum.found += counts.found;
  sum.waited += counts.waited;
}
void add(const MeasureCounts& counts, KeepingResult& sum) {
  sum.kept += counts.kept;
  sum.joined += counts.joined;
  sum.led += counts.led;
}

// Those stays on a PoP's list that the alert began.
void add(const CacheNode& pop, const AlertHeard& heard, std::uint64_t key, ReplicationResult& sum) {
  for (const HotListing& listing : pop.hot_listings()) {
    if (!listing.by_alert || listing.key != key || listing.listed_at != heard.at) continue;
    ++sum.pops;
    sum.requests += listing.requests;
    sum.by_others += listing.requests;
    // The owner comes first, where there is one.
    if (!listing.by_server.empty()) sum.by_others -= listing.by_server.front().second;
  }
}

// A measure that did nothing is there with zeros.
ViralMeasuresResult no_measures(const MitigationSpec& spec) {
  ViralMeasuresResult none;
  if (spec.replicate) none.replicate.emplace();
  if (spec.preposition) none.preposition.emplace();
  if (spec.micro_cache) none.micro_cache_edge.emplace();
  if (spec.micro_cache) none.micro_cache_shield.emplace();
  return none;
}

void add_measures(const Network& network, std::uint32_t detection, std::uint64_t key,
                  ViralMeasuresResult& sum) {
  for (const auto& node : network.nodes) {
    const auto* cache = dynamic_cast<const CacheNode*>(node.get());
    if (cache == nullptr || cache->measures() == nullptr) continue;
    const bool is_pop = cache->role() == NodeRole::edge;
    for (const MeasureCounts& counts : cache->measures()->counts()) {
      if (counts.detection != detection) continue;
      if (is_pop && sum.preposition) add(counts, *sum.preposition);
      std::optional<KeepingResult>& kept = is_pop ? sum.micro_cache_edge : sum.micro_cache_shield;
      if (kept) add(counts, *kept);
    }
    for (const AlertHeard& heard : cache->alerts_heard()) {
      const bool is_it = heard.detection == detection && heard.listed;
      if (is_it && sum.replicate) add(*cache, heard, key, *sum.replicate);
    }
  }
}

}  // namespace

ViralResult viral_of(const Scenario& scenario, const Network& network) {
  ViralResult result;
  result.detector = network.detector->id();
  result.reports =
      network.detector->messages()[static_cast<std::size_t>(MessageKind::hot_report)].received;
  result.slowest_latency_s = kNone;
  const std::optional<MitigationSpec>& measures = scenario.caching.viral->mitigations;
  if (measures) result.measures = no_measures(*measures);
  for (const DetectorNode::Detection& detection : network.detector->detections()) {
    const ViralWatch::Found& found = detection.found;
    const ContentClass& content = network.plan->catalogue[found.tag];
    ViralDetection told;
    told.content = content.name;
    told.object = content.object_of(found.key);
    set_start(scenario, found, told);
    told.detected_at_s = since_start(detection.at);
    told.latency_s = told.detected_at_s - told.starts_at_s;
    for (std::size_t i = 0; i < found.signals.size(); ++i) {
      if (found.signals[i]) told.signals.emplace_back(kViralSignalNames[i]);
    }
    told.rate_rps = found.rate;
    told.growth = found.growth;
    told.pops = found.places;
    told.social_share = found.social_share;
    const auto number = static_cast<std::uint32_t>(result.detections.size());
    set_alerts(network.reporters, number, told);
    if (measures) {
      told.cooled_at_s =
          detection.over_at == SimTime::max() ? kNone : since_start(detection.over_at);
      told.measures = no_measures(*measures);
      add_measures(network, number, found.key, *told.measures);
      add_measures(network, number, found.key, *result.measures);
    }
    if (result.detections.empty() || told.latency_s > result.slowest_latency_s) {
      result.slowest_latency_s = told.latency_s;
    }
    result.detections.push_back(std::move(told));
  }
  return result;
}

}  // namespace cdnsim::assembly
