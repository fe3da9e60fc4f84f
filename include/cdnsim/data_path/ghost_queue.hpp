// The keys and sizes of copies that were evicted not long ago: a FIFO bounded by their bytes.
// Does not know which cache they left, nor what being remembered is good for.
#pragma once

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/slot.hpp>
#include <cdnsim/data_path/slot_index.hpp>
#include <cstdint>
#include <vector>

namespace cdnsim {

class GhostQueue {
 public:
  GhostQueue() : GhostQueue(Bytes(0)) {}
  explicit GhostQueue(Bytes capacity) : ring_(kLeastRoom), capacity_(capacity.count()) {}

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
    if (newest_ - oldest_ == ring_.size()) renew();
    if (index_.full()) renew();
    const Slot slot = slot_at(newest_++);
    ring_[slot - 1] = {key, bytes};
    index_.insert(key, slot);
    held_ += bytes;
    ++live_;
  }

  Bytes held() const { return Bytes(held_); }
  std::uint64_t size() const { return live_; }
  std::size_t memory_bytes() const {
    return ring_.capacity() * sizeof(Ghost) + index_.memory_bytes();
  }

 private:
  struct Ghost {
    std::uint64_t key = 0;
    std::int64_t bytes = kForgotten;
  };
  static constexpr std::int64_t kForgotten = -1;
  static constexpr std::size_t kLeastRoom = 16;  // a power of two

  Slot slot_at(std::uint64_t position) const {
    return static_cast<Slot>((position & (ring_.size() - 1)) + 1);
  }
  Slot find(std::uint64_t key) const {
    return index_.find(key, [this](Slot slot) { return ring_[slot - 1].key; });
  }

  void drop(Slot slot) {
    Ghost& ghost = ring_[slot - 1];
    index_.erase(ghost.key, slot);
    held_ -= ghost.bytes;
    --live_;
    ghost.bytes = kForgotten;  // its place is passed over when the oldest comes to it
  }
  void drop_oldest() {
    const Slot slot = slot_at(oldest_++);
    if (ring_[slot - 1].bytes != kForgotten) drop(slot);
  }

  // Closes the gaps, and doubles the ring or lets the index grow if they are too small.
  void renew() {
    const bool ring_is_full = live_ > ring_.size() / 4 * 3;
    std::vector<Ghost> ring(ring_is_full ? ring_.size() * 2 : ring_.size());
    std::size_t size = 0;
    for (; oldest_ != newest_; ++oldest_) {
      const Ghost& ghost = ring_[slot_at(oldest_) - 1];
      if (ghost.bytes != kForgotten) ring[size++] = ghost;
    }
    CDNSIM_ASSERT(ring.size() < kMaxSlot, "more ghosts than slots can name");
    ring_ = std::move(ring);
    oldest_ = 0;
    newest_ = size;
    index_.full() ? index_.grow() : index_.clear();
    for (std::size_t i = 0; i < size; ++i) index_.insert(ring_[i].key, static_cast<Slot>(i + 1));
  }

  std::vector<Ghost> ring_;  // positions oldest_ to newest_ - 1, modulo its size
  SlotIndex index_;
  std::uint64_t oldest_ = 0;
  std::uint64_t newest_ = 0;
  std::uint64_t live_ = 0;
  std::int64_t capacity_ = 0;
  std::int64_t held_ = 0;
};

}  // namespace cdnsim
