// W-TinyLFU (Einziger, Friedman and Manes, ACM ToS 2017): newcomers pass through a small LRU
// window; who leaves it enters the main part, a segmented LRU, if he is asked for more often than
// who would leave that. Does not know how requests are counted (frequency_sketch.hpp).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/frequency_sketch.hpp>
#include <cdnsim/data_path/slot_rings.hpp>

namespace cdnsim {

// How often a key was asked for of late, by what the policy tells of it.
class TallyOfRequests {
 public:
  void reach(Slot last) { sketch_.grow(last); }
  void prefetch(std::uint64_t key) const { sketch_.prefetch(key); }
  void on_ask(std::uint64_t key) { sketch_.add(key); }
  void on_enter(std::uint64_t) {}
  void on_main_hit(std::uint64_t) {}
  void on_candidate(std::uint64_t) {}
  std::uint32_t count(std::uint64_t key) const { return sketch_.count(key); }

 private:
  FrequencySketch sketch_;
};

// The main part gives a fifth of its room to those on probation, the rest to those that were hit
// there. While it has room, window and main part take whoever comes; a copy larger than the window
// passes through it all the same.
//
// libCacheSim (2025-05) does otherwise: it counts entries, hits in the main part, and whoever is
// about to leave the window, in a Bloom filter of counters that has room for as many keys as the
// main part has copies but is told of all; an eviction goes on after a candidate has won, until one
// loses; and copies leave upon some hits, as the segments are rounded down. With all that in place
// counts are the same to the miss: tests/fidelity/wtinylfu_counts_test.cpp.
template <class Tally>
class BasicWTinyLfu {
 public:
  static constexpr std::array kParameters{
      PolicyParameter{.name = "window", .otherwise = 0.01, .least = 0, .most = 1}};

  BasicWTinyLfu() = default;
  explicit BasicWTinyLfu(std::span<const double> values, Tally tally = {})
      : tally_(std::move(tally)), window_share_(values[0]) {}

  void attach(Bytes capacity) {
    const auto total = static_cast<double>(capacity.count());
    main_most_ = capacity.count() - static_cast<std::int64_t>(total * window_share_);
    probation_most_ = main_most_ / 5;
    protected_most_ = main_most_ - probation_most_;
  }
  void reach(Slot last) {
    rings_.reach(last);
    copies_.reach(last);
    tally_.reach(last);
  }

  void prefetch_ask(std::uint64_t key) const { tally_.prefetch(key); }
  void on_ask(std::uint64_t key) { tally_.on_ask(key); }
  Offer offer(std::uint64_t, std::int64_t) { return Offer::admit; }
  void on_insert(Slot slot, std::uint64_t key, std::int64_t bytes) {
    copies_[slot] = {key, static_cast<std::uint64_t>(bytes) << kPartBits};
    enter(kWindow, slot);
    tally_.on_enter(key);
  }

  void prefetch(Slot slot) const {
    copies_.prefetch(slot);
    rings_.prefetch(slot);
  }
  void on_hit(Slot slot) {
    const std::size_t part = part_of(slot);
    if (part != kWindow) tally_.on_main_hit(copies_[slot].key);
    leave(slot);
    enter(part == kProbation ? kProtected : part, slot);
    while (held_[kProtected] > protected_most_) move(rings_.oldest(kProtected), kProbation);
  }

  void on_erase(Slot slot, std::uint64_t, std::int64_t, Removal why) {
    leave(slot);
    if (why == Removal::evicted && winner_ != kNoSlot && fits_main(winner_)) enter_main(winner_);
    winner_ = kNoSlot;
  }

  template <class Entries>
  Slot victim(const Entries&) {
    winner_ = kNoSlot;
    while (true) {
      const Slot candidate = rings_.oldest(kWindow);
      const Slot rival = rings_.oldest(held_[kProbation] > 0 ? kProbation : kProtected);
      if (candidate == kNoSlot) return rival;
      const bool fits = fits_main(candidate);
      const bool wins = fits || (rival != kNoSlot && count(candidate) > count(rival));
      tally_.on_candidate(copies_[candidate].key);
      if (!wins) return candidate;
      if (!fits) {
        winner_ = candidate;
        return rival;
      }
      enter_main(candidate);
    }
  }

 protected:  // for a test that puts libCacheSim's ways in the place of these
  static constexpr std::size_t kWindow = 0, kProbation = 1, kProtected = 2, kParts = 3;
  static constexpr unsigned kPartBits = 2;
  struct Copy {
    std::uint64_t key;
    std::uint64_t word;  // bytes, and the part in the lowest bits
  };

  std::size_t part_of(Slot slot) const {
    return copies_[slot].word & ((std::uint64_t{1} << kPartBits) - 1);
  }
  std::int64_t bytes_of(Slot slot) const {
    return static_cast<std::int64_t>(copies_[slot].word >> kPartBits);
  }
  std::uint32_t count(Slot slot) const { return tally_.count(copies_[slot].key); }

  void enter(std::size_t part, Slot slot) {
    copies_[slot].word = copies_[slot].word >> kPartBits << kPartBits | part;
    rings_.insert(slot, part);
    held_[part] += bytes_of(slot);
  }
  void leave(Slot slot) {
    const std::size_t part = part_of(slot);
    rings_.erase(slot, part);
    held_[part] -= bytes_of(slot);
  }
  void move(Slot slot, std::size_t part) {
    leave(slot);
    enter(part, slot);
  }

  bool fits_main(Slot slot) const {
    return held_[kProbation] + held_[kProtected] + bytes_of(slot) <= main_most_;
  }
  // On probation, or protected while there is room only there: a cold cache fills both.
  void enter_main(Slot slot) {
    const std::int64_t bytes = bytes_of(slot);
    const bool on_probation =
        held_[kProbation] + bytes <= probation_most_ || held_[kProtected] + bytes > protected_most_;
    move(slot, on_probation ? kProbation : kProtected);
  }

  SlotRings<kParts> rings_;
  SlotArray<Copy> copies_;
  Tally tally_;
  std::array<std::int64_t, kParts> held_{};
  std::int64_t main_most_ = 0, probation_most_ = 0, protected_most_ = 0;
  double window_share_ = 0.01;
  Slot winner_ = kNoSlot;  // leaves the window for the main part when the victim has left that
};

class WTinyLfu : public BasicWTinyLfu<TallyOfRequests> {
 public:
  static constexpr std::string_view kName = "wtinylfu";
  static constexpr std::string_view kSummary =
      "whoever leaves a small window must be asked for more often than whoever would go for it";
  using BasicWTinyLfu::BasicWTinyLfu;
};

}  // namespace cdnsim
