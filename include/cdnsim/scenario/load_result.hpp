// How full ports and servers were, as a result tells it.
// Does not know how the figures came about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <cdnsim/base/describe.hpp>

namespace cdnsim {

struct Utilisation {
  double p50 = 0, p95 = 0, p99 = 0, max = 0;
  std::uint64_t congested_s = 0;
};
template <class V>
void describe(V& v, Utilisation& s) {
  v.required("p50", s.p50, "median of seconds after the warm-up, exact to 1 %; 1 is all it carries",
             or_null);
  v.required("p95", s.p95, "95th percentile of seconds", or_null);
  v.required("p99", s.p99, "99th percentile of seconds", or_null);
  v.required("max", s.max, "the fullest second", or_null);
  v.required("congested_s", s.congested_s,
             "seconds in which it was at 95 % or more, or that ended with a queue of what several "
             "nodes sent");
}

struct TrafficFigures {
  std::uint64_t bytes = 0;
  double peak_bps = 0, p95_bps = 0;
  Utilisation utilisation = {};
  std::optional<std::uint64_t> background_bytes = {};
};
template <class V>
void describe(V& v, TrafficFigures& s) {
  v.required("bytes", s.bytes, "bytes after the warm-up");
  v.required("peak_bps", s.peak_bps, "highest second", or_null);
  v.required("p95_bps", s.p95_bps,
             "95th percentile of five-minute averages; the last is filled up from the one before",
             or_null);
  v.required("utilisation", s.utilisation, "bytes of seconds over what it carries, background too");
  v.optional("background_bytes", s.background_bytes,
             "where there is background: its bytes, which no other figure of bytes has");
}

struct IxpResult {
  std::string id;
  double capacity_bps = 0, longest_queue_ms = 0;
  TrafficFigures traffic = {};
};
template <class V>
void describe(V& v, IxpResult& s) {
  v.required("id", s.id, "its id in the scenario");
  v.required("capacity_bps", s.capacity_bps, "what its fabric carries");
  describe(v, s.traffic);
  v.required("longest_queue_ms", s.longest_queue_ms,
             "the longest queue that any second ended with, as time to drain it");
}

// After the warm-up.
struct ServersResult {
  std::uint64_t count = 0;
  double busy = 0, busiest = 0;
  std::optional<double> nic = {}, fullest_nic = {};
  double waited_share = 0, mean_wait_ms = 0, longest_wait_ms = 0;
  std::uint64_t shed_by_nic = 0, shed_by_node = 0, shed_by_port = 0;
};
template <class V>
void describe(V& v, ServersResult& s) {
  v.required("count", s.count,
             "servers; of an origin, how many requests it works on at once, 0 without a limit");
  v.required("busy", s.busy,
             "share of its servers' time spent on requests; without a limit, how many of them it "
             "worked on at once, in the mean",
             or_null);
  v.required("busiest", s.busiest, "the same of the server that was busy most", or_null);
  v.optional("nic", s.nic, "where cards have a rate: utilisation of all of them together", or_null);
  v.optional("fullest_nic", s.fullest_nic, "of the fullest card", or_null);
  v.required("waited_share", s.waited_share,
             "share of the requests taken up that waited for their server. Like the next two it is "
             "null at caches whose service_time is fixed and that have neither balancer, nic, "
             "max_rate nor max_queue: it is not counted there, and latency_ms has the queues' mean",
             or_null);
  v.required("mean_wait_ms", s.mean_wait_ms, "mean wait for a server of those taken up", or_null);
  v.required("longest_wait_ms", s.longest_wait_ms, "longest wait of them", or_null);
  v.required("shed_by_nic", s.shed_by_nic,
             "of the requests shed, those whose server had too long a queue at its card");
  v.required("shed_by_node", s.shed_by_node, "those above the PoP's max_rate");
  v.required("shed_by_port", s.shed_by_port,
             "those whose answer's way out had a longer queue than max_queue of its links; the "
             "others were shed by their server");
}

}  // namespace cdnsim
