// The keys and sizes of copies that were evicted not long ago: a FIFO bounded by their bytes.
// Does not know which cache they left, nor what being remembered is good for.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/slot.hpp>
#include <cdnsim/data_path/slot_index.hpp>

namespace cdnsim {

class GhostQueue {
 public:
  GhostQueue() : GhostQueue(Bytes(0)) {}
  explicit GhostQueue(Bytes capacity) : capacity_(capacity.count()) { ring_.reach(kLeastRoom - 1); }

  // Whether `key` was remembered; it no longer is.
  bool forget(std::uint64_t key) {
    if (live_ == 0) return false;
    const Slot slot = find(key);
    if (slot == kNoSlot) return false;
    drop(slot);
    return true;
  }

  // Takes `key` in as the newest, unless it is here already or larger than the whole queue; the
  // oldest make room.
  void remember(std::uint64_t key, std::int64_t bytes) {
    if (bytes > capacity_ || find(key) != kNoSlot) return;
    while (held_ > capacity_ - bytes) drop_oldest();
    if (span_ == ring_.size() || index_.full()) renew();
    const Slot place = after(oldest_, span_++);
    ring_[place] = {key, bytes};
    index_.insert(key, place + 1);
    held_ += bytes;
    ++live_;
  }

  // False when nothing is remembered.
  bool forget_oldest() {
    if (live_ == 0) return false;
    for (const std::uint64_t before = live_; live_ == before;) drop_oldest();
    return true;
  }

  Bytes held() const { return Bytes(held_); }
  std::uint64_t size() const { return live_; }
  std::size_t memory_bytes() const { return ring_.size() * sizeof(Ghost) + index_.memory_bytes(); }

 private:
  struct Ghost {
    std::uint64_t key;
    std::int64_t bytes;
  };
  static constexpr std::int64_t kForgotten = -1;
  static constexpr Slot kLeastRoom = 16;

  // The place so many places on, round the end.
  Slot after(Slot place, std::uint64_t steps) const {
    const std::uint64_t sum = place + steps;
    return static_cast<Slot>(sum < ring_.size() ? sum : sum - ring_.size());
  }
  Slot find(std::uint64_t key) const {
    return index_.find(key, [this](Slot slot) { return ring_[slot - 1].key; });
  }

  // Its place stays, and is passed over when the oldest comes to it.
  void drop(Slot slot) {
    Ghost& ghost = ring_[slot - 1];
    index_.erase(ghost.key, slot);
    held_ -= ghost.bytes;
    --live_;
    ghost.bytes = kForgotten;
  }
  void drop_oldest() {
    if (ring_[oldest_].bytes != kForgotten) drop(oldest_ + 1);
    oldest_ = after(oldest_, 1);
    --span_;
  }

  // Closes the gaps, lets the ring grow if few of its places were gaps, and indexes all anew.
  void renew() {
    std::uint64_t kept = 0;
    for (std::uint64_t i = 0; i < span_; ++i) {
      const Ghost ghost = ring_[after(oldest_, i)];
      if (ghost.bytes != kForgotten) ring_[after(oldest_, kept++)] = ghost;
    }
    std::rotate(ring_.data(), ring_.data() + oldest_, ring_.data() + ring_.size());
    oldest_ = 0;
    span_ = kept;
    if (kept > ring_.size() / 4 * 3) {
      CDNSIM_ASSERT(ring_.size() < kMaxSlot / 2, "more ghosts than slots can name");
      ring_.reach(static_cast<Slot>(ring_.size() + ring_.size() / 2 - 1));
    }
    index_.full() ? index_.grow() : index_.clear();
    for (Slot place = 0; place < kept; ++place) index_.insert(ring_[place].key, place + 1);
  }

  SlotArray<Ghost> ring_;
  SlotIndex index_;  // its slots are places in the ring, counted from 1
  Slot oldest_ = 0;
  std::uint64_t span_ = 0;  // places from the oldest to the newest, gaps included
  std::uint64_t live_ = 0;
  std::int64_t capacity_ = 0;
  std::int64_t held_ = 0;
};

}  // namespace cdnsim
