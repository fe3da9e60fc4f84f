// The keys and sizes of copies that were evicted not long ago: FIFOs bounded by their bytes.
// Does not know which cache they left, nor what being remembered is good for.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/slot.hpp>
#include <cdnsim/data_path/slot_index.hpp>

namespace cdnsim {

// Queues that share one index, so that one look tells which of them knows a key; one at most does.
template <std::size_t kQueues>
class GhostQueues {
 public:
  static constexpr std::size_t kNone = kQueues;

  GhostQueues() : GhostQueues(Bytes(0)) {}
  // `capacity` is that of each.
  explicit GhostQueues(Bytes capacity) : capacity_(capacity.count()) {
    for (Queue& queue : queues_) queue.ring.reach(kLeastRoom - 1);
  }

  // The queue that remembered `key`, or kNone; it no longer does.
  std::size_t forget(std::uint64_t key) {
    if (index_.size() == 0) return kNone;
    const Slot slot = find(key);
    if (slot == kNoSlot) return kNone;
    const std::size_t which = queue_of(slot);
    drop(queues_[which], slot);
    return which;
  }

  // A queue takes `key` in as the newest, unless it is in one already or larger than a whole queue;
  // the oldest make room.
  void remember(std::uint64_t key, std::int64_t bytes, std::size_t which = 0) {
    if (bytes > capacity_ || find(key) != kNoSlot) return;
    Queue& queue = queues_[which];
    while (queue.held > capacity_ - bytes) drop_oldest(which);
    if (queue.span == queue.ring.size()) renew(which);
    if (index_.full()) grow_index();
    const Slot place = queue.after(queue.oldest, queue.span++);
    queue.ring[place] = {key, bytes};
    index_.insert(key, slot_of(place, which));
    queue.held += bytes;
    ++queue.live;
  }

  // False when nothing is remembered.
  bool forget_oldest(std::size_t which = 0) {
    if (queues_[which].live == 0) return false;
    for (const std::uint64_t before = queues_[which].live; queues_[which].live == before;) {
      drop_oldest(which);
    }
    return true;
  }

  // Hint: the key may be asked for, or remembered, soon.
  void prefetch(std::uint64_t key) const { index_.prefetch(key); }

  Bytes held(std::size_t which = 0) const { return Bytes(queues_[which].held); }
  std::uint64_t size(std::size_t which = 0) const { return queues_[which].live; }
  std::size_t memory_bytes() const {
    std::size_t sum = index_.memory_bytes();
    for (const Queue& queue : queues_) sum += queue.ring.size() * sizeof(Ghost);
    return sum;
  }

 private:
  struct Ghost {
    std::uint64_t key;
    std::int64_t bytes;
  };
  struct Queue {
    SlotArray<Ghost> ring;
    Slot oldest = 0;
    std::uint64_t span = 0;  // places from the oldest to the newest, gaps included
    std::uint64_t live = 0;
    std::int64_t held = 0;

    // The place so many places on, round the end.
    Slot after(Slot place, std::uint64_t steps) const {
      const std::uint64_t sum = place + steps;
      return static_cast<Slot>(sum < ring.size() ? sum : sum - ring.size());
    }
  };
  static constexpr std::int64_t kForgotten = -1;
  static constexpr Slot kLeastRoom = 16;

  // The index's slots: places of all rings in turn, counted from 1.
  static Slot slot_of(Slot place, std::size_t which) {
    return static_cast<Slot>(place * kQueues + which + 1);
  }
  static std::size_t queue_of(Slot slot) { return (slot - 1) % kQueues; }
  static Slot place_of(Slot slot) { return static_cast<Slot>((slot - 1) / kQueues); }

  Slot find(std::uint64_t key) const {
    return index_.find(
        key, [this](Slot slot) { return queues_[queue_of(slot)].ring[place_of(slot)].key; });
  }

  // Its place stays, and is passed over when the oldest comes to it.
  void drop(Queue& queue, Slot slot) {
    Ghost& ghost = queue.ring[place_of(slot)];
    index_.erase(ghost.key, slot);
    queue.held -= ghost.bytes;
    --queue.live;
    ghost.bytes = kForgotten;
  }
  void drop_oldest(std::size_t which) {
    Queue& queue = queues_[which];
    if (queue.ring[queue.oldest].bytes != kForgotten) drop(queue, slot_of(queue.oldest, which));
    queue.oldest = queue.after(queue.oldest, 1);
    --queue.span;
  }

  // Closes the gaps, and lets the ring grow if few of its places were gaps.
  void renew(std::size_t which) {
    Queue& queue = queues_[which];
    SlotArray<Ghost>& ring = queue.ring;
    std::uint64_t kept = 0;
    for (std::uint64_t i = 0; i < queue.span; ++i) {
      const Slot place = queue.after(queue.oldest, i);
      const Ghost ghost = ring[place];
      if (ghost.bytes == kForgotten) continue;
      index_.erase(ghost.key, slot_of(place, which));
      ring[queue.after(queue.oldest, kept++)] = ghost;
    }
    std::rotate(ring.data(), ring.data() + queue.oldest, ring.data() + ring.size());
    queue.oldest = 0;
    queue.span = kept;
    if (kept > ring.size() / 4 * 3) {
      CDNSIM_ASSERT(ring.size() < kMaxSlot / 2 / kQueues, "more ghosts than slots can name");
      ring.reach(static_cast<Slot>(ring.size() + ring.size() / 2 - 1));
    }
    index_queue(which);
  }
  void grow_index() {
    index_.grow();
    for (std::size_t which = 0; which < kQueues; ++which) index_queue(which);
  }
  // REQUIRES: none of its keys are in the index.
  void index_queue(std::size_t which) {
    const Queue& queue = queues_[which];
    for (std::uint64_t i = 0; i < queue.span; ++i) {
      const Slot place = queue.after(queue.oldest, i);
      const Ghost& ghost = queue.ring[place];
      if (ghost.bytes != kForgotten) index_.insert(ghost.key, slot_of(place, which));
    }
  }

  std::array<Queue, kQueues> queues_;
  SlotIndex index_;
  std::int64_t capacity_ = 0;
};

// One alone.
class GhostQueue : public GhostQueues<1> {
 public:
  using GhostQueues<1>::GhostQueues;

  // Whether `key` was remembered; it no longer is.
  bool forget(std::uint64_t key) { return GhostQueues<1>::forget(key) != kNone; }
};

}  // namespace cdnsim
