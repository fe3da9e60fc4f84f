// Rows of slots side by side in no order, so that any can be drawn, all with the same chance.
// Does not know what a row holds, nor what the draws are for.
#pragma once

#include <cstdint>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/data_path/slot.hpp>

namespace cdnsim {

// Draws are hashes of a counter and a seed. Places count from 0; a removal moves the last one.
template <class Row>
class SlotSample {
 public:
  SlotSample() = default;
  explicit SlotSample(std::uint64_t seed) : seed_(seed) {}

  void reach(Slot last) {
    rows_.reach(last);
    slots_.reach(last);
    places_.reach(last);
  }
  void prefetch(Slot slot) const { places_.prefetch(slot); }

  void add(Slot slot, const Row& row) {
    rows_[count_] = row;
    slots_[count_] = slot;
    places_[slot] = count_++;
  }
  void remove(Slot slot) {
    const Slot place = places_[slot], last = slots_[--count_];
    rows_[place] = rows_[count_];
    slots_[place] = last;
    places_[last] = place;
  }

  Slot size() const { return count_; }
  Row& of(Slot slot) { return rows_[places_[slot]]; }
  const Row& at(Slot place) const { return rows_[place]; }
  Slot slot_at(Slot place) const { return slots_[place]; }

  // Calls visit(place, row) for so many places, one that was drawn before perhaps again; or once
  // for each if there are no more than that. REQUIRES: there is one.
  template <class Visit>
  void visit(Slot draws, Visit&& visit) {
    if (draws >= count_) {
      for (Slot place = 0; place < count_; ++place) visit(place, rows_[place]);
      return;
    }
    // Two places from each hash: of 2^32 values some places get one more than others.
    for (Slot drawn = 0; drawn < draws; drawn += 2) {
      const std::uint64_t hash = hash64(draws_++, seed_);
      const Slot one = scaled(hash >> 32), two = scaled(hash & 0xffffffffU);
      visit(one, rows_[one]);
      if (drawn + 1 < draws) visit(two, rows_[two]);
    }
  }

 private:
  Slot scaled(std::uint64_t bits) const { return static_cast<Slot>((bits * count_) >> 32); }

  SlotArray<Row> rows_;    // by place
  SlotArray<Slot> slots_;  // by place
  SlotArray<Slot> places_;
  Slot count_ = 0;
  std::uint64_t draws_ = 0;
  std::uint64_t seed_ = 0;
};

}  // namespace cdnsim
