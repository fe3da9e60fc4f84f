// What a failure of links, or a PoP that clients left, did to ways and steering.
// Does not know how the figures came about.
#pragma once

#include <cstdint>

#include <cdnsim/base/describe.hpp>

namespace cdnsim {

struct WaysResult {
  double failed_at_s = 0, converged_at_s = 0, back_at_s = 0, back_converged_at_s = 0;
  std::uint64_t links_failed = 0, cells_moved = 0;
  std::uint64_t requests_dropped = 0, answers_dropped = 0, messages_dropped = 0;
  std::uint64_t stale_requests = 0;
  double ttfb_before_ms = 0, ttfb_unconverged_ms = 0, ttfb_converged_ms = 0, ttfb_after_ms = 0;
};
template <class V>
void describe(V& v, WaysResult& s) {
  v.required("failed_at_s", s.failed_at_s, "the edge of a slot at which it began");
  v.required("converged_at_s", s.converged_at_s,
             "when routing and steering reacted; none when it was over before that", or_null);
  v.required("back_at_s", s.back_at_s, "when it was over; none when it was not", or_null);
  v.required("back_converged_at_s", s.back_converged_at_s,
             "when routing and steering were as before again; none when they never were", or_null);
  v.required("links_failed", s.links_failed, "links that carried nothing");
  v.required(
      "cells_moved", s.cells_moved,
      "cells of clients that went to another PoP because of it, or from a cache inside their "
      "network to the PoP, until it was over");
  v.required("requests_dropped", s.requests_dropped,
             "client requests after the warm-up that were lost on their way");
  v.required("answers_dropped", s.answers_dropped,
             "answers to such requests that were lost: those of clients that waited when it began");
  v.required("messages_dropped", s.messages_dropped,
             "fetches and answers between nodes that were lost, over the whole run");
  v.required("stale_requests", s.stale_requests,
             "client requests after the warm-up that went to the PoP by an old answer of the DNS, "
             "after steering had taken the PoP out");
  v.required("ttfb_before_ms", s.ttfb_before_ms,
             "mean time to first byte of all clients in the minute before, of whole seconds after "
             "the warm-up",
             or_null);
  v.required("ttfb_unconverged_ms", s.ttfb_unconverged_ms,
             "from its beginning until routing and steering reacted, of who got an answer",
             or_null);
  v.required("ttfb_converged_ms", s.ttfb_converged_ms,
             "from then on until they were as before again", or_null);
  v.required("ttfb_after_ms", s.ttfb_after_ms, "in the minute after that", or_null);
}

}  // namespace cdnsim
