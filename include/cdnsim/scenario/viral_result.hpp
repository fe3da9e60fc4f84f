// What a result says of objects that went viral: when that was known, by which signals, and when
// PoPs heard of it.
// Does not know JSON, nor how the figures came about.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <cdnsim/base/describe.hpp>

namespace cdnsim {

struct ViralDetection {
  std::string content;
  std::uint32_t object = 0;
  std::string starts_from;
  double starts_at_s = 0, detected_at_s = 0, latency_s = 0;
  std::vector<std::string> signals;
  double rate_rps = 0, growth = 0, social_share = 0;
  std::uint32_t pops = 0;
  std::uint64_t alerts_heard = 0, alerts_listed = 0;
  double first_alert_at_s = 0, last_alert_at_s = 0;
};
template <class V>
void describe(V& v, ViralDetection& s) {
  v.required("class", s.content, "its class of content");
  v.required("object", s.object, "its number in the class, from 0");
  v.required("starts_from", s.starts_from,
             "workload: it is the object of a viral workload, whose start is known; request: it "
             "started with the first request of the first interval that any PoP reported");
  v.required("starts_at_s", s.starts_at_s, "when it started, from the start of the run");
  v.required("detected_at_s", s.detected_at_s, "when the detector found it");
  v.required("latency_s", s.latency_s, "from its start until then");
  v.required("signals", s.signals, "which of acceleration, rate, spread and social held then");
  v.required("rate_rps", s.rate_rps, "requests per second that PoPs had reported of it");
  v.required("growth", s.growth,
             "those against the same interval `within` before, where each PoP that did not report "
             "then counts with `floor`; 1 is +100 %");
  v.required("pops", s.pops, "PoPs that reported it");
  v.required("social_share", s.social_share, "share of the requests that came from social media");
  v.required("alerts_heard", s.alerts_heard, "PoPs that had heard of it when the run ended");
  v.required("alerts_listed", s.alerts_listed,
             "of them, those where it came on the list of hot objects by that");
  v.required("first_alert_at_s", s.first_alert_at_s, "when the first PoP heard of it", or_null);
  v.required("last_alert_at_s", s.last_alert_at_s, "when the last PoP heard of it", or_null);
}

struct ViralResult {
  std::string detector;
  std::uint64_t reports = 0;
  double slowest_latency_s = 0;
  std::vector<ViralDetection> detections;
};
template <class V>
void describe(V& v, ViralResult& s) {
  v.required("detector", s.detector, "the place where reports were judged");
  v.required("reports", s.reports, "reports that came there: one a PoP, object and interval");
  v.required("slowest_latency_s", s.slowest_latency_s,
             "the longest latency of all that were found; none: nothing was", or_null);
  v.required("detections", s.detections, "what was found, in order of time");
}

}  // namespace cdnsim
