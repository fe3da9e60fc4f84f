// SIEVE (NSDI'24): FIFO order, one visited bit, and a hand that skips visited copies in place.
// Does not know sizes or keys.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/slot_list.hpp>

namespace cdnsim {

class Sieve {
 public:
  static constexpr std::string_view kName = "sieve";
  static constexpr std::string_view kSummary =
      "a hand passes from old to new and takes the first that was not asked for meanwhile";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  void attach(Bytes) {}
  void reach(Slot last) {
    queue_.reach(last);
    visited_.reach(last);
  }
  Offer offer(std::uint64_t, std::int64_t) { return Offer::admit; }
  void on_insert(Slot slot, std::uint64_t, std::int64_t) {
    queue_.push_front(slot);
    visited_[slot] = 0;
  }
  void prefetch(Slot slot) const { visited_.prefetch(slot); }
  void on_hit(Slot slot) { visited_[slot] = 1; }
  // The hand outlives the copy it points at: it moves on towards the newest.
  void on_erase(Slot slot, std::uint64_t, std::int64_t, Removal) {
    if (slot == hand_) hand_ = queue_.before(slot);
    queue_.erase(slot);
  }

  template <class Entries>
  Slot victim(const Entries&) {
    Slot slot = hand_;
    if (slot == kNoSlot) slot = queue_.back();
    while (visited_[slot] != 0) {
      visited_[slot] = 0;
      slot = queue_.before(slot);
      if (slot == kNoSlot) slot = queue_.back();
    }
    hand_ = slot;
    return slot;
  }

 private:
  SlotList queue_;  // newest in front
  SlotArray<std::uint8_t> visited_;
  Slot hand_ = kNoSlot;  // next to be looked at; kNoSlot = the oldest
};

}  // namespace cdnsim
