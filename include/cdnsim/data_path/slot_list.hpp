// A doubly linked order over slots with 32-bit links.
// Does not know what the order means: policies put newest, hottest or next victim where they like.
#pragma once

#include <cdnsim/data_path/slot.hpp>

namespace cdnsim {

// Slots from front to back. The links of slot 0 close the ring, so no operation asks for an end.
class SlotList {
 public:
  SlotList() {
    links_.reach(kNoSlot);
    links_[kNoSlot] = {kNoSlot, kNoSlot};
  }

  void reach(Slot last) { links_.reach(last); }

  Slot front() const { return links_[0].after; }
  Slot back() const { return links_[0].before; }
  Slot after(Slot slot) const { return links_[slot].after; }    // kNoSlot after the back
  Slot before(Slot slot) const { return links_[slot].before; }  // kNoSlot before the front
  bool empty() const { return front() == kNoSlot; }

  void prefetch(Slot slot) const { links_.prefetch(slot); }

  void push_front(Slot slot) {
    const Slot second = links_[0].after;
    links_[slot] = {kNoSlot, second};
    links_[second].before = slot;
    links_[0].after = slot;
  }
  // Just behind `before`, or in front if that is kNoSlot.
  void insert_after(Slot before, Slot slot) {
    const Slot after = links_[before].after;
    links_[slot] = {before, after};
    links_[after].before = slot;
    links_[before].after = slot;
  }
  void erase(Slot slot) {
    const Slot before = links_[slot].before;
    const Slot after = links_[slot].after;
    links_[before].after = after;
    links_[after].before = before;
  }
  void move_to_front(Slot slot) {
    erase(slot);
    push_front(slot);
  }

 private:
  struct Link {
    Slot before, after;
  };
  SlotArray<Link> links_;
};

}  // namespace cdnsim
