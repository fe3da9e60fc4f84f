// CAR (Bansal and Modha, FAST'04): ARC with clocks, so that a hit is one bit: copies asked for once
// and copies asked for often, each with a ghost. Does not know how entries are stored.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/ghost_queue.hpp>
#include <cdnsim/data_path/slot_rings.hpp>

namespace cdnsim {

// The paper's T1 and T2 are once_ and often_ here, B1 and B2 their ghosts, p target_. With sizes
// all are bytes, and each eviction forgets one ghost at most, as in arc.hpp. libCacheSim's
// (2025-05) counts lie within 0.7 % of these; its source of that time was not at hand to say why.
class Car {
 public:
  static constexpr std::string_view kName = "car";
  static constexpr std::string_view kSummary =
      "arc with clocks: a hit only marks, and the hands sort later";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  void attach(Bytes capacity) {
    capacity_ = capacity.count();
    const Bytes most = std::min(capacity, Bytes::max() / kGhostsMost) * kGhostsMost;
    once_.ghost = often_.ghost = GhostQueue(most);
  }
  void reach(Slot last) {
    lists_.reach(last);
    marks_.reach(last);
  }

  // The paper moves the target after it made room; it has no part in the room for this object.
  Offer offer(std::uint64_t key, std::int64_t bytes) {
    const auto once = static_cast<double>(held_by(once_.ghost));
    const auto often = static_cast<double>(held_by(often_.ghost));
    const auto most = static_cast<double>(capacity_);
    offered_ = bytes;
    next_target_ = target_;
    returns_ = true;
    if (once_.ghost.forget(key)) {
      next_target_ = std::min(target_ + std::max(often / once, 1.0), most);
    } else if (often_.ghost.forget(key)) {
      next_target_ = std::max(target_ - std::max(once / often, 1.0), 0.0);
    } else {
      returns_ = false;
    }
    return Offer::admit;
  }

  void on_insert(Slot slot, std::uint64_t, std::int64_t bytes) {
    target_ = next_target_;
    enter(returns_ ? kOften : kOnce, slot, bytes);
  }

  void prefetch(Slot slot) const { marks_.prefetch(slot); }
  void on_hit(Slot slot) { marks_[slot] |= kHit; }

  void on_erase(Slot slot, std::uint64_t key, std::int64_t bytes, Removal why) {
    const std::size_t list = list_of(slot);
    leave(slot, bytes);
    if (why != Removal::evicted) return;
    half(list).ghost.remember(key, bytes);
    if (!returns_) forget_one();
  }

  // Hands pass over those that were hit: from once they go on to often, there they stay.
  template <class Entries>
  Slot victim(const Entries&) {
    while (true) {
      const bool from_once = once_.held > 0 && (is_once_over() || often_.held == 0);
      const std::size_t list = from_once ? kOnce : kOften;
      const Slot slot = lists_.oldest(list);
      if ((marks_[slot] & kHit) == 0) return slot;
      const std::int64_t bytes = marks_[slot] >> kMarkBits;
      leave(slot, bytes);
      enter(kOften, slot, bytes);
    }
  }

 private:
  struct Half {
    std::int64_t held = 0;
    GhostQueue ghost;
  };
  static constexpr std::size_t kOnce = 0, kOften = 1;
  static constexpr std::int64_t kIsOften = 1, kHit = 2;  // lowest bits of a mark
  static constexpr int kMarkBits = 2;
  static constexpr std::int64_t kGhostsMost = 8;

  static std::int64_t held_by(const GhostQueue& ghost) { return ghost.held().count(); }
  std::size_t list_of(Slot slot) const { return (marks_[slot] & kIsOften) != 0 ? kOften : kOnce; }
  Half& half(std::size_t list) { return list == kOnce ? once_ : often_; }
  bool is_once_over() const { return static_cast<double>(once_.held) >= std::max(1.0, target_); }

  void enter(std::size_t list, Slot slot, std::int64_t bytes) {
    marks_[slot] = bytes << kMarkBits | (list == kOften ? kIsOften : 0);
    lists_.insert(slot, list);
    half(list).held += bytes;
  }
  void leave(Slot slot, std::int64_t bytes) {
    const std::size_t list = list_of(slot);
    lists_.erase(slot, list);
    half(list).held -= bytes;
  }

  // For a newcomer, so that the halves stay as large as the cache each.
  void forget_one() {
    const std::int64_t recent = once_.held + held_by(once_.ghost);
    if (recent + offered_ > capacity_) {
      once_.ghost.forget_oldest();
    } else if (recent + often_.held + held_by(often_.ghost) >= 2 * capacity_) {
      often_.ghost.forget_oldest();
    }
  }

  SlotRings<2> lists_;
  SlotArray<std::int64_t> marks_;  // bytes, whether it was hit, and its list
  Half once_, often_;
  double target_ = 0;  // of once_.held
  double next_target_ = 0;
  std::int64_t capacity_ = 0;
  std::int64_t offered_ = 0;  // bytes of the object on offer
  bool returns_ = false;      // it was in a ghost
};

}  // namespace cdnsim
