// LFU-DA (Arlitt et al. 2000): LFU with dynamic aging, so that what was popular once does not stay
// for ever; the copy of least priority goes first, and newcomers start from the priority of the
// last that went. Does not know sizes or keys.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/slot_rings.hpp>

namespace cdnsim {

// As libCacheSim's (2025-05): a newcomer's priority is the age plus 1, a hit adds the age where the
// paper adds 1, and the age, 0 before the first eviction, is the least priority held since.
//
// No priority is below the age, which only rises, so a radix heap sorts them: rank 0 holds what is
// at the age itself, rank i what first differs from it in bit i - 1. When the age rises to the
// least of a rank, all in it move to lower ones; each copy does so at most once for each bit.
class LfuDa {
 public:
  static constexpr std::string_view kName = "lfuda";
  static constexpr std::string_view kSummary =
      "as lfu, but newcomers start from the priority of the last that went";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  void attach(Bytes) {}
  void reach(Slot last) {
    ranks_.reach(last);
    priorities_.reach(last);
  }
  Offer offer(std::uint64_t, std::int64_t) { return Offer::admit; }
  void on_insert(Slot slot, std::uint64_t, std::int64_t) { enter(slot, age_ + 1); }

  void prefetch(Slot slot) const {
    priorities_.prefetch(slot);
    ranks_.prefetch(slot);
  }

  void on_hit(Slot slot) {
    if (priorities_[slot] + age_ >= kMostPriority) scale_down();
    const bool was_least = rank_of(slot) == 0;
    ranks_.erase(slot, rank_of(slot));
    enter(slot, priorities_[slot] + age_);
    if (was_least && ranks_.oldest(0) == kNoSlot) grow_older();
  }

  void on_erase(Slot slot, std::uint64_t, std::int64_t, Removal) {
    const bool was_least = rank_of(slot) == 0;
    ranks_.erase(slot, rank_of(slot));
    if (was_least && ranks_.oldest(0) == kNoSlot) grow_older();
  }

  template <class Entries>
  Slot victim(const Entries&) {
    if (ranks_.oldest(0) == kNoSlot) grow_older();
    return ranks_.oldest(0);
  }

 private:
  static constexpr std::size_t kRanks = 64;
  static constexpr std::uint64_t kMostPriority = std::uint64_t{1} << 62;
  static constexpr unsigned kScale = 31;

  std::size_t rank_of(Slot slot) const {
    return static_cast<std::size_t>(std::bit_width(priorities_[slot] ^ age_));
  }
  void enter(Slot slot, std::uint64_t priority) {
    priorities_[slot] = priority;
    ranks_.insert(slot, rank_of(slot));
  }

  // The age becomes the least priority held. REQUIRES: rank 0 is empty.
  void grow_older() {
    std::size_t rank = 1;
    while (rank < kRanks && ranks_.oldest(rank) == kNoSlot) ++rank;
    if (rank == kRanks) return;
    const Slot first = ranks_.oldest(rank);
    std::uint64_t least = priorities_[first];
    for (ranks_.pass(rank); ranks_.oldest(rank) != first; ranks_.pass(rank)) {
      least = std::min(least, priorities_[ranks_.oldest(rank)]);
    }
    age_ = least;
    refile(rank, 0);
  }

  void refile(std::size_t rank, unsigned shift) {
    while (ranks_.oldest(rank) != kNoSlot) {
      const Slot slot = ranks_.oldest(rank);
      ranks_.erase(slot, rank);
      enter(slot, priorities_[slot] >> shift);
    }
  }

  // Small caches may double priorities again and again; before they overflow they lose some bits.
  void scale_down() {
    age_ >>= kScale;
    if (const Slot first = ranks_.oldest(0); first != kNoSlot) {
      do {
        priorities_[ranks_.oldest(0)] = age_;
        ranks_.pass(0);
      } while (ranks_.oldest(0) != first);
    }
    for (std::size_t rank = 1; rank < kRanks; ++rank) refile(rank, kScale);
  }

  SlotRings<kRanks> ranks_;  // in each, whoever came by his priority first is oldest
  SlotArray<std::uint64_t> priorities_;
  std::uint64_t age_ = 0;
};

}  // namespace cdnsim
