// A table of rows named by slots, in which freed slots are used again.
// Does not know what a row means, beyond its first word being free for use while the row is not.
#pragma once

#include <cstddef>
#include <cstdint>

#include <cdnsim/base/check.hpp>
#include <cdnsim/data_path/slot.hpp>

namespace cdnsim {

// A Row has a 64-bit `key`, in which free slots are chained, and a 64-bit `word` that is never
// kFreeWord while the row is in use.
template <class Row>
class SlotRows {
 public:
  static constexpr std::uint64_t kFreeWord = ~std::uint64_t{0};

  Row& operator[](Slot slot) { return rows_[slot]; }
  const Row& operator[](Slot slot) const { return rows_[slot]; }

  void prefetch(Slot slot) const { rows_.prefetch(slot); }

  bool has_free() const { return free_ != kNoSlot; }
  bool must_grow() const { return free_ == kNoSlot && last_used_ + std::size_t{1} >= rows_.size(); }

  // Returns the last slot that is valid after growing.
  Slot grow() {
    CDNSIM_ASSERT(last_used_ < kMaxSlot, "more entries than slots can name");
    const std::uint64_t wanted = std::uint64_t{last_used_} + last_used_ / 2 + 16;
    const Slot last = wanted < kMaxSlot ? static_cast<Slot>(wanted) : kMaxSlot;
    rows_.reach(last);
    return last;
  }

  // REQUIRES: !must_grow().
  Slot take() {
    if (free_ == kNoSlot) return ++last_used_;
    const Slot slot = free_;
    free_ = static_cast<Slot>(rows_[slot].key);
    return slot;
  }

  void give_back(Slot slot) {
    rows_[slot].key = free_;
    rows_[slot].word = kFreeWord;
    free_ = slot;
  }

  // Calls fn for every slot in use, in the order of slots; it may give back the one it was given.
  template <class Fn>
  void for_each(Fn&& fn) const {
    for (std::uint64_t slot = 1; slot <= last_used_; ++slot) {
      if (rows_[static_cast<Slot>(slot)].word != kFreeWord) fn(static_cast<Slot>(slot));
    }
  }

 private:
  SlotArray<Row> rows_;
  Slot last_used_ = kNoSlot;
  Slot free_ = kNoSlot;
};

}  // namespace cdnsim
