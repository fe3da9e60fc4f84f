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

// The paper's T1, B1, T2 and B2 are here once, its ghost, often, and its ghost. Where copies have
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
    once_.ghost = often_.ghost = GhostQueue(most);
  }
  void reach(Slot last) {
    lists_.reach(last);
    marks_.reach(last);
  }

  Offer offer(std::uint64_t key, std::int64_t bytes) {
    const auto once = static_cast<double>(held_by(once_.ghost));
    const auto often = static_cast<double>(held_by(often_.ghost));
    const auto most = static_cast<double>(capacity_);
    from_ = Origin::nowhere;
    offered_ = bytes;
    if (once_.ghost.forget(key)) {
      from_ = Origin::ghost_of_once;
      target_ = std::min(target_ + std::max(often / once, 1.0), most);
    } else if (often_.ghost.forget(key)) {
      from_ = Origin::ghost_of_often;
      target_ = std::max(target_ - std::max(once / often, 1.0), 0.0);
    }
    return Offer::admit;
  }

  void on_insert(Slot slot, std::uint64_t, std::int64_t bytes) {
    enter(from_ == Origin::nowhere ? kOnce : kOften, slot, bytes);
  }

  void prefetch(Slot slot) const { marks_.prefetch(slot); }
  void on_hit(Slot slot) {
    const std::int64_t bytes = marks_[slot] >> 1;
    leave(slot, bytes);
    enter(kOften, slot, bytes);
  }

  void on_erase(Slot slot, std::uint64_t key, std::int64_t bytes, Removal why) {
    const std::size_t list = list_of(slot);
    leave(slot, bytes);
    if (why == Removal::evicted && haunts_) half(list).ghost.remember(key, bytes);
  }

  template <class Entries>
  Slot victim(const Entries&) {
    haunts_ = true;
    if (from_ == Origin::nowhere) forget_one();
    return lists_.oldest(haunts_ && !is_once_over() ? kOften : kOnce);
  }

 private:
  enum class Origin : std::uint8_t { nowhere, ghost_of_once, ghost_of_often };
  struct Half {
    std::int64_t held = 0;
    GhostQueue ghost;
  };
  static constexpr std::size_t kOnce = 0, kOften = 1;
  static constexpr std::int64_t kGhostsMost = 8;

  static std::int64_t held_by(const GhostQueue& ghost) { return ghost.held().count(); }
  std::size_t list_of(Slot slot) const { return static_cast<std::size_t>(marks_[slot] & 1); }
  Half& half(std::size_t list) { return list == kOnce ? once_ : often_; }

  void enter(std::size_t list, Slot slot, std::int64_t bytes) {
    marks_[slot] = bytes << 1 | static_cast<std::int64_t>(list);
    lists_.insert(slot, list);
    half(list).held += bytes;
  }
  void leave(Slot slot, std::int64_t bytes) {
    const std::size_t list = list_of(slot);
    lists_.erase(slot, list);
    half(list).held -= bytes;
  }

  // A newcomer makes the oldest ghost of a full half go: the paper's case IV.
  void forget_one() {
    const std::int64_t recent = once_.held + held_by(once_.ghost);
    if (recent + offered_ > capacity_) {
      haunts_ = once_.ghost.forget_oldest();  // once is all of its half: its oldest leaves no ghost
    } else if (recent + often_.held + held_by(often_.ghost) >= 2 * capacity_) {
      often_.ghost.forget_oldest();
    }
  }

  // The paper's REPLACE: whether once has to give.
  bool is_once_over() const {
    if (often_.held == 0) return true;
    if (once_.held == 0) return false;
    const auto held = static_cast<double>(once_.held);
    return held > target_ || (held == target_ && from_ == Origin::ghost_of_often);
  }

  SlotRings<2> lists_;
  SlotArray<std::int64_t> marks_;  // twice the bytes, and 1 if in kOften
  Half once_, often_;
  double target_ = 0;  // of once_.held
  std::int64_t capacity_ = 0;
  std::int64_t offered_ = 0;  // bytes of the object on offer
  Origin from_ = Origin::nowhere;
  bool haunts_ = true;  // the next victim
};

}  // namespace cdnsim
