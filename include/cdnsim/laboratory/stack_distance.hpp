// Stack distances (Mattson 1970): how large an LRU cache must be to still hold what is asked for.
// Does not know caches or traces. Memory grows with the objects, not with the requests.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/data_path/slot_index.hpp>
#include <cdnsim/laboratory/place_sums.hpp>

namespace cdnsim {

// Each object stands at the place of its last request, later ones further on. The places run out
// now and then: the objects then close ranks, and at least two thirds are free again.
template <class Places>
class StackDistance {
 public:
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

  // The weight of the object and of all that was asked for since it was; kNever the first time.
  // REQUIRES: `weight` is always the same for one `id`.
  std::int64_t ask(std::uint64_t id, std::int64_t weight) {
    if (next_ == places_.size()) close_ranks();
    const Slot found = index_.find(id, [this](Slot slot) { return objects_[slot].id; });
    if (found == kNoSlot) {
      enter(id);
      places_.add(next_++, weight);
      return kNever;
    }
    Object& object = objects_[found];
    const std::int64_t distance = places_.take(object.place);
    object.place = static_cast<std::uint32_t>(next_);
    places_.add(next_++, weight);
    return distance;
  }

  std::uint64_t objects() const { return last_; }

  // Hints: first the line of the index, some requests later that of the object.
  void prefetch(std::uint64_t id) const { index_.prefetch(id); }
  void prefetch_object(std::uint64_t id) const { objects_.prefetch(index_.guess(index_.home(id))); }

 private:
  struct Object {
    std::uint64_t id;
    std::uint32_t place;
  };
  static constexpr std::size_t kLeastPlaces = 4096;
  static constexpr std::size_t kPlacesAnObject = 3;
  static constexpr Slot kMostObjects = kMaxSlot / kPlacesAnObject - 1;

  void enter(std::uint64_t id) {
    CDNSIM_ASSERT(last_ < kMostObjects, "stack distances of more objects than can be numbered");
    const Slot slot = ++last_;
    if (slot >= objects_.size()) objects_.reach(slot + slot / 4 + 1023);
    if (index_.full()) {
      index_.grow();
      for (Slot known = 1; known < slot; ++known) index_.insert(objects_[known].id, known);
    }
    objects_[slot] = {id, static_cast<std::uint32_t>(next_)};
    index_.insert(id, slot);
  }

  void close_ranks() {
    std::vector<Slot> standing(next_, kNoSlot);
    for (Slot slot = 1; slot <= last_; ++slot) standing[objects_[slot].place] = slot;
    std::uint32_t to = 0;
    for (std::size_t from = 0; from < next_; ++from) {
      const Slot slot = standing[from];
      if (slot == kNoSlot) continue;
      places_.move(from, to);
      objects_[slot].place = to++;
    }
    places_.settle(std::max({kLeastPlaces, places_.size(), kPlacesAnObject * last_}));
    next_ = to;
  }

  SlotIndex index_;
  SlotArray<Object> objects_;
  Places places_;
  Slot last_ = kNoSlot;   // of the objects, which are 1..last
  std::size_t next_ = 0;  // the place of the next request
};

}  // namespace cdnsim
