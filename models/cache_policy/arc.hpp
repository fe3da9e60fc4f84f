// ARC (FAST'03): copies asked for once and copies asked for again, each with a ghost of its own; a
// hit in a ghost moves the target between the two. Does not know how entries are stored.
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

// The paper's T1, B1, T2 and B2 are here once, its ghosts, often, and its ghosts. Where copies have
// sizes, libCacheSim's choice is taken, so that counts compare: the target moves by units of
// capacity, bytes as it may be, and each eviction forgets one ghost at most. That bounds no ghosts
// of many sizes, so that here each queue of them holds eight times the capacity at most.
class Arc {
 public:
  static constexpr std::string_view kName = "arc";
  static constexpr std::string_view kSummary =
      "recent and frequent copies share the room as hits in their ghosts suggest";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  void attach(Bytes capacity) {
    capacity_ = capacity.count();
    const Bytes most = std::min(capacity, Bytes::max() / kGhostsMost) * kGhostsMost;
    ghosts_ = GhostQueues<2>(most);
  }
  void reach(Slot last) { lists_.reach(last); }

  Offer offer(std::uint64_t key, std::int64_t bytes) {
    const auto once = static_cast<double>(haunting(kOnce));
    const auto often = static_cast<double>(haunting(kOften));
    const auto most = static_cast<double>(capacity_);
    offered_ = bytes;
    from_ghost_of_ = ghosts_.forget(key);
    if (from_ghost_of_ == kOnce) {
      target_ = std::min(target_ + std::max(often / once, 1.0), most);
    } else if (from_ghost_of_ == kOften) {
      target_ = std::max(target_ - std::max(once / often, 1.0), 0.0);
    }
    return Offer::admit;
  }

  void on_insert(Slot slot, std::uint64_t, std::int64_t bytes) {
    enter(from_ghost_of_ == kNone ? kOnce : kOften, slot, bytes);
  }

  void prefetch_absent(std::uint64_t key) const { ghosts_.prefetch(key); }
  void prefetch(Slot slot) const { lists_.prefetch(slot); }
  void on_hit(Slot slot) {
    const std::int64_t bytes = lists_.note(slot) >> 1;
    leave(slot, bytes);
    enter(kOften, slot, bytes);
  }

  void on_erase(Slot slot, std::uint64_t key, std::int64_t bytes, Removal why) {
    const std::size_t list = list_of(slot);
    leave(slot, bytes);
    if (why == Removal::evicted && haunts_) ghosts_.remember(key, bytes, list);
  }

  template <class Entries>
  Slot victim(const Entries&) {
    haunts_ = true;
    if (from_ghost_of_ == kNone) forget_one();
    return lists_.oldest(haunts_ && !is_once_over() ? kOften : kOnce);
  }

 private:
  static constexpr std::size_t kOnce = 0, kOften = 1, kNone = GhostQueues<2>::kNone;
  static constexpr std::int64_t kGhostsMost = 8;

  std::int64_t haunting(std::size_t list) const { return ghosts_.held(list).count(); }
  std::size_t list_of(Slot slot) const { return static_cast<std::size_t>(lists_.note(slot) & 1); }

  void enter(std::size_t list, Slot slot, std::int64_t bytes) {
    lists_.note(slot) = bytes << 1 | static_cast<std::int64_t>(list);
    lists_.insert(slot, list);
    held_[list] += bytes;
  }
  void leave(Slot slot, std::int64_t bytes) {
    const std::size_t list = list_of(slot);
    lists_.erase(slot, list);
    held_[list] -= bytes;
  }

  // A newcomer makes the oldest ghost of a full half go: the paper's case IV.
  void forget_one() {
    const std::int64_t recent = held_[kOnce] + haunting(kOnce);
    if (recent + offered_ > capacity_) {
      haunts_ =
          ghosts_.forget_oldest(kOnce);  // else once is all of its half: no ghost of its oldest
    } else if (recent + held_[kOften] + haunting(kOften) >= 2 * capacity_) {
      ghosts_.forget_oldest(kOften);
    }
  }

  // The paper's REPLACE: whether once has to give.
  bool is_once_over() const {
    if (held_[kOften] == 0) return true;
    if (held_[kOnce] == 0) return false;
    const auto held = static_cast<double>(held_[kOnce]);
    return held > target_ || (held == target_ && from_ghost_of_ == kOften);
  }

  SlotRings<2, std::int64_t> lists_;  // notes: twice the bytes, and 1 if in kOften
  GhostQueues<2> ghosts_;
  std::array<std::int64_t, 2> held_{};  // by the lists
  double target_ = 0;                   // of what once holds
  std::int64_t capacity_ = 0;
  std::int64_t offered_ = 0;           // bytes of the object on offer
  std::size_t from_ghost_of_ = kNone;  // that object
  bool haunts_ = true;                 // the next victim
};

}  // namespace cdnsim
