// S3-FIFO (SOSP'23): a small FIFO for newcomers, a main FIFO with reinsertion for those who were
// asked for again, and a ghost of the newcomers that left. Does not know how entries are stored.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/ghost_queue.hpp>
#include <cdnsim/data_path/slot_rings.hpp>

namespace cdnsim {

// Where the paper leaves a choice, libCacheSim's (2025-05) is taken, so that counts compare: until
// the first eviction newcomers that overflow the small queue go to the main one; an object larger
// than the small queue is refused, and one exactly as large may come back from the ghost but not
// enter as a newcomer.
class S3Fifo {
 public:
  static constexpr std::string_view kName = "s3fifo";
  static constexpr std::string_view kSummary =
      "newcomers prove themselves in a small queue; a ghost remembers those that left it";
  static constexpr std::array kParameters{
      PolicyParameter{.name = "small", .otherwise = 0.1, .least = 0, .most = 1},
      PolicyParameter{.name = "ghost", .otherwise = 0.9, .least = 0, .most = 100},
      PolicyParameter{.name = "threshold", .otherwise = 2, .least = 1, .most = 100, .whole = true}};

  S3Fifo() = default;
  explicit S3Fifo(std::span<const double> values)
      : small_share_(values[0]), ghost_share_(values[1]), threshold_(static_cast<int>(values[2])) {}

  void attach(Bytes capacity) {
    const auto total = static_cast<double>(capacity.count());
    small_.capacity = static_cast<std::int64_t>(total * small_share_);
    main_.capacity = capacity.count() - small_.capacity;
    ghost_ = GhostQueue(Bytes(static_cast<std::int64_t>(total * ghost_share_)));
  }
  void reach(Slot last) {
    queues_.reach(last);
    marks_.reach(last);
  }

  Offer offer(std::uint64_t key, std::int64_t bytes) {
    returns_ = ghost_.forget(key);
    if (bytes > small_.capacity) return Offer::refuse;
    if (bytes == small_.capacity && !returns_) return Offer::make_room_only;
    return Offer::admit;
  }

  void on_insert(Slot slot, std::uint64_t, std::int64_t bytes) {
    const bool overflows = !has_evicted_ && small_.held >= small_.capacity;
    marks_[slot] = 0;
    returns_ || overflows ? enter(kMain, slot, bytes) : enter(kSmall, slot, bytes);
  }

  void prefetch_absent(std::uint64_t key) const { ghost_.prefetch(key); }
  void prefetch(Slot slot) const { marks_.prefetch(slot); }
  void on_hit(Slot slot) {
    marks_[slot] = static_cast<std::uint8_t>(marks_[slot] + ((marks_[slot] & kHits) != kHits));
  }

  void on_erase(Slot slot, std::uint64_t key, std::int64_t bytes, Removal why) {
    const std::size_t list = list_of(slot);
    leave(list, slot, bytes);
    if (why == Removal::evicted && list == kSmall) ghost_.remember(key, bytes);
  }

  template <class Entries>
  Slot victim(const Entries& entries) {
    has_evicted_ = true;
    while (true) {
      const bool from_main = main_.held > main_.capacity || small_.held == 0;
      const Slot slot = from_main ? victim_of_main() : victim_of_small(entries);
      if (slot != kNoSlot) return slot;
    }
  }

 private:
  struct Queue {
    std::int64_t capacity = 0;
    std::int64_t held = 0;
  };
  static constexpr std::size_t kSmall = 0, kMain = 1;
  static constexpr std::uint8_t kHits = 127;    // low bits of a mark: hits, at most this many
  static constexpr std::uint8_t kInMain = 128;  // high bit of a mark
  static constexpr int kMostRounds = 3;         // of a copy in the main queue

  std::size_t list_of(Slot slot) const { return (marks_[slot] & kInMain) != 0 ? kMain : kSmall; }
  Queue& queue(std::size_t list) { return list == kMain ? main_ : small_; }

  void enter(std::size_t list, Slot slot, std::int64_t bytes) {
    if (list == kMain) marks_[slot] |= kInMain;
    queues_.insert(slot, list);
    queue(list).held += bytes;
  }
  void leave(std::size_t list, Slot slot, std::int64_t bytes) {
    queues_.erase(slot, list);
    queue(list).held -= bytes;
  }

  // Newcomers that were asked for again move on to the main queue; kNoSlot if all were.
  template <class Entries>
  Slot victim_of_small(const Entries& entries) {
    while (small_.held > 0) {
      const Slot slot = queues_.oldest(kSmall);
      if (marks_[slot] < threshold_) return slot;
      const std::int64_t bytes = entries.bytes(slot);
      leave(kSmall, slot, bytes);
      marks_[slot] = 0;
      enter(kMain, slot, bytes);
    }
    return kNoSlot;
  }

  Slot victim_of_main() {
    while (true) {
      const Slot slot = queues_.oldest(kMain);
      const int hits = marks_[slot] & kHits;
      if (hits == 0) return slot;
      queues_.pass(kMain);
      marks_[slot] = static_cast<std::uint8_t>(kInMain | (std::min(hits, kMostRounds) - 1));
    }
  }

  SlotRings<2> queues_;
  SlotArray<std::uint8_t> marks_;
  GhostQueue ghost_;
  Queue small_, main_;
  double small_share_ = 0.1, ghost_share_ = 0.9;
  int threshold_ = 2;
  bool has_evicted_ = false;
  bool returns_ = false;  // the object on offer was in the ghost
};

}  // namespace cdnsim
