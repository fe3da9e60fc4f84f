// SLRU (Karedla, Love and Wherry 1994), as S4LRU in Facebook's photo caches (SOSP'13): LRU
// segments, a hit moves a copy one up, and what overflows a segment moves one down. Does not know
// keys.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/slot_rings.hpp>

namespace cdnsim {

// As libCacheSim's (2025-05): segments of one size; a newcomer enters the lowest that has room for
// it, so that a cold cache fills all of them; larger than a segment it is refused. What falls out
// of the lowest segment when a hit pushes others down is evicted, though there may be room.
class Slru {
 public:
  static constexpr std::string_view kName = "slru";
  static constexpr std::string_view kSummary =
      "each hit moves a copy one segment up; what overflows a segment moves one down";
  static constexpr std::size_t kMostSegments = 16;
  static constexpr std::array kParameters{PolicyParameter{
      .name = "segments", .otherwise = 4, .least = 1, .most = kMostSegments, .whole = true}};

  Slru() = default;
  explicit Slru(std::span<const double> values) : segments_(static_cast<std::size_t>(values[0])) {}

  void attach(Bytes capacity) {
    segment_capacity_ = capacity.count() / static_cast<std::int64_t>(segments_);
  }
  void reach(Slot last) { rings_.reach(last); }
  Offer offer(std::uint64_t, std::int64_t bytes) {
    lowest_overflows_ = false;
    return bytes > segment_capacity_ ? Offer::refuse : Offer::admit;
  }

  void on_insert(Slot slot, std::uint64_t, std::int64_t bytes) {
    std::size_t segment = 0;
    while (segment < segments_ && held_[segment] > segment_capacity_ - bytes) ++segment;
    enter(segment < segments_ ? segment : 0, slot, bytes);
  }

  void prefetch(Slot slot) const { rings_.prefetch(slot); }
  void on_hit(Slot slot) {
    const std::size_t segment = segment_of(slot);
    lowest_overflows_ = false;
    if (segment + 1 == segments_) {
      rings_.erase(slot, segment);
      rings_.insert(slot, segment);
      return;
    }
    move(slot, segment + 1);
    for (std::size_t full = segment + 1; full > 0; --full) {
      if (full == 1) lowest_overflows_ = held_[1] > segment_capacity_;
      while (held_[full] > segment_capacity_) move(rings_.oldest(full), full - 1);
    }
  }
  Slot overdue() const {
    return lowest_overflows_ && held_[0] > segment_capacity_ ? rings_.oldest(0) : kNoSlot;
  }

  void on_erase(Slot slot, std::uint64_t, std::int64_t, Removal) { leave(slot); }

  template <class Entries>
  Slot victim(const Entries&) {
    std::size_t lowest = 0;
    while (held_[lowest] == 0) ++lowest;
    return rings_.oldest(lowest);
  }

 private:
  static constexpr unsigned kSegmentBits = 4;
  static_assert(kMostSegments == 1U << kSegmentBits);

  std::size_t segment_of(Slot slot) const { return rings_.note(slot) & (kMostSegments - 1); }
  std::int64_t bytes_of(Slot slot) const {
    return static_cast<std::int64_t>(rings_.note(slot) >> kSegmentBits);
  }

  void enter(std::size_t segment, Slot slot, std::int64_t bytes) {
    rings_.note(slot) = static_cast<std::uint64_t>(bytes) << kSegmentBits | segment;
    rings_.insert(slot, segment);
    held_[segment] += bytes;
  }
  void leave(Slot slot) {
    const std::size_t segment = segment_of(slot);
    rings_.erase(slot, segment);
    held_[segment] -= bytes_of(slot);
  }
  void move(Slot slot, std::size_t segment) {
    leave(slot);
    enter(segment, slot, bytes_of(slot));
  }

  SlotRings<kMostSegments, std::uint64_t> rings_;  // notes: bytes, and the segment, lowest
  std::array<std::int64_t, kMostSegments> held_{};
  std::int64_t segment_capacity_ = 0;
  std::size_t segments_ = 4;
  bool lowest_overflows_ = false;  // something was pushed down into it by the hit at hand
};

}  // namespace cdnsim
