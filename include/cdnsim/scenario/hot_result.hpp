// What a result says of an object that was too hot for one server.
// Does not know JSON, nor how the figures came about.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <cdnsim/base/describe.hpp>

namespace cdnsim {

struct HotServer {
  std::uint32_t server = 0;
  std::uint64_t requests = 0;
};
template <class V>
void describe(V& v, HotServer& s) {
  v.required("server", s.server, "its number, from 0");
  v.required("requests", s.requests, "requests for the object that were given to it while listed");
}

struct HotResult {
  std::string content;
  std::uint32_t object = 0;
  double listed_at_s = 0, unlisted_at_s = 0, detection_s = 0;
  std::uint64_t peak_rps = 0, requests = 0, replica_fills = 0;
  std::vector<HotServer> by_server;
  std::uint64_t busiest_server_rps_before = 0, busiest_server_rps_after = 0;
  std::vector<std::uint64_t> busiest_server_rps;
};
template <class V>
void describe(V& v, HotResult& s) {
  v.required("class", s.content, "its class of content");
  v.required("object", s.object, "its number in the class, from 0");
  v.required("listed_at_s", s.listed_at_s, "when it came on the list, from the start of the run");
  v.required("unlisted_at_s", s.unlisted_at_s, "when it left; none: it was on it to the end",
             or_null);
  v.required("detection_s", s.detection_s,
             "from the start of the first second at or above the rate, with such a second in every "
             "interval since, to the listing");
  v.required("peak_rate_rps", s.peak_rps,
             "its requests in the highest second since that first one");
  v.required("requests", s.requests, "its requests while listed, warm-up included");
  v.required("replica_fills", s.replica_fills,
             "copies that one of its servers took from another, warm-up included");
  v.required("by_server", s.by_server,
             "the servers that shared them out: the one it belongs to first, then by number");
  v.required("busiest_server_rps_before", s.busiest_server_rps_before,
             "requests for anything in the highest second of any server, in the interval that led "
             "to the listing, or in which an alert did");
  v.required("busiest_server_rps_after", s.busiest_server_rps_after,
             "the same in all intervals while listed");
  v.required("busiest_server_rps", s.busiest_server_rps,
             "the same interval by interval, from the one before the listing on; 100 at most");
}

}  // namespace cdnsim
