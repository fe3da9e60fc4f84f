// A PoP or a shield: a front that finds the server behind the ring, and the servers' caches.
// Does not know who is behind its parents, nor how messages are delivered.
#pragma once

#include <memory>
#include <optional>
#include <queue>
#include <vector>

#include <cdnsim/data_path/coalescer.hpp>
#include <cdnsim/data_path/hash_ring.hpp>
#include <cdnsim/models/node/arrival_queue.hpp>
#include <cdnsim/models/node/observed_node.hpp>
#include <cdnsim/models/node/seen_objects.hpp>
#include <cdnsim/models/node/server_cache.hpp>
#include <cdnsim/models/node/spec.hpp>
#include <cdnsim/models/workload/catalogue.hpp>

namespace cdnsim {

struct CacheNodeConfig {
  std::string id;
  NodeRole role = NodeRole::edge;
  std::uint32_t servers = 1;
  TierSpec tier;
  std::shared_ptr<const RingShape> ring;
  Duration least_delay{0};
};

class CacheNode final : public ObservedNode {
 public:
  CacheNode(CacheNodeConfig config, const Catalogue& catalogue, std::unique_ptr<Recorder> recorder,
            ArrivalQueue arrivals);

  // Who asks this node. Cells come first, in the order in which the arrival queue names them.
  void add_cell(Egress::RouteId route, std::uint32_t region);
  void add_asker(NodeId node, Egress::RouteId route);
  // Where fetches of one content class go; contents in order.
  void add_parent(NodeId node, Duration delay) { parents_.push_back({node, delay}); }

  void advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) override;
  SimTime next_work() const override { return std::min(arrivals_.next_at(), next_deadline()); }
  CacheFlows flows() const override;
  void add_client_counts(std::vector<ClientCounts>& counts) const override;

 private:
  struct Asker {
    Egress::RouteId route = 0;
    std::uint32_t region = 0;  // of a cell
    NodeId node{};             // of a node
    bool is_cell = false;
    ClientCounts counts{};  // of a cell
  };
  struct Parent {
    NodeId node{};
    Duration delay{0};
  };
  // What is known of a request wherever it is: who asks for what since when.
  struct Asked {
    SimTime born{};
    Duration queued{0};  // before its server took it up
    std::uint16_t asker = 0;
    std::uint16_t content = 0;
    bool new_connection = false;
  };
  // A request as it stands at the server.
  struct Request {
    Asked asked;
    std::uint64_t key = 0;
    std::uint32_t object = 0;
    bool must_be_fresh = false;
    FlightToken token;       // of the asking node's flight
    std::int64_t bytes = 0;  // as a trace has it; 0: by the law of its class
  };
  struct Waiter {
    Asked asked;
    std::uint64_t key = 0;
    std::uint32_t object = 0;
    FlightToken token;
  };
  struct Server {
    std::unique_ptr<ServerCache> cache;
    SimTime busy_until{};
    bool deadline_armed = false;
    Coalescer<Waiter, SimClock> coalescer;
  };
  // What is sent back: how much, how old, and when its last byte is here.
  struct Answer {
    Bytes bytes{0};
    Duration age{0};
    SimTime last_byte_at{};
    Status status = Status::ok;
  };
  struct Deadline {
    SimTime at{};
    std::uint32_t server = 0;
    friend bool operator>(const Deadline& a, const Deadline& b) {
      return std::tuple(a.at, a.server) > std::tuple(b.at, b.server);
    }
  };

  void do_work_before(SimTime time, Outbox& outbox);
  void serve_arrivals_before(SimTime time, Outbox& outbox);
  void refill_arrivals();
  void prefetch_arrivals();
  void prefetch(std::span<const Message> messages) const;
  void on_fetch(const Message& message, Outbox& outbox);
  void on_reply(const Reply& reply, SimTime now, Outbox& outbox);

  void serve_arrival(const Arrival& arrival, std::uint32_t server, Outbox& outbox);
  void serve(const Request& request, std::uint32_t server, Outbox& outbox);
  // The server takes it up: how long it waited for that, or nothing when the server is too busy.
  std::optional<Duration> queue_for(Server& server, SimTime now);
  void serve_found(const Request& request, std::uint32_t server, ServerCache::Copy copy,
                   Outbox& outbox);
  void serve_stale(const Request& request, std::uint32_t server, ServerCache::Copy copy,
                   Outbox& outbox);
  void serve_copy(const Request& request, ServerCache::Copy copy, const ServerCache& cache,
                  Outcome outcome, Outbox& outbox);
  static Waiter waiter_of(const Request& request);
  void miss(const Request& request, std::uint32_t server, MissCause cause, Outbox& outbox);
  void pass(const Request& request, std::uint32_t server, Outbox& outbox);
  void shed(const Request& request, Outbox& outbox);
  void refresh(const Request& request, std::uint32_t server, Outbox& outbox);
  void send_fetch(const Request& request, const FlightToken& token, bool must_be_fresh,
                  Outbox& outbox);
  MissCause cause_of_absence(const Request& request);
  // When the server will have done its part of a request.
  SimTime served_at(const Asked& asked) const {
    return asked.born + asked.queued + config_.tier.service_time;
  }

  // How old an answer is to this tier, which may not count what it spent further up.
  Duration age_of(const Reply& reply) const;
  bool store(const Reply& reply, Server& server, SimTime now);
  // What waiters get when a fetch failed: the error, or a stale copy within its grace.
  Answer answer_to_failure(const Reply& reply, const Server& server, SimTime now) const;
  // `now` is the moment of decision, `ready` when the server has done its part.
  void answer(const Waiter& waiter, const Answer& answer, SimTime now, SimTime ready,
              Outbox& outbox);
  void answer_cell(const Asked& asked, const Answer& answer, SimTime now, SimTime ready,
                   bool from_cache);
  void answer_node(const Waiter& waiter, const Answer& answer, SimTime now, SimTime ready,
                   bool from_cache, Outbox& outbox);

  void arm_deadline(std::uint32_t server);
  void pass_deadline(Outbox& outbox);
  SimTime next_deadline() const {
    return deadlines_.empty() ? SimTime::max() : deadlines_.top().at;
  }

  CacheNodeConfig config_;
  const Catalogue& catalogue_;
  ArrivalQueue arrivals_;
  HashRing ring_;
  std::vector<Server> servers_;
  std::vector<Asker> askers_;
  std::vector<std::uint16_t> asker_of_node_;
  std::vector<Parent> parents_;  // by content
  SeenObjects seen_;
  std::vector<std::uint16_t> batch_servers_;  // by position in the arrivals' batch
  std::size_t prefetched_ = 0;                // likewise
  std::uint64_t arrivals_served_ = 0;
  SimTime horizon_{};  // of the present window
  std::priority_queue<Deadline, std::vector<Deadline>, std::greater<>> deadlines_;
  std::uint64_t solo_flights_ = 0;  // fetches that nobody may join have keys of their own
};

}  // namespace cdnsim
