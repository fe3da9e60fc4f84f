#include <cdnsim/engine/exchange.hpp>

namespace cdnsim {
namespace {

// Fewer messages than this are delivered faster by one thread.
constexpr std::size_t kMessagesWorthThreads = 2048;

}  // namespace

// Shards are independent: different workers deliver different shards at the same time.
void LocalExchange::deliver(std::span<OutboxShards> outboxes, std::span<Mailbox> mailboxes,
                            WorkerPool& pool) {
  std::size_t messages = 0;
  for (const OutboxShards& outbox : outboxes) messages += outbox.size();
  if (messages == 0) return;
  const auto deliver_shard = [&](std::uint32_t, std::size_t shard) {
    for (OutboxShards& outbox : outboxes) {
      for (const Message& message : outbox.shard(static_cast<std::uint32_t>(shard))) {
        mailboxes[index_of(message.to)].put(message);
      }
    }
  };
  if (pool.size() == 1 || messages < kMessagesWorthThreads) {
    for (std::uint32_t shard = 0; shard < pool.size(); ++shard) deliver_shard(0, shard);
  } else {
    pool.share(pool.size(), deliver_shard);
  }
  for (OutboxShards& outbox : outboxes) outbox.clear();
}

}  // namespace cdnsim
