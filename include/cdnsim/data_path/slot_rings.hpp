// Circular orders over slots with 32-bit links, each with a hand at its oldest.
// Does not know why one is passed over or taken out. To reinsert the oldest is a step of the hand.
#pragma once

#include <array>
#include <cstddef>

#include <cdnsim/data_path/slot.hpp>

namespace cdnsim {

// The links alone, for orders whose hands are kept elsewhere: any number of them, a slot in one of
// them or in none. A hand is kNoSlot when its ring is empty.
class SlotRingLinks {
 public:
  void reach(Slot last) { links_.reach(last); }
  void prefetch(Slot slot) const { links_.prefetch(slot); }

  // The oldest becomes the newest. REQUIRES: the ring is not empty.
  void pass(Slot& hand) { hand = links_[hand].newer; }

  // As the newest: just behind the hand.
  void insert(Slot slot, Slot& hand) {
    const Slot oldest = hand;
    if (oldest == kNoSlot) {
      links_[slot] = {slot, slot};
      hand = slot;
      return;
    }
    const Slot newest = links_[oldest].older;
    links_[slot] = {oldest, newest};
    links_[newest].newer = slot;
    links_[oldest].older = slot;
  }

  // REQUIRES: `slot` is in the ring of `hand`.
  void erase(Slot slot, Slot& hand) {
    const Slot newer = links_[slot].newer;
    const Slot older = links_[slot].older;
    links_[older].newer = newer;
    links_[newer].older = older;
    if (hand == slot) hand = newer == slot ? kNoSlot : newer;
  }

 private:
  struct Link {
    Slot newer, older;  // of the oldest, `older` is the newest: the ends meet
  };
  SlotArray<Link> links_;
};

// `kRings` orders that share one array of links: a slot is in one of them or in none.
template <std::size_t kRings = 1>
class SlotRings {
 public:
  void reach(Slot last) { links_.reach(last); }
  void prefetch(Slot slot) const { links_.prefetch(slot); }

  // kNoSlot when the ring is empty.
  Slot oldest(std::size_t ring = 0) const { return hands_[ring]; }

  // The oldest becomes the newest. REQUIRES: the ring is not empty.
  void pass(std::size_t ring = 0) { links_.pass(hands_[ring]); }

  // As the newest: just behind the hand.
  void insert(Slot slot, std::size_t ring = 0) { links_.insert(slot, hands_[ring]); }

  // REQUIRES: `slot` is in `ring`.
  void erase(Slot slot, std::size_t ring = 0) { links_.erase(slot, hands_[ring]); }

 private:
  SlotRingLinks links_;
  std::array<Slot, kRings> hands_{};
};

}  // namespace cdnsim
