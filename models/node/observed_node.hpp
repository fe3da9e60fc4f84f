// A node as the rest of the program sees it: a role, a recorder, a ledger and message counts.
// Does not know what kind of node it is.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/engine/node.hpp>
#include <cdnsim/models/network/egress.hpp>
#include <cdnsim/models/node/action.hpp>
#include <cdnsim/models/node/hot_listing.hpp>
#include <cdnsim/models/node/payloads.hpp>
#include <cdnsim/models/node/server_loads.hpp>
#include <cdnsim/models/node/storage_counters.hpp>
#include <cdnsim/observe/recorder.hpp>

namespace cdnsim {

class LookupLog;

enum class NodeRole : std::uint8_t { edge, shield, origin, detector, embedded, controller };

constexpr std::string_view name_of(NodeRole role) {
  switch (role) {
    case NodeRole::edge: return "edge";
    case NodeRole::shield: return "shield";
    case NodeRole::origin: return "origin";
    case NodeRole::detector: return "detector";
    case NodeRole::embedded: return "embedded";
    case NodeRole::controller: return "controller";
  }
  return "";
}

// Whether it serves nobody: it only hears and tells.
constexpr bool is_control(NodeRole role) {
  return role == NodeRole::detector || role == NodeRole::controller;
}

// Whether users ask it.
constexpr bool serves_clients(NodeRole role) {
  return role == NodeRole::edge || role == NodeRole::embedded;
}

// Never reset: the identities hold for the whole run.
struct MessageCounts {
  std::uint64_t sent = 0;
  std::uint64_t received = 0;
  std::uint64_t bytes_sent = 0;
  std::uint64_t bytes_received = 0;
  std::uint64_t broken_sent = 0;  // answers that break off midway
  std::uint64_t broken_received = 0;
  std::uint64_t dropped = 0;  // of those sent: their way had failed
};
using MessageTable = std::array<MessageCounts, kCountOf<MessageKind>>;

// What came and went at a node: bytes in its caches, waiters at its fetches, arrivals.
struct CacheFlows {
  std::uint64_t bytes_in = 0;
  std::uint64_t bytes_evicted = 0;
  std::uint64_t bytes_expired = 0;
  std::uint64_t bytes_purged = 0;
  std::uint64_t bytes_held = 0;
  std::uint64_t objects_held = 0;
  std::uint64_t waiters_joined = 0;
  std::uint64_t waiters_released = 0;
  std::uint64_t waiters_timed_out = 0;
  std::uint64_t waiters_waiting = 0;
  std::uint64_t arrivals = 0;       // of its own clients
  std::uint64_t delays_raised = 0;  // messages that would have come sooner than allowed
  StorageFlows storage;
};

// What became of a node's connections: to those it asks, and from those who ask it.
struct ConnectionCounts {
  std::uint64_t opened = 0;
  std::uint64_t reused = 0;
  std::uint64_t taken_in = 0;

  ConnectionCounts& operator+=(const ConnectionCounts& other) {
    opened += other.opened;
    reused += other.reused;
    taken_in += other.taken_in;
    return *this;
  }
};

// What one client network asked for and got after the warm-up.
struct ClientCounts {
  std::uint64_t requests = 0;
  std::uint64_t bytes = 0;
};

// What went over one route of a node after the warm-up, to users of a client network or to a node.
struct SentOver {
  Egress::RouteId route = 0;
  bool to_clients = false;
  std::uint32_t audience = 0;
  NodeId node{};
  std::uint64_t bytes = 0;
};

class ObservedNode : public Node {
 public:
  ObservedNode(std::string id, NodeRole role, std::unique_ptr<Recorder> recorder)
      : id_(std::move(id)),
        role_(role),
        recorder_(std::move(recorder)),
        egress_(recorder_->end()) {}

  const std::string& id() const { return id_; }
  NodeRole role() const { return role_; }
  Recorder& recorder() { return *recorder_; }
  const Recorder& recorder() const { return *recorder_; }
  Egress& egress() { return egress_; }
  const Egress& egress() const { return egress_; }
  const MessageTable& messages() const { return messages_; }
  // Those of the warm-up apart.
  const ConnectionCounts& connections(Phase phase) const {
    return connections_[static_cast<std::size_t>(phase)];
  }

  virtual bool pools_connections() const { return false; }
  // Requests may go to another of its servers than the one they belong to.
  virtual bool may_serve_elsewhere() const { return false; }
  virtual CacheFlows flows() const { return {}; }
  virtual ServerLoads server_loads() const { return {}; }
  // Hot objects that it found, those of most requests.
  virtual std::vector<HotListing> hot_listings() const { return {}; }
  // What an event of the scenario does here during the run. REQUIRES: in the order of time.
  virtual void schedule(const Action& action) = 0;
  // By event; those that do nothing here may be missing at the end.
  const std::vector<EventCounts>& event_counts() const { return event_counts_; }
  // Adds what this node counted, by client network.
  virtual void add_client_counts(std::vector<ClientCounts>&) const {}
  // From now on, what look-ups find. It costs nothing where nobody asks. The log outlives this.
  virtual void log_lookups(LookupLog&) {}
  // By route; where ways changed, over each while it held.
  virtual std::vector<SentOver> sent_over() const { return ways_before_; }

 protected:
  EventCounts& event(std::uint32_t index) {
    if (index >= event_counts_.size()) event_counts_.resize(index + 1);
    return event_counts_[index];
  }
  ConnectionCounts& connections_at(SimTime time) {
    return connections_[static_cast<std::size_t>(recorder_->phase_at(time))];
  }
  // That a way is another one from now on. Nothing is noted of those that carried nothing.
  void note_way_before(const SentOver& sent) {
    if (sent.bytes > 0) ways_before_.push_back(sent);
  }
  MessageCounts& messages(MessageKind kind) { return messages_[static_cast<std::size_t>(kind)]; }

  // When a message that leaves at `leaves` and travels for `delay` arrives.
  SimTime arrival(SimTime leaves, Duration delay, Duration least) {
    delays_raised_ += delay < least;
    return leaves + std::max(delay, least);
  }
  std::uint64_t delays_raised() const { return delays_raised_; }

  // To who would wait for an answer in vain: it takes it for a refusal at `at`.
  void send_loss(NodeId to, SimTime at, Reply loss, Outbox& outbox) {
    loss.status = Status::timed_out;
    loss.refused = 1;
    loss.last_byte_at = at;
    outbox.send(to, at, static_cast<std::uint32_t>(MessageKind::loss), loss);
    ++messages(MessageKind::loss).sent;
  }

 private:
  std::string id_;
  NodeRole role_;
  std::unique_ptr<Recorder> recorder_;
  Egress egress_;
  MessageTable messages_{};
  std::array<ConnectionCounts, 2> connections_{};  // of the warm-up, and measured
  std::uint64_t delays_raised_ = 0;
  std::vector<EventCounts> event_counts_;
  std::vector<SentOver> ways_before_;
};

}  // namespace cdnsim
