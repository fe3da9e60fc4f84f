// A table of rows found by their keys, for what a policy remembers beyond the copies of its cache.
// Does not know what is remembered, nor for how long.
#pragma once

#include <cstdint>

#include <cdnsim/data_path/slot.hpp>
#include <cdnsim/data_path/slot_index.hpp>
#include <cdnsim/data_path/slot_rows.hpp>

namespace cdnsim {

// Rows are named by slots of the table's own; a row's word is the caller's, but never
// SlotRows::kFreeWord.
class KeyTable {
 public:
  struct Row {
    std::uint64_t key;
    std::uint64_t word;
  };

  Row& operator[](Slot row) { return rows_[row]; }
  const Row& operator[](Slot row) const { return rows_[row]; }

  // The row of `key`, or kNoSlot.
  Slot find(std::uint64_t key) const {
    return index_.find(key, [this](Slot row) { return rows_[row].key; });
  }

  // REQUIRES: `key` is absent.
  Slot add(std::uint64_t key, std::uint64_t word) {
    if (rows_.must_grow()) last_ = rows_.grow();
    if (index_.full()) grow_index();
    const Slot row = rows_.take();
    rows_[row] = {key, word};
    index_.insert(key, row);
    return row;
  }

  void erase(Slot row) {
    index_.erase(rows_[row].key, row);
    rows_.give_back(row);
  }

  template <class Fn>
  void for_each(Fn&& fn) const {
    rows_.for_each(fn);
  }

  // Hint: the row will soon be erased.
  void prefetch_key(Slot row) const { index_.prefetch(rows_[row].key); }

  // No row so far is beyond it: what an array beside the table has to reach.
  Slot last() const { return last_; }

 private:
  void grow_index() {
    index_.grow();
    rows_.for_each([this](Slot row) { index_.insert(rows_[row].key, row); });
  }

  SlotRows<Row> rows_;
  SlotIndex index_;
  Slot last_ = kNoSlot;
};

}  // namespace cdnsim
