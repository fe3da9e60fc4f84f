// Circular orders over slots with 32-bit links, each with a hand at its oldest.
// Does not know why one is passed over or taken out. To reinsert the oldest is a step of the hand.
#pragma once

#include <array>
#include <cstddef>

#include <cdnsim/data_path/slot.hpp>

namespace cdnsim {

// `kRings` orders that share one array of links: a slot is in one of them or in none.
template <std::size_t kRings = 1>
class SlotRings {
 public:
  void reach(Slot last) { links_.reach(last); }

  // kNoSlot when the ring is empty.
  Slot oldest(std::size_t ring = 0) const { return hands_[ring]; }

  // The oldest becomes the newest. REQUIRES: the ring is not empty.
  void pass(std::size_t ring = 0) { hands_[ring] = links_[hands_[ring]].newer; }

  // As the newest: just behind the hand.
  void insert(Slot slot, std::size_t ring = 0) {
    const Slot oldest = hands_[ring];
    if (oldest == kNoSlot) {
      links_[slot] = {slot, slot};
      hands_[ring] = slot;
      return;
    }
    const Slot newest = links_[oldest].older;
    links_[slot] = {oldest, newest};
    links_[newest].newer = slot;
    links_[oldest].older = slot;
  }

  // REQUIRES: `slot` is in `ring`.
  void erase(Slot slot, std::size_t ring = 0) {
    const Slot newer = links_[slot].newer;
    const Slot older = links_[slot].older;
    links_[older].newer = newer;
    links_[newer].older = older;
    if (hands_[ring] == slot) hands_[ring] = newer == slot ? kNoSlot : newer;
  }

 private:
  struct Link {
    Slot newer, older;  // of the oldest, `older` is the newest: the ends meet
  };
  SlotArray<Link> links_;
  std::array<Slot, kRings> hands_{};
};

}  // namespace cdnsim
