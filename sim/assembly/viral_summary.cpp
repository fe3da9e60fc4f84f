#include <algorithm>
#include <limits>

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

}  // namespace

ViralResult viral_of(const Scenario& scenario, const Network& network) {
  ViralResult result;
  result.detector = network.detector->id();
  result.reports =
      network.detector->messages()[static_cast<std::size_t>(MessageKind::hot_report)].received;
  result.slowest_latency_s = kNone;
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
    set_alerts(network.reporters, static_cast<std::uint32_t>(result.detections.size()), told);
    if (result.detections.empty() || told.latency_s > result.slowest_latency_s) {
      result.slowest_latency_s = told.latency_s;
    }
    result.detections.push_back(std::move(told));
  }
  return result;
}

}  // namespace cdnsim::assembly
