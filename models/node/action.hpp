// What a scenario's events come to at one node: a purge reaches it, it goes down, a server does, a
// way fails or changes, cells come and go.
// Does not know the scenario, nor how the node carries it out.
#pragma once

#include <cstdint>
#include <limits>
#include <variant>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/engine/message.hpp>
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

// A node works worse than it should, or that is over.
struct Degrade {
  bool on = false;
  double capacity = 1;  // what is left of it
  Duration delay{0};    // of answers
  double errors = 0;    // share of requests
};

// A cell of clients comes to a PoP, or goes elsewhere; arrivals it has drawn already stay with it.
// REQUIRES of this, of CellMirror, of CellClasses and of CellWay: at the edge of a slot.
struct CellSwitch {
  std::uint16_t cell = 0;  // as the arrival queue names it
  bool held = false;
  bool stale = false;  // by an old answer of the DNS: the PoP is not to have it
};
// A copy of each request of a cell that asks elsewhere comes here too, for nobody to answer.
struct CellMirror {
  std::uint16_t cell = 0;
  bool on = false;
};
// From now on a cell asks here for these classes, by content; empty: for all.
struct CellClasses {
  std::uint16_t cell = 0;
  std::vector<bool> classes;
};
// The way to a cell and back is another one from now on, or is cut: what takes it is lost.
struct CellWay {
  std::uint16_t cell = 0;   // or the number of a guest
  std::uint32_t route = 0;  // of the node's own
  bool cut = false;
};
// The same of answers to a node, which finds out that one is lost after `noticed_after`.
struct AskerWay {
  NodeId node{};
  std::uint32_t route = 0;
  bool cut = false;
  Duration noticed_after{0};
};
// The same of fetches to a node. When routing knows no way, or others are to be asked before it, it
// is asked last.
struct UpstreamWay {
  NodeId node{};
  Duration delay{0};
  Duration back{0};
  bool cut = false;
  bool unreachable = false;
};

struct Action {
  SimTime at{};
  std::uint32_t event = 0;  // whose effect is counted
  std::variant<Purge, NodeSwitch, ServerSwitch, ServerNoticed, Degrade, CellSwitch, CellMirror,
               CellClasses, CellWay, AskerWay, UpstreamWay>
      what;
};

// What one event did at one node.
struct EventCounts {
  std::uint64_t copies = 0;           // purged
  std::uint64_t served_outdated = 0;  // answers out of copies that were to be purged
  std::uint64_t requests = 0;         // while moved ones were counted
  std::uint64_t moved = 0;            // of them, whose object belonged to another server before
  // Where its ways failed: requests of clients, answers to clients, and messages of nodes.
  std::uint64_t requests_dropped = 0;
  std::uint64_t answers_dropped = 0;
  std::uint64_t messages_dropped = 0;
  std::uint64_t stale_requests = 0;  // that came by an old answer of the DNS
};

}  // namespace cdnsim
