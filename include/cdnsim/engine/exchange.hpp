// How messages get from outboxes to mailboxes, and how all agree on the next window.
// Does not know nodes or threads; other machines take part by another implementation.
#pragma once

#include <span>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/engine/mailbox.hpp>
#include <cdnsim/engine/outbox.hpp>

namespace cdnsim {

class Exchange {
 public:
  virtual ~Exchange() = default;

  // Moves one destination shard of every worker's outbox into the mailboxes. Shards are
  // independent: different workers may deliver different shards at the same time.
  virtual void deliver_shard(std::uint32_t shard, std::span<OutboxShards> outboxes,
                             std::span<Mailbox> mailboxes) = 0;

  // The earliest work of anybody who takes part, given this one's.
  virtual SimTime agree_on_earliest(SimTime mine) = 0;
};

// Everybody lives in this process.
class LocalExchange final : public Exchange {
 public:
  void deliver_shard(std::uint32_t shard, std::span<OutboxShards> outboxes,
                     std::span<Mailbox> mailboxes) override {
    for (OutboxShards& outbox : outboxes) {
      for (const Message& message : outbox.shard(shard)) {
        mailboxes[index_of(message.to)].put(message);
      }
    }
  }
  SimTime agree_on_earliest(SimTime mine) override { return mine; }
};

}  // namespace cdnsim
