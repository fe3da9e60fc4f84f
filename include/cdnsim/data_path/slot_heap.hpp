// A binary heap over slots: on top is one that no other has to leave before.
// Does not know what decides that: callers pass `before(a, b)`, true if a has to leave before b.
#pragma once

#include <cdnsim/data_path/slot.hpp>

namespace cdnsim {

// Equals are ordered as in libCacheSim's heap, so that counts compare: a slot rises and sinks past
// those only that differ from it, and of two equal children the left one rises.
class SlotHeap {
 public:
  void reach(Slot last) {
    heap_.reach(last);
    places_.reach(last);
  }

  Slot top() const { return count_ == 0 ? kNoSlot : heap_[1]; }

  void prefetch(Slot slot) const { places_.prefetch(slot); }

  template <class Before>
  void insert(Slot slot, Before&& before) {
    rise(slot, ++count_, before);
  }

  template <class Before>
  void erase(Slot slot, Before&& before) {
    const Slot place = places_[slot];
    const Slot last = heap_[count_--];
    if (last == slot) return;
    before(last, slot) ? rise(last, place, before) : sink(last, place, before);
  }

  // The slot has to leave later than before.
  template <class Before>
  void put_off(Slot slot, Before&& before) {
    sink(slot, places_[slot], before);
  }

 private:
  void put(Slot slot, Slot place) {
    heap_[place] = slot;
    places_[slot] = place;
  }

  template <class Before>
  void rise(Slot slot, Slot place, Before& before) {
    for (; place > 1 && before(slot, heap_[place / 2]); place /= 2) put(heap_[place / 2], place);
    put(slot, place);
  }
  template <class Before>
  void sink(Slot slot, Slot place, Before& before) {
    while (place <= count_ / 2) {
      Slot child = place * 2;
      if (child < count_ && before(heap_[child + 1], heap_[child])) ++child;
      if (!before(heap_[child], slot)) break;
      put(heap_[child], place);
      place = child;
    }
    put(slot, place);
  }

  SlotArray<Slot> heap_;    // by place, from 1
  SlotArray<Slot> places_;  // by slot
  Slot count_ = 0;
};

}  // namespace cdnsim
