// Everything a run found. Each figure's definition stands in describe() and goes to the schema.
// Does not know JSON, nor how the figures came about. Holds nothing that may differ between runs.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/scenario/event_result.hpp>
#include <cdnsim/scenario/hot_result.hpp>
#include <cdnsim/scenario/latency_result.hpp>
#include <cdnsim/scenario/storage_result.hpp>
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

// Look-up outcomes of the requests that came in after the warm-up.
struct OutcomeCounts {
  std::uint64_t requests = 0;
  std::uint64_t hits = 0, stale_hits = 0, negative_hits = 0, delayed_hits = 0, misses = 0;
  std::uint64_t passes = 0, shed = 0;
};
template <class V>
void describe_outcomes(V& v, OutcomeCounts& s) {
  v.required("hits", s.hits, "found fresh");
  v.required("stale_hits", s.stale_hits, "found stale, within its grace, and served");
  v.required("negative_hits", s.negative_hits, "answered with a remembered 404 or error");
  v.required("delayed_hits", s.delayed_hits,
             "joined a fetch that was under way, or read an entry that was filling");
  v.required("misses", s.misses, "led a fetch");
  v.required("passes", s.passes, "not cacheable: a fetch of its own");
  v.required("shed", s.shed, "refused because the server was too busy");
}

struct RequestTotals {
  OutcomeCounts outcomes;
  std::uint64_t not_found = 0, errors = 0, timed_out = 0, rate_limited = 0, in_flight = 0;
};
template <class V>
void describe(V& v, RequestTotals& s) {
  v.required("total", s.outcomes.requests, "client requests born after the warm-up");
  describe_outcomes(v, s.outcomes);
  v.required("not_found", s.not_found, "answered with a 404, which is not an error");
  v.required("errors", s.errors, "ended in an error, shed ones included");
  v.required("timed_out", s.timed_out, "waited longer for a fetch than the coalescing limit");
  v.required("rate_limited", s.rate_limited, "refused by a rate limit");
  v.required("in_flight", s.in_flight, "no first byte had left when the run ended");
}

struct MissCauses {
  std::uint64_t first_request = 0, not_fetched = 0, evicted = 0, expired = 0, purged = 0,
                not_admitted = 0;
  std::uint64_t re_steered = 0, spilled = 0;
};
template <class V>
void describe(V& v, MissCauses& s) {
  v.required("first_request", s.first_request, "this node was never asked for the object before");
  v.required("not_fetched", s.not_fetched,
             "was asked for before, but that fetch failed or is still under way");
  v.required("evicted", s.evicted, "was in the cache and has been pushed out");
  v.required("expired", s.expired, "a copy was there, stale and beyond its grace");
  v.required("purged", s.purged, "a purge removed it");
  v.required("not_admitted", s.not_admitted,
             "the cache does not take it: no time to live, larger than the cache, or refused by "
             "the policy");
  v.required(
      "re_steered", s.re_steered,
      "a server that it belonged to before has a copy: servers went down or came back since");
  v.required(
      "spilled", s.spilled,
      "where loads are bounded: another server that works has a copy or is fetching one, but "
      "the request went to this one");
}

// What one node, one tier or one content class at the edge did after the warm-up.
struct Activity {
  OutcomeCounts outcomes;
  MissCauses miss_causes;
  double hit_ratio = 0, byte_hit_ratio = 0, served_without_fetch_ratio = 0;
  std::uint64_t remembered_errors = 0;
  std::uint64_t errors = 0, fetches = 0, refreshes = 0, resent = 0, not_modified = 0, outdated = 0;
  std::uint64_t replica_fills = 0;
  std::uint64_t aborted = 0, broken_off = 0;
  std::uint64_t bytes_served = 0, bytes_fetched = 0;
};
template <class V>
void describe_activity(V& v, Activity& s) {
  v.required("requests", s.outcomes.requests, "requests that came in");
  describe_outcomes(v, s.outcomes);
  v.required("miss_causes", s.miss_causes, "why misses missed; they sum to misses");
  v.required("hit_ratio", s.hit_ratio,
             "(hits + stale_hits + negative_hits - remembered_errors) / (requests - passes - shed)",
             or_null);
  v.required("byte_hit_ratio", s.byte_hit_ratio, "bytes of those hits / bytes_served", or_null);
  v.required("served_without_fetch_ratio", s.served_without_fetch_ratio,
             "as hit_ratio, with delayed_hits counted as hits", or_null);
  v.required("remembered_errors", s.remembered_errors,
             "negative_hits whose answer was a remembered error: they save a fetch and serve "
             "nobody, so that no ratio counts them as hits");
  v.required("errors", s.errors, "requests that ended in an error, time-out or refusal");
  v.required("fetches", s.fetches, "fetches sent to a parent because of a request");
  v.required("refreshes", s.refreshes,
             "fetches sent in the background for copies that are stale or will be soon");
  v.required("resent", s.resent,
             "fetches sent again: to the next place after a refusal, or once more after a failure");
  v.required("not_modified", s.not_modified,
             "fetches answered by 304: the copy held here is still good");
  v.required("outdated", s.outdated,
             "answers that the origin would not have given any more: the object had changed, or a "
             "purge had been published");
  v.required("replica_fills", s.replica_fills,
             "requests for a hot object whose server had no copy in date and took one from another "
             "server of the node; they count as hits, or delayed hits while that one is filling");
  v.required("aborted", s.aborted, "fetches whose answer broke off midway; nothing of it was kept");
  v.required(
      "broken_off", s.broken_off,
      "answers that broke off midway, which count as errors: their server went down, or what "
      "they were read from broke off");
  v.required("bytes_served", s.bytes_served, "bytes of the answers that began before the end");
  v.required("bytes_fetched", s.bytes_fetched,
             "bytes of the answers received from parents after the warm-up");
}
template <class V>
void describe(V& v, Activity& s) {
  describe_activity(v, s);
}

// After the warm-up.
struct ConnectionResult {
  std::uint64_t opened = 0, reused = 0;
  double reuse_share = 0;
  std::uint64_t taken_in = 0;
};
template <class V>
void describe(V& v, ConnectionResult& s) {
  v.required("opened", s.opened, "connections that it opened for its fetches");
  v.required("reused", s.reused, "fetches that found an idle connection");
  v.required("reuse_share", s.reuse_share, "reused / (opened + reused)", or_null);
  v.required("taken_in", s.taken_in, "connections that nodes opened to it");
}

struct NodeResult {
  std::string id, kind;
  Activity activity;
  std::uint64_t relayed_requests = 0, relayed_hits = 0;
  double fullest_server = 0, emptiest_server = 0, spilled_share = 0;
  std::uint64_t objects_held = 0, bytes_held = 0;
  std::map<std::string, StorageResult> storage;
  std::vector<HotResult> hot;
  std::optional<ConnectionResult> connections;
};
template <class V>
void describe(V& v, NodeResult& s) {
  v.required("id", s.id, "its id in the scenario");
  v.required("kind", s.kind, "edge, shield or origin; at an origin a hit is an answered request");
  describe_activity(v, s.activity);
  v.required("relayed_requests", s.relayed_requests,
             "of an edge: requests of other nodes, which are not among its own");
  v.required("relayed_hits", s.relayed_hits, "of those, hits as in hit_ratio");
  v.required("fullest_server", s.fullest_server,
             "requests of the server that had most, over the mean of its servers", or_null);
  v.required("emptiest_server", s.emptiest_server, "the same of the one that had least", or_null);
  v.required("spilled_share", s.spilled_share,
             "where loads are bounded: share of requests that their first server had no room for",
             or_null);
  v.required("objects_held", s.objects_held, "objects in its caches when the run ended");
  v.required("bytes_held", s.bytes_held, "bytes in its caches when the run ended");
  v.required("storage", s.storage,
             "ram, ssd and hdd of its servers; nothing when they have no disks");
  v.required("hot", s.hot,
             "the objects that were on its list of hot objects, in the order of their listing; the "
             "100 of most requests");
  v.optional("connections", s.connections, "between nodes, where the scenario speaks of them");
}

struct TrafficFigures {
  std::uint64_t bytes = 0;
  double peak_bps = 0, p95_bps = 0;
};
template <class V>
void describe(V& v, TrafficFigures& s) {
  v.required("bytes", s.bytes, "bytes after the warm-up");
  v.required("peak_bps", s.peak_bps, "highest second", or_null);
  v.required("p95_bps", s.p95_bps,
             "95th percentile of five-minute averages; the last is filled up from the one before",
             or_null);
}

struct LinkResult {
  std::string id, kind, from, to;
  double capacity_bps = 0;
  TrafficFigures dearer, forward, backward;
  double utilisation_p95 = 0, longest_queue_ms = 0;
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
  v.required("utilisation_p95", s.utilisation_p95, "p95_bps / capacity_bps", or_null);
  v.required("longest_queue_ms", s.longest_queue_ms,
             "the longest queue at either end that any second ended with, as time to drain it");
  v.required("forward", s.forward, "traffic sent by `from`");
  v.required("backward", s.backward, "traffic sent by `to`");
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
}

struct IspResult {
  std::string id, region, served_by;
  std::uint64_t requests = 0, external_bytes = 0;
  double round_trip_ms = 0;
};
template <class V>
void describe(V& v, IspResult& s) {
  v.required("id", s.id, "client network");
  v.required("region", s.region, "its region");
  v.required("served_by", s.served_by, "the PoP its users are steered to");
  v.required("requests", s.requests, "requests of its users after the warm-up");
  v.required("external_bytes", s.external_bytes, "bytes its users got from outside the network");
  v.required("round_trip_ms", s.round_trip_ms, "between a user and the PoP, without queues");
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
  std::uint64_t sent = 0, received = 0, in_flight = 0;
};
template <class V>
void describe(V& v, MessageResult& s) {
  v.required("kind", s.kind,
             "fetch or reply; hot_report and hot_alert where viral objects are looked for");
  v.required("sent", s.sent, "over the whole run");
  v.required("received", s.received, "over the whole run");
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
  std::vector<NodeResult> nodes;
  std::vector<LinkResult> links;
  std::vector<IspResult> isps;
  std::vector<MessageResult> messages;
  std::uint64_t message_delays_raised = 0;
  std::optional<ViralResult> viral;
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
  v.required("tiers", s.tiers, "edge and shield: all nodes of that role together");
  v.required("origin", s.origin, "all origins together");
  v.required("classes", s.classes, "by content class, as the edge and the origin saw it");
  v.required("latency_ms", s.latency, "latencies of client requests that were answered");
  v.required("coverage", s.coverage, "how near users are to the PoP that serves them");
  v.required("availability", s.availability, "client requests by whether they got an answer");
  v.required("traffic_share", s.traffic_share,
             "share of the bytes to clients by kind of the link that reaches them", or_null);
  v.required("nodes", s.nodes, "every node");
  v.required("links", s.links, "every link");
  v.required("isps", s.isps, "every client network");
  v.required("messages", s.messages, "between nodes, by kind");
  v.required("message_delays_raised", s.message_delays_raised,
             "messages whose delay was below min_message_delay and was raised to it");
  v.optional("viral", s.viral, "objects that went viral, where the scenario looks for them");
  v.required("events", s.events, "what happened during the run, and what it did");
  v.required("slo", s.slo, "every target of the scenario");
  v.required("identities", s.identities, "what must be equal, and is");
}

}  // namespace cdnsim
