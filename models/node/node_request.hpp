// A request at a cache node: what is known of it at once, who waits for its answer, and what it
// asks. Does not know caches.
#pragma once

#include <cstdint>

#include <cdnsim/base/time.hpp>
#include <cdnsim/models/node/payloads.hpp>
#include <cdnsim/models/workload/forms.hpp>

namespace cdnsim {

struct NodeAsked {
  SimTime born{};
  Duration queued{0};  // before its server took it up
  std::uint16_t asker = 0;
  std::uint16_t content = 0;
  bool new_connection = false;
  bool follows = false;      // it waits for what another one fetches
  std::uint16_t server = 0;  // that was asked, and sends the answer
  BytePart part;             // of an object that is kept as a whole
  Duration service{0};       // how long its server works on it
};
// Who waits for an answer: a cell's user, or a node for one of its flights.
struct NodeWaiter {
  NodeAsked asked;
  std::uint64_t key = 0;
  std::uint32_t object = 0;
  std::uint32_t viewer = 0;  // of a live event, in his cell
  std::int64_t bytes = 0;    // of the object, as a trace has it; 0: by the law of its class
  FlightToken token;
  SimTime held_since = kNothingHeld;  // what the asking node holds
  bool must_be_fresh = false;         // it has a stale copy of its own
  std::uint64_t leads = 0;            // the flight that it began
};
struct NodeRequest : NodeWaiter {
  bool only_if_cached = false;
};

}  // namespace cdnsim
