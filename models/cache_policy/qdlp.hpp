// QD-LP-FIFO (HotOS'23): a small FIFO demotes newcomers quickly, those that were asked for
// meanwhile move on to a CLOCK of two bits, and a ghost remembers the others. Does not know how
// entries are stored.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/ghost_queue.hpp>
#include <cdnsim/data_path/slot_rings.hpp>

namespace cdnsim {

// As libCacheSim's (2025-05): whoever moves on makes room in the main queue first; the main queue
// is not evicted for a newcomer unless the small one is empty; it keeps to its size when someone
// comes back from the ghost, though the cache may have room; an object larger than the small queue
// is refused, and one exactly as large may come back from the ghost but not enter as a newcomer.
class Qdlp {
 public:
  static constexpr std::string_view kName = "qdlp";
  static constexpr std::string_view kSummary =
      "a small FIFO lets those pass on to a CLOCK that were asked for; a ghost remembers the "
      "others";
  static constexpr std::array kParameters{
      PolicyParameter{.name = "small", .otherwise = 0.1, .least = 0, .most = 1},
      PolicyParameter{.name = "ghost", .otherwise = 0.9, .least = 0, .most = 100},
      PolicyParameter{.name = "threshold", .otherwise = 1, .least = 1, .most = 100, .whole = true}};

  Qdlp() = default;
  explicit Qdlp(std::span<const double> values)
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
    offered_ = bytes;
    const std::int64_t most = returns_ ? main_.capacity : small_.capacity - 1;
    if (bytes <= std::min(most, small_.capacity)) return Offer::admit;
    returns_ = false;
    return bytes > small_.capacity ? Offer::refuse : Offer::make_room_only;
  }
  void on_insert(Slot slot, std::uint64_t, std::int64_t bytes) {
    returns_ ? enter(kMain, slot, bytes) : enter(kSmall, slot, bytes);
    returns_ = false;
  }
  // What the main queue has to let go for who moves on, or comes back.
  Slot overdue() {
    const bool must_give = moving_ != kNoSlot || (returns_ && !has_room(offered_));
    return must_give && main_.held > 0 ? victim_of_main() : kNoSlot;
  }

  void prefetch_absent(std::uint64_t key) const { ghost_.prefetch(key); }
  void on_refused() { moving_ = kNoSlot; }
  void prefetch(Slot slot) const { marks_.prefetch(slot); }
  void on_hit(Slot slot) {
    returns_ = false;
    const int most = list_of(slot) == kMain ? kMostRounds : kMostHits;
    marks_[slot] = static_cast<std::uint8_t>(marks_[slot] + ((marks_[slot] & kMostHits) < most));
  }

  void on_erase(Slot slot, std::uint64_t key, std::int64_t bytes, Removal why) {
    const std::size_t list = list_of(slot);
    leave(list, slot, bytes);
    if (slot == moving_) moving_ = kNoSlot;
    if (moving_ != kNoSlot && has_room(moving_bytes_)) {
      move_on(moving_, moving_bytes_);
      moving_ = kNoSlot;
    }
    if (why == Removal::evicted && list == kSmall && marks_[slot] < threshold_) {
      ghost_.remember(key, bytes);
    }
  }

  template <class Entries>
  Slot victim(const Entries& entries) {
    while (moving_ == kNoSlot && small_.held > 0) {
      const Slot slot = queues_.oldest(kSmall);
      const std::int64_t bytes = entries.bytes(slot);
      if (marks_[slot] < threshold_ || bytes > main_.capacity) return slot;
      if (!has_room(bytes)) {
        moving_ = slot;
        moving_bytes_ = bytes;
      } else {
        move_on(slot, bytes);
      }
    }
    return victim_of_main();
  }

 private:
  struct Queue {
    std::int64_t capacity = 0;
    std::int64_t held = 0;
  };
  static constexpr std::size_t kSmall = 0, kMain = 1;
  static constexpr int kMostHits = 127;         // low bits of a mark: hits, at most this many,
  static constexpr int kMostRounds = 3;         // or, in the main queue, this many
  static constexpr std::uint8_t kInMain = 128;  // high bit of a mark

  std::size_t list_of(Slot slot) const { return (marks_[slot] & kInMain) != 0 ? kMain : kSmall; }
  Queue& queue(std::size_t list) { return list == kMain ? main_ : small_; }
  bool has_room(std::int64_t bytes) const { return main_.held <= main_.capacity - bytes; }

  void enter(std::size_t list, Slot slot, std::int64_t bytes) {
    marks_[slot] = list == kMain ? kInMain : 0;
    queues_.insert(slot, list);
    queue(list).held += bytes;
  }
  void leave(std::size_t list, Slot slot, std::int64_t bytes) {
    queues_.erase(slot, list);
    queue(list).held -= bytes;
  }
  void move_on(Slot slot, std::int64_t bytes) {
    leave(kSmall, slot, bytes);
    enter(kMain, slot, bytes);
  }

  Slot victim_of_main() {
    while (marks_[queues_.oldest(kMain)] != kInMain) {
      --marks_[queues_.oldest(kMain)];
      queues_.pass(kMain);
    }
    return queues_.oldest(kMain);
  }

  SlotRings<2> queues_;
  SlotArray<std::uint8_t> marks_;
  GhostQueue ghost_;
  Queue small_, main_;
  double small_share_ = 0.1, ghost_share_ = 0.9;
  int threshold_ = 1;
  Slot moving_ = kNoSlot;  // into the main queue, once it fits there
  std::int64_t moving_bytes_ = 0;
  std::int64_t offered_ = 0;
  bool returns_ = false;  // the object on offer was in the ghost
};

}  // namespace cdnsim
