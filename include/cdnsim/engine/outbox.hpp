// Where a node puts its messages during a window, and where it says how much it did.
// Does not know when or by whom they are delivered.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/engine/message.hpp>

namespace cdnsim {

// One per worker: messages sorted into one list per destination shard as they are sent, so that
// delivery never scans messages that are for somebody else.
class OutboxShards {
 public:
  explicit OutboxShards(std::uint32_t shards) : shards_(shards) {}

  void push(const Message& message) {
    shards_[index_of(message.to) % shards_.size()].push_back(message);
    ++size_;
  }
  std::vector<Message>& shard(std::uint32_t index) { return shards_[index]; }
  std::size_t size() const { return size_; }
  void clear() {
    for (std::vector<Message>& shard : shards_) shard.clear();
    size_ = 0;
  }

 private:
  std::vector<std::vector<Message>> shards_;
  std::size_t size_ = 0;
};

// One node's view for one window. REQUIRES: a message arrives at or after `window_end`.
class Outbox {
 public:
  Outbox(OutboxShards& shards, NodeId from, std::uint32_t& sequence, SimTime window_end)
      : shards_(shards), from_(from), sequence_(sequence), window_end_(window_end) {}

  template <class Payload>
  void send(NodeId to, SimTime at, std::uint32_t kind, const Payload& payload) {
    static_assert(std::is_trivially_copyable_v<Payload>);
    static_assert(sizeof(Payload) <= Message::kPayloadBytes);
    CDNSIM_ASSERT(at >= window_end_, "a message must take at least the lookahead");
    Message message;
    message.at = at;
    message.from = from_;
    message.to = to;
    // Per source, not global: a global number would depend on which worker ran first.
    message.sequence = sequence_++;
    message.kind = kind;
    std::memcpy(message.payload.data(), &payload, sizeof(Payload));
    shards_.push(message);
  }

  NodeId from() const { return from_; }

  // How many requests and messages were handled: lets the engine keep small windows on one thread.
  void note_work(std::uint64_t units) { work_ += units; }
  std::uint64_t work() const { return work_; }

 private:
  OutboxShards& shards_;
  NodeId from_;
  std::uint32_t& sequence_;
  SimTime window_end_;
  std::uint64_t work_ = 0;
};

}  // namespace cdnsim
