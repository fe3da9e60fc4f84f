// What a result says of requests, misses, tiers and nodes: counts and ratios with their
// definitions. Does not know networks, latencies or money.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/scenario/cost_result.hpp>
#include <cdnsim/scenario/hot_result.hpp>
#include <cdnsim/scenario/load_result.hpp>
#include <cdnsim/scenario/storage_result.hpp>

namespace cdnsim {

// Look-up outcomes of the requests that came in after the warm-up.
struct OutcomeCounts {
  std::uint64_t requests = 0;
  std::uint64_t hits = 0, stale_hits = 0, negative_hits = 0, delayed_hits = 0, misses = 0;
  std::uint64_t passes = 0, shed = 0, dropped = 0;
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
  v.required("shed", s.shed, "refused: the server was too busy, or down");
  v.required("dropped", s.dropped,
             "of clients: lost between them and the PoP, where a link or a place had failed and "
             "routing had not reacted yet, or has no other way");
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
  v.required("timed_out", s.timed_out,
             "waited longer for a fetch than the coalescing limit, or dropped");
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
  v.required(
      "expired", s.expired,
      "a copy was there, stale and beyond its grace; or a 404 that is not remembered any more");
  v.required("purged", s.purged, "a purge removed it");
  v.required("not_admitted", s.not_admitted,
             "the cache does not take it: no time to live, larger than the cache, refused by "
             "the policy, or a 404 that is not remembered at all");
  v.required(
      "re_steered", s.re_steered,
      "a server that it belonged to before has a copy: servers went down or came back since");
  v.required(
      "spilled", s.spilled,
      "where loads are bounded or balanced: another server that works has a copy or is fetching "
      "one, but the request went to this one");
}

// Who did the work.
struct ServedBy {
  std::uint64_t home = 0, content = 0, health = 0, overflow = 0;
};
template <class V>
void describe(V& v, ServedBy& s) {
  v.required("home", s.home, "the place that it belongs to");
  v.required("content", s.content,
             "another one, since that has the object: a server that a hot object is spread to, or "
             "a peer");
  v.required("health", s.health, "another one, since the place that it belongs to was down");
  v.required("overflow", s.overflow, "another one, since that place was too busy");
}

// What one node, one tier or one content class at the edge did after the warm-up.
struct Activity {
  OutcomeCounts outcomes;
  MissCauses miss_causes;
  ServedBy served, answered;
  double hit_ratio = 0, byte_hit_ratio = 0, served_without_fetch_ratio = 0;
  std::uint64_t remembered_errors = 0, failed_waits = 0, stale_on_error = 0;
  std::uint64_t errors = 0, fetches = 0, refreshes = 0, resent = 0, not_modified = 0, outdated = 0;
  std::uint64_t replica_fills = 0;
  std::uint64_t aborted = 0, broken_off = 0;
  std::uint64_t bytes_served = 0, bytes_fetched = 0;
  std::optional<std::uint64_t> bytes_pushed = {};
};
template <class V>
void describe_activity(V& v, Activity& s) {
  v.required("requests", s.outcomes.requests, "requests that came in");
  describe_outcomes(v, s.outcomes);
  v.required("miss_causes", s.miss_causes, "why misses missed; they sum to misses");
  v.required("served", s.served,
             "requests by the server of the node that they were given to; they sum to requests but "
             "dropped");
  v.required("answered", s.answered,
             "answers to fetches by the place that gave the last one: the parent is home; with "
             "those sent again they sum to the answers that came in");
  v.required(
      "hit_ratio", s.hit_ratio,
      "(hits + stale_hits + negative_hits - remembered_errors) / (requests - passes - shed - "
      "dropped)",
      or_null);
  v.required("byte_hit_ratio", s.byte_hit_ratio, "bytes of those hits / bytes_served", or_null);
  v.required("served_without_fetch_ratio", s.served_without_fetch_ratio,
             "as hit_ratio, with delayed_hits counted as hits but for failed_waits", or_null);
  v.required("remembered_errors", s.remembered_errors,
             "negative_hits whose answer was a remembered error: they save a fetch and serve "
             "nobody, so that no ratio counts them as hits");
  v.required("failed_waits", s.failed_waits,
             "delayed_hits that ended in an error or a time-out, or whose answer broke off");
  v.required("stale_on_error", s.stale_on_error,
             "requests whose fetch failed or took too long, answered by a stale copy instead "
             "(stale-if-error); they stay misses and delayed hits");
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
  v.optional("bytes_pushed", s.bytes_pushed,
             "where something is sent down unasked: bytes of that, which bytes_served has not");
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
  ServersResult servers = {};
  std::uint64_t objects_held = 0, bytes_held = 0;
  std::map<std::string, StorageResult> storage;
  std::vector<HotResult> hot;
  std::optional<ConnectionResult> connections;
  std::optional<double> nic_utilisation_p95 = {};
  std::optional<double> monthly_cost = {};
  std::optional<SiteMonth> month = {};
};
template <class V>
void describe(V& v, NodeResult& s) {
  v.required("id", s.id, "its id in the scenario");
  v.required("kind", s.kind,
             "edge, shield, embedded or origin; at an origin a hit is an answered request");
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
  v.required("servers", s.servers, "how busy its servers were");
  v.required("objects_held", s.objects_held, "objects in its caches when the run ended");
  v.required("bytes_held", s.bytes_held, "bytes in its caches when the run ended");
  v.required("storage", s.storage,
             "ram, ssd and hdd of its servers; nothing when they have no disks");
  v.required("hot", s.hot,
             "the objects that were on its list of hot objects, in the order of their listing; the "
             "100 of most requests");
  v.optional("connections", s.connections, "between nodes, where the scenario speaks of them");
  v.optional(
      "nic_utilisation_p95", s.nic_utilisation_p95,
      "where the scenario says what its servers' cards carry: 95th percentile of five-minute "
      "averages of all that leaves it, over servers x nic",
      or_null);
  v.optional(
      "monthly_cost_usd", s.monthly_cost,
      "of a PoP, shield or embedded cache, where there is a bill: its own lines and those of "
      "its links");
  v.optional("month", s.month, "what a PoP or an embedded cache is worth, where there is a bill");
}

}  // namespace cdnsim
