// Circular orders over slots with 32-bit links, each with a hand at its oldest.
// Does not know why one is passed over or taken out. To reinsert the oldest is a step of the hand.
#pragma once

#include <array>
#include <cstddef>

#include <cdnsim/data_path/slot.hpp>

namespace cdnsim {

struct NoNote {};

// The links alone, for orders whose hands are kept elsewhere: any number of them, a slot in one of
// them or in none. A hand is kNoSlot when its ring is empty. A slot's note is the caller's and lies
// beside its links, so that both are one line of memory.
template <class Note>
class NotedRingLinks {
 public:
  void reach(Slot last) { rows_.reach(last); }
  void prefetch(Slot slot) const { rows_.prefetch(slot); }

  Note& note(Slot slot) { return rows_[slot].note; }
  const Note& note(Slot slot) const { return rows_[slot].note; }

  // The oldest becomes the newest. REQUIRES: the ring is not empty.
  void pass(Slot& hand) { hand = rows_[hand].newer; }

  // As the newest: just behind the hand.
  void insert(Slot slot, Slot& hand) {
    const Slot oldest = hand;
    if (oldest == kNoSlot) {
      link(slot, slot, slot);
      hand = slot;
      return;
    }
    const Slot newest = rows_[oldest].older;
    link(slot, oldest, newest);
    rows_[newest].newer = slot;
    rows_[oldest].older = slot;
  }

  // REQUIRES: `slot` is in the ring of `hand`.
  void erase(Slot slot, Slot& hand) {
    const Slot newer = rows_[slot].newer;
    const Slot older = rows_[slot].older;
    rows_[older].newer = newer;
    rows_[newer].older = older;
    if (hand == slot) hand = newer == slot ? kNoSlot : newer;
  }

 private:
  struct Row {
    Slot newer, older;  // of the oldest, `older` is the newest: the ends meet
    [[no_unique_address]] Note note;
  };

  void link(Slot slot, Slot newer, Slot older) {
    rows_[slot].newer = newer;
    rows_[slot].older = older;
  }

  SlotArray<Row> rows_;
};
using SlotRingLinks = NotedRingLinks<NoNote>;

// `kRings` orders that share one array of links and notes: a slot is in one of them or in none.
template <std::size_t kRings = 1, class Note = NoNote>
class SlotRings {
 public:
  void reach(Slot last) { links_.reach(last); }
  void prefetch(Slot slot) const { links_.prefetch(slot); }

  Note& note(Slot slot) { return links_.note(slot); }
  const Note& note(Slot slot) const { return links_.note(slot); }

  // kNoSlot when the ring is empty.
  Slot oldest(std::size_t ring = 0) const { return hands_[ring]; }

  // The oldest becomes the newest. REQUIRES: the ring is not empty.
  void pass(std::size_t ring = 0) { links_.pass(hands_[ring]); }

  // As the newest: just behind the hand.
  void insert(Slot slot, std::size_t ring = 0) { links_.insert(slot, hands_[ring]); }

  // REQUIRES: `slot` is in `ring`.
  void erase(Slot slot, std::size_t ring = 0) { links_.erase(slot, hands_[ring]); }

 private:
  NotedRingLinks<Note> links_;
  std::array<Slot, kRings> hands_{};
};

}  // namespace cdnsim
