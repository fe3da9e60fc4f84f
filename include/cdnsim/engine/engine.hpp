// Advances nodes in windows of the lookahead, several windows at once where no message can come in
// between: those with work, on several threads, in one order.
// Does not know what a node is or what a message means.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include <cdnsim/engine/exchange.hpp>
#include <cdnsim/engine/mailbox.hpp>
#include <cdnsim/engine/node.hpp>
#include <cdnsim/engine/outbox.hpp>
#include <cdnsim/engine/worker_pool.hpp>

namespace cdnsim {

struct EngineOptions {
  Duration lookahead{};  // no message takes less
  std::uint32_t threads = 1;
  std::vector<Duration> reach{};  // by node: no message to it takes less; empty = the lookahead
  Duration barrier{};  // a multiple of the lookahead: nobody runs past a multiple of it; 0 = none
};

struct EngineStatistics {
  std::uint64_t windows = 0;
  std::uint64_t visits = 0;            // nodes advanced
  std::uint64_t parallel_windows = 0;  // windows that were worth more than one thread
};

class Engine {
 public:
  // Called before each window with its start: everything before it has happened, and of what comes
  // after the last barrier before it nothing, unless a window since then was called.
  using BeforeWindow = std::function<void(SimTime)>;

  // `nodes[i]` is the node with NodeId i. REQUIRES: lookahead > 0; exchange outlives the engine.
  Engine(std::vector<Node*> nodes, EngineOptions options, Exchange& exchange);

  void run(SimTime until, const BeforeWindow& before_window = {});

  // Messages sent but not yet delivered.
  std::span<const Mailbox> mailboxes() const { return mailboxes_; }
  const EngineStatistics& statistics() const { return statistics_; }

 private:
  SimTime earliest_work() const;
  // How far a node may go that has done everything before `window`: messages that are yet to be
  // sent leave at its start or later.
  std::int64_t end_of_stride(std::uint32_t node, std::int64_t window) const;
  void find_active(std::int64_t window, SimTime until);
  void advance_all(std::int64_t window, SimTime until);
  void bring_next(std::size_t i) const;
  // Of those that are active the one at this place.
  void advance_active(std::size_t i, OutboxShards& outbox, std::int64_t window, SimTime until);

  std::vector<Node*> nodes_;
  Duration lookahead_;
  std::int64_t barrier_;               // in windows
  std::vector<std::int64_t> strides_;  // by node, in windows
  std::vector<std::int64_t> done_;     // by node: every window before this one
  Exchange& exchange_;
  WorkerPool pool_;
  std::vector<Mailbox> mailboxes_;
  std::vector<SimTime> next_work_;
  std::vector<std::uint32_t> sequences_;
  std::vector<std::uint64_t> last_work_;
  std::vector<OutboxShards> outboxes_;
  std::vector<std::uint32_t> active_;
  EngineStatistics statistics_;
};

}  // namespace cdnsim
