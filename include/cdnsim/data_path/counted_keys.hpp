// A table of counters for the keys that are asked for most, when there are more keys than counters.
// Does not know what the counts are for, nor when counting begins anew.
#pragma once

#include <cstdint>

#include <cdnsim/data_path/slot_index.hpp>
#include <cdnsim/data_path/slot_rows.hpp>

namespace cdnsim {

// A key for which there is no room takes one off all counters (Misra and Gries, Science of Computer
// Programming 1982). Of N requests for keys that are not kept a key's `count` is never too high,
// and too low by N / (counters + 1) at most; with no more keys than counters all are exact. Keys
// that are kept need no counter and are counted exactly. A Row has, beside what SlotRows asks for,
// a 64-bit `count` and a bool `is_kept`.
template <class Row>
class CountedKeys {
 public:
  explicit CountedKeys(std::uint32_t counters) : counters_(counters) {}

  // Counts one request; a new key comes with `word`. kNoSlot when there is no room for the key.
  Slot count(std::uint64_t key, std::uint64_t word) {
    Slot slot = find(key);
    if (slot == kNoSlot) {
      if (counted_ == counters_ && !make_room()) return kNoSlot;
      slot = add(key, word);
    }
    ++rows_[slot].count;
    return slot;
  }

  Slot find(std::uint64_t key) const {
    return index_.find(key, [this](Slot slot) { return rows_[slot].key; });
  }
  // A row of nothing, whether there is room or not. REQUIRES: find(key) is kNoSlot.
  Slot add(std::uint64_t key, std::uint64_t word) {
    if (rows_.must_grow()) rows_.grow();
    if (index_.full()) {
      index_.grow();
      rows_.for_each([this](Slot slot) { index_.insert(rows_[slot].key, slot); });
    }
    const Slot slot = rows_.take();
    rows_[slot] = Row{};
    rows_[slot].key = key;
    rows_[slot].word = word;
    index_.insert(key, slot);
    ++counted_;
    return slot;
  }

  // From here on it is kept until it is dropped. REQUIRES: it is not.
  void keep(Slot slot) {
    rows_[slot].is_kept = true;
    --counted_;
    ++kept_;
  }
  void drop(Slot slot) {
    --(rows_[slot].is_kept ? kept_ : counted_);
    index_.erase(rows_[slot].key, slot);
    rows_.give_back(slot);
  }

  Row& operator[](Slot slot) { return rows_[slot]; }
  const Row& operator[](Slot slot) const { return rows_[slot]; }
  std::uint32_t kept() const { return kept_; }

  // In the order of slots; `fn` may drop the one that it was given.
  template <class Fn>
  void for_each(Fn&& fn) const {
    rows_.for_each(fn);
  }

 private:
  // Whether there is room now. Counters of nothing go first; else the request that wants one is
  // taken off all, and itself, which cannot happen more often than once in counters + 1 requests.
  bool make_room() {
    const std::uint32_t before = counted_;
    rows_.for_each([this](Slot slot) {
      if (!rows_[slot].is_kept && rows_[slot].count == 0) drop(slot);
    });
    if (counted_ < before) return true;
    rows_.for_each([this](Slot slot) {
      if (!rows_[slot].is_kept && --rows_[slot].count == 0) drop(slot);
    });
    return false;
  }

  std::uint32_t counters_;
  SlotIndex index_;
  SlotRows<Row> rows_;
  std::uint32_t counted_ = 0;  // rows that are not kept
  std::uint32_t kept_ = 0;
};

}  // namespace cdnsim
