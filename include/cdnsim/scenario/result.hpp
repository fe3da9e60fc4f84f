// Everything a run found. Each figure's definition stands in describe() and goes to the schema.
// Does not know JSON, nor how the figures came about. Holds nothing that may differ between runs.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/scenario/activity_result.hpp>
#include <cdnsim/scenario/cost_result.hpp>
#include <cdnsim/scenario/event_result.hpp>
#include <cdnsim/scenario/latency_result.hpp>
#include <cdnsim/scenario/launch_result.hpp>
#include <cdnsim/scenario/live_result.hpp>
#include <cdnsim/scenario/load_result.hpp>
#include <cdnsim/scenario/steering_result.hpp>
#include <cdnsim/scenario/viral_result.hpp>

namespace cdnsim {

inline constexpr int kResultSchemaVersion = 1;

struct TraceResult {
  std::string file, sha256;
  std::uint64_t requests = 0;
};
template <class V>
void describe(V& v, TraceResult& s) {
  v.required("file", s.file, "as the scenario names it");
  v.required("sha256", s.sha256, "SHA-256 of the file's content, decompressed");
  v.required("requests", s.requests, "requests in the file, those for no bytes left out");
}

struct ScenarioSummary {
  std::string name, question, digest;
  std::uint64_t seed = 0;
  double duration_s = 0, warmup_s = 0;
  std::string replay = "timed";
  double replay_gap_s = 0;
  std::map<std::string, TraceResult> traces = {};
};
template <class V>
void describe(V& v, ScenarioSummary& s) {
  v.required("name", s.name, "the scenario's name");
  v.required("question", s.question, "the question it answers");
  v.required("digest", s.digest, "SHA-256 of the scenario with everything filled in");
  v.required("seed", s.seed, "seed of every draw");
  v.required("duration_s", s.duration_s, "simulated time");
  v.required("warmup_s", s.warmup_s, "time at the start whose requests are not reported");
  v.required("replay", s.replay,
             "timed, or atomic: then figures per second have no value, and durations are those of "
             "the traces' own time");
  v.required("replay_gap_s", s.replay_gap_s,
             "of an atomic replay: the time from one request to the next; else 0");
  v.required("traces", s.traces, "the traces that were played, by workload");
}

struct LinkResult {
  std::string id, kind, from, to;
  double capacity_bps = 0;
  TrafficFigures dearer, forward, backward;
  double utilisation_p95 = 0, longest_queue_ms = 0;
  std::optional<double> monthly_cost = {};
  std::optional<LinkMonth> month = {};
};
template <class V>
void describe(V& v, LinkResult& s) {
  v.required("id", s.id, "its id in the scenario");
  v.required("kind", s.kind, "pni, ixp, transit, backbone or on_net");
  v.required("from", s.from, "one end");
  v.required("to", s.to, "the other end");
  v.required("capacity_bps", s.capacity_bps, "capacity in each direction");
  v.required("bytes", s.dearer.bytes, "bytes in both directions after the warm-up");
  v.required("peak_bps", s.dearer.peak_bps, "highest second of the busier direction", or_null);
  v.required("p95_bps", s.dearer.p95_bps,
             "95th percentile of five-minute averages of the direction where it is higher",
             or_null);
  v.required("utilisation_p95", s.utilisation_p95,
             "95th percentile of five-minute averages, background included, over capacity_bps",
             or_null);
  v.required("utilisation", s.dearer.utilisation,
             "of seconds: each figure of the direction where it is higher");
  v.optional("background_bytes", s.dearer.background_bytes,
             "where there is background: its bytes in both directions, which no other figure of "
             "bytes has");
  v.required("longest_queue_ms", s.longest_queue_ms,
             "the longest queue in either direction that any second ended with, as time to drain "
             "it: that of the node at the sending end, or of what several nodes sent");
  v.required("forward", s.forward, "traffic sent by `from`");
  v.required("backward", s.backward, "traffic sent by `to`");
  v.optional("monthly_cost_usd", s.monthly_cost,
             "where there is a bill: its part, by bytes where links share a port");
  v.optional("month", s.month, "the month that is billed");
}

struct OriginTotals {
  std::uint64_t requests = 0, bytes = 0, errors = 0;
  double mean_rps = 0, peak_rps = 0, p95_rps = 0, offload_ratio = 0, byte_offload_ratio = 0;
};
template <class V>
void describe(V& v, OriginTotals& s) {
  v.required("requests", s.requests, "requests at all origins after the warm-up");
  v.required("bytes", s.bytes, "bytes of the answers of all origins");
  v.required("errors", s.errors,
             "requests refused, over capacity or rate limit, and answers that broke off");
  v.required("mean_rps", s.mean_rps, "requests per second over the time after the warm-up",
             or_null);
  v.required("peak_rps", s.peak_rps, "requests in the highest second, all origins together",
             or_null);
  v.required("p95_rps", s.p95_rps,
             "95th percentile of five-minute averages; the last is filled up from the one before",
             or_null);
  v.required("offload_ratio", s.offload_ratio, "1 - origin requests / client requests", or_null);
  v.required("byte_offload_ratio", s.byte_offload_ratio,
             "1 - origin bytes / bytes served to clients", or_null);
}

struct ClassResult {
  Activity edge;
  std::uint64_t origin_requests = 0, origin_bytes = 0;
  double edge_peak_rps = 0, origin_peak_rps = 0;
  std::optional<double> key_variants;
  std::optional<ClassMoney> month = {};
};
template <class V>
void describe(V& v, ClassResult& s) {
  describe_activity(v, s.edge);
  v.required("edge_peak_rps", s.edge_peak_rps, "client requests in the highest second", or_null);
  v.required("origin_requests", s.origin_requests, "requests for it at its origin");
  v.required("origin_bytes", s.origin_bytes, "bytes its origin sent for it");
  v.required("origin_peak_rps", s.origin_peak_rps, "requests at its origin in the highest second",
             or_null);
  v.optional("key_variants", s.key_variants,
             "of classes that say how they are asked: copies of an object that its key tells "
             "apart; null when requests have copies of their own, which nobody else asks for",
             or_null);
  v.optional("month", s.month, "the month that is billed, where there is a bill");
}

struct IspResult {
  std::string id, region, served_by, way;
  std::vector<std::string> embedded;
  std::uint64_t requests = 0, bytes = 0, embedded_bytes = 0, fill_bytes = 0, external_bytes = 0;
  double external_offload_ratio = 0;
  std::optional<double> cacheable_offload_ratio;
  std::optional<std::uint64_t> neighbour_bytes = {};
  double way_delay_ms = 0, round_trip_ms = 0;
  std::optional<double> monthly_cost = {};
  std::optional<IspMonth> month = {};
  std::optional<double> served_gb = {}, usd_per_gb = {};
};
template <class V>
void describe(V& v, IspResult& s) {
  v.required("id", s.id, "client network");
  v.required("region", s.region, "its region");
  v.required("served_by", s.served_by,
             "the PoP its users are steered to, for all that no cache inside serves");
  v.required("way", s.way,
             "kind of the first link by which answers leave the CDN: on_net, pni, ixp, transit or "
             "backbone; embedded where a cache inside serves its users");
  v.required("embedded", s.embedded, "the caches inside it");
  v.required("requests", s.requests, "requests of its users after the warm-up");
  v.required("bytes", s.bytes, "bytes its users got after the warm-up");
  v.required("embedded_bytes", s.embedded_bytes, "of them, those from caches inside");
  v.required("fill_bytes", s.fill_bytes, "bytes that caches inside received after the warm-up");
  v.required("external_bytes", s.external_bytes,
             "bytes that came from outside: bytes - embedded_bytes + fill_bytes");
  v.required("external_offload_ratio", s.external_offload_ratio,
             "1 - external_bytes / bytes: what caches inside spare its links to the world",
             or_null);
  v.optional("cacheable_offload_ratio", s.cacheable_offload_ratio,
             "the same of what caches inside serve alone: 1 - fill_bytes / embedded_bytes",
             or_null);
  v.optional("neighbour_bytes", s.neighbour_bytes,
             "where caches of other networks serve it: of its bytes, those from them. They come "
             "from outside, and are among external_bytes");
  v.required("way_delay_ms", s.way_delay_ms,
             "one way to the network's edge from the cache inside or, without one, from the PoP, "
             "without queues");
  v.required("round_trip_ms", s.round_trip_ms,
             "between a user and that cache or PoP, without queues");
  v.optional("monthly_cost_usd", s.monthly_cost,
             "where there is a bill: the part of it that serving this network causes");
  v.optional("month", s.month, "its own transit, where there is a bill and it has a transit_price");
  v.optional("served_gb", s.served_gb, "GB to its users in the month that is billed");
  v.optional("usd_per_gb", s.usd_per_gb, "monthly_cost_usd / served_gb", or_null);
}

struct Coverage {
  double within_10ms = 0, within_50ms = 0, within_100ms = 0;
};
template <class V>
void describe(V& v, Coverage& s) {
  v.required("within_10ms", s.within_10ms,
             "share of users with a round trip to their PoP of 10 ms");
  v.required("within_50ms", s.within_50ms, "of at most 50 ms");
  v.required("within_100ms", s.within_100ms, "of at most 100 ms");
}

struct Availability {
  std::uint64_t requests = 0, errors = 0;
  double error_ratio = 0;
};
template <class V>
void describe(V& v, Availability& s) {
  v.required("requests", s.requests, "client requests that ended");
  v.required("errors", s.errors, "of those, errors, time-outs and refusals");
  v.required("error_ratio", s.error_ratio, "errors / requests", or_null);
}

struct MessageResult {
  std::string kind;
  std::uint64_t sent = 0, received = 0, dropped = 0, in_flight = 0;
};
template <class V>
void describe(V& v, MessageResult& s) {
  v.required(
      "kind", s.kind,
      "fetch or reply; hot_report and hot_alert where viral objects are looked for; loss where "
      "links fail: it stands for the clock by which a node gives up a fetch that was dropped, "
      "or whose answer was; load_report, cell_report and cell_move with a steering engine; "
      "launch_report, latency_report and cell_move where a PoP is launched; "
      "redirect where full PoPs do that: the user's request as it comes to another PoP");
  v.required("sent", s.sent, "over the whole run");
  v.required("received", s.received, "over the whole run");
  v.required("dropped", s.dropped, "of those sent: their way had failed");
  v.required("in_flight", s.in_flight, "when the run ended");
}

struct SloResult {
  std::string name, metric;
  double value = 0;
  std::map<std::string, double> target;
  bool met = false;
  double margin = 0;
};
template <class V>
void describe(V& v, SloResult& s) {
  v.required("name", s.name, "its id in the scenario");
  v.required("metric", s.metric, "JSON pointer of the figure");
  v.required("target", s.target, "at_least and at_most, as given");
  v.required("value", s.value, "what the run gave", or_null);
  v.required("met", s.met, "whether the value lies within the target");
  v.required("margin", s.margin, "distance to the nearest bound; negative when missed", or_null);
}

struct IdentityResult {
  std::string name;
  std::uint64_t left = 0, right = 0;
  bool holds = false;
};
template <class V>
void describe(V& v, IdentityResult& s) {
  v.required("name", s.name, "what is counted in two ways");
  v.required("left", s.left, "one way, over the whole run");
  v.required("right", s.right, "the other way");
  v.required("holds", s.holds, "whether both are equal; a run in which one does not hold fails");
}

struct Result {
  int schema_version = kResultSchemaVersion;
  std::string digest;
  ScenarioSummary scenario;
  RequestTotals requests;
  std::map<std::string, Activity> tiers;
  OriginTotals origin;
  std::map<std::string, ClassResult> classes;
  LatencyResult latency;
  Coverage coverage;
  Availability availability;
  std::map<std::string, double> traffic_share;
  std::optional<CostResult> cost;
  std::vector<NodeResult> nodes;
  std::vector<LinkResult> links;
  std::optional<std::vector<IxpResult>> ixps = {};
  std::vector<IspResult> isps;
  std::vector<MessageResult> messages;
  std::uint64_t message_delays_raised = 0;
  std::optional<ViralResult> viral;
  std::optional<std::map<std::string, LiveResult>> live = {};
  std::optional<SteeringResult> steering = {};
  std::optional<std::vector<LaunchResult>> launches = {};
  std::vector<EventResult> events;
  std::vector<SloResult> slo;
  std::vector<IdentityResult> identities;
};
template <class V>
void describe(V& v, Result& s) {
  v.required("schema_version", s.schema_version, "changes when a key changes its meaning");
  v.required("digest", s.digest,
             "SHA-256 of this document without this key and of the uncompressed series");
  v.required("scenario", s.scenario, "what was run");
  v.required("requests", s.requests, "client requests by outcome and by status");
  v.required("tiers", s.tiers,
             "edge, shield and embedded: all nodes of that role together; what PoPs do for "
             "embedded caches is not among theirs");
  v.required("origin", s.origin, "all origins together");
  v.required("classes", s.classes,
             "by content class, as those who serve clients (PoPs and embedded caches) and the "
             "origin saw it");
  v.required("latency_ms", s.latency, "latencies of client requests that were answered");
  v.required("coverage", s.coverage, "how near users are to the PoP that serves them");
  v.required("availability", s.availability, "client requests by whether they got an answer");
  v.required("traffic_share", s.traffic_share,
             "share of the bytes to users by kind of the link that reaches their network: embedded "
             "(on_net), pni, ixp, transit or backbone",
             or_null);
  v.optional("cost", s.cost, "the bill of a month, where the scenario has `billing`");
  v.required("nodes", s.nodes, "every node");
  v.required("links", s.links, "every link");
  v.optional("ixps", s.ixps, "exchanges whose fabric has a capacity, where there are any");
  v.required("isps", s.isps, "every client network");
  v.required("messages", s.messages, "between nodes, by kind");
  v.required("message_delays_raised", s.message_delays_raised,
             "messages whose delay was below min_message_delay and was raised to it");
  v.optional("viral", s.viral, "objects that went viral, where the scenario looks for them");
  v.optional("live", s.live, "live events, by workload");
  v.optional("steering", s.steering,
             "what steering did during the run, by an engine or where full PoPs redirect");
  v.optional("launches", s.launches, "PoPs that were launched, where there are any");
  v.required("events", s.events, "what happened during the run, and what it did");
  v.required("slo", s.slo, "every target of the scenario");
  v.required("identities", s.identities, "what must be equal, and is");
}

}  // namespace cdnsim
