// What a scenario's events come to at one node: a purge reaches it, it goes down, a server does.
// Does not know the scenario, nor how the node carries it out.
#pragma once

#include <cstdint>
#include <limits>
#include <variant>

#include <cdnsim/base/time.hpp>
#include <cdnsim/models/workload/catalogue.hpp>

namespace cdnsim {

// Which copies a purge is about: of one class or of all, those numbered so or tagged so.
struct PurgeScope {
  static constexpr std::uint32_t kAllContents = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::uint32_t kAnyTag = std::numeric_limits<std::uint32_t>::max();

  std::uint32_t content = kAllContents;
  std::uint64_t first = 0;  // objects from this one on
  std::uint64_t end = std::numeric_limits<std::uint64_t>::max();
  std::uint32_t tag = kAnyTag;

  bool concerns(std::uint16_t of) const { return content == kAllContents || content == of; }
  bool covers(const Catalogue& catalogue, std::uint16_t of, std::uint32_t object) const {
    return concerns(of) && object >= first && object < end &&
           (tag == kAnyTag || catalogue[of].tag_of(object) == tag);
  }
};

struct Purge {
  PurgeScope scope;
  bool soft = false;    // copies go stale and stay
  SimTime published{};  // what was made before is not to be served any more
};

// A node refuses everything, or works again.
struct NodeSwitch {
  bool down = false;
};

// A server refuses everything, or works again, perhaps with nothing in it.
struct ServerSwitch {
  std::uint32_t server = 0;
  bool down = false;
  bool wipe = false;
};
// The node has noticed, and sends the server nothing, or again its share.
struct ServerNoticed {
  std::uint32_t server = 0;
  bool down = false;
};

struct Action {
  SimTime at{};
  std::uint32_t event = 0;  // whose effect is counted
  std::variant<Purge, NodeSwitch, ServerSwitch, ServerNoticed> what;
};

// What one event did at one node.
struct EventCounts {
  std::uint64_t copies = 0;           // purged
  std::uint64_t served_outdated = 0;  // answers out of copies that were to be purged
  std::uint64_t requests = 0;         // while moved ones were counted
  std::uint64_t moved = 0;            // of them, whose object belonged to another server before
};

}  // namespace cdnsim
