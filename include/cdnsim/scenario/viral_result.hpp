// What a result says of objects that went viral: when that was known, by which signals, and when
// PoPs heard of it.
// Does not know JSON, nor how the figures came about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/base/describe.hpp>

namespace cdnsim {

// What measures did, in exact counts over the whole run.
struct ReplicationResult {
  std::uint64_t pops = 0, requests = 0, by_others = 0;
};
template <class V>
void describe(V& v, ReplicationResult& s) {
  v.required("pops", s.pops, "PoPs where the alert put it on the list of hot objects");
  v.required("requests", s.requests, "requests for it there while it was listed");
  v.required("by_others", s.by_others,
             "of them, those given to other servers than the one that it belongs to");
}

struct PrepositionResult {
  std::uint64_t fetches = 0, copies = 0, bytes = 0, found = 0, waited = 0;
};
template <class V>
void describe(V& v, PrepositionResult& s) {
  v.required("fetches", s.fetches, "PoPs that had no copy in date and sent for one unasked");
  v.required("copies", s.copies, "of them, those where a copy came by that and stayed");
  v.required("bytes", s.bytes, "bytes of these copies");
  v.required("found", s.found,
             "of the PoPs that sent, those where the first request for it after that got a copy "
             "that was there; without any it would have led a fetch");
  v.required("waited", s.waited, "those where it came while the copy was on its way, and waited");
}

struct KeepingResult {
  std::uint64_t kept = 0, joined = 0, led = 0;
};
template <class V>
void describe(V& v, KeepingResult& s) {
  v.required("kept", s.kept,
             "requests answered out of copies that its own rules would not have allowed any more, "
             "or never");
  v.required("joined", s.joined,
             "where it may not be stored: requests that waited for another one's fetch instead of "
             "sending one of their own");
  v.required("led", s.led, "requests that led a fetch while it was kept");
}

struct ViralMeasuresResult {
  std::optional<ReplicationResult> replicate;
  std::optional<PrepositionResult> preposition;
  std::optional<KeepingResult> micro_cache_edge, micro_cache_shield;
};
template <class V>
void describe(V& v, ViralMeasuresResult& s) {
  v.optional("replicate", s.replicate, "several servers of a PoP served it");
  v.optional("preposition", s.preposition, "PoPs fetched it unasked");
  v.optional("micro_cache_edge", s.micro_cache_edge,
             "PoPs kept it for longer: requests of clients and of other nodes");
  v.optional("micro_cache_shield", s.micro_cache_shield, "shields did: requests of PoPs");
}

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
  std::optional<double> cooled_at_s = {};
  std::optional<ViralMeasuresResult> measures = {};
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
  v.optional("cooled_at_s", s.cooled_at_s,
             "where there are mitigations: when the detector told that it had cooled down; none: "
             "not before the end",
             or_null);
  v.optional("measures", s.measures,
             "what mitigations did, those that the scenario has; of an object that was found again "
             "before it had cooled down all counts with the first time");
}

struct ViralResult {
  std::string detector;
  std::uint64_t reports = 0;
  double slowest_latency_s = 0;
  std::optional<ViralMeasuresResult> measures = {};
  std::vector<ViralDetection> detections;
};
template <class V>
void describe(V& v, ViralResult& s) {
  v.required("detector", s.detector, "the place where reports were judged");
  v.required("reports", s.reports, "reports that came there: one a PoP, object and interval");
  v.required("slowest_latency_s", s.slowest_latency_s,
             "the longest latency of all that were found; none: nothing was", or_null);
  v.optional("measures", s.measures, "those of all detections together");
  v.required("detections", s.detections, "what was found, in order of time");
}

}  // namespace cdnsim
