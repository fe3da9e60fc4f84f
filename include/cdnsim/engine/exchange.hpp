// How messages get from outboxes to mailboxes, and how all agree on the next window.
// Does not know nodes or threads; other machines take part by another implementation.
#pragma once

#include <span>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/engine/mailbox.hpp>
#include <cdnsim/engine/outbox.hpp>
#include <cdnsim/engine/worker_pool.hpp>

namespace cdnsim {

class Exchange {
 public:
  virtual ~Exchange() = default;

  // Moves what every worker's outbox holds into the mailboxes, and leaves the outboxes empty.
  // Called once a window by everybody who takes part, with or without messages.
  virtual void deliver(std::span<OutboxShards> outboxes, std::span<Mailbox> mailboxes,
                       WorkerPool& pool) = 0;

  // The earliest work of anybody who takes part, given this one's.
  virtual SimTime agree_on_earliest(SimTime mine) = 0;
};

// Everybody lives in this process.
class LocalExchange final : public Exchange {
 public:
  void deliver(std::span<OutboxShards> outboxes, std::span<Mailbox> mailboxes,
               WorkerPool& pool) override;
  SimTime agree_on_earliest(SimTime mine) override { return mine; }
};

}  // namespace cdnsim
