// 2Q (VLDB'94): a FIFO for newcomers, a ghost of those that left it, and an LRU for those that came
// back from the ghost. Does not know how entries are stored.
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

// As libCacheSim's (2025-05): newcomers have the whole cache until it is full; an object larger
// than their part of it is refused; and whoever comes back makes room in the LRU, which keeps to
// its part though the cache may have room.
class TwoQ {
 public:
  static constexpr std::string_view kName = "twoq";
  static constexpr std::string_view kSummary =
      "newcomers pass through a FIFO; those that a ghost remembers go into an LRU";
  static constexpr std::array kParameters{
      PolicyParameter{.name = "in", .otherwise = 0.25, .least = 0, .most = 1},
      PolicyParameter{.name = "out", .otherwise = 0.5, .least = 0, .most = 100}};

  TwoQ() = default;
  explicit TwoQ(std::span<const double> values) : in_share_(values[0]), out_share_(values[1]) {}

  void attach(Bytes capacity) {
    const auto total = static_cast<double>(capacity.count());
    in_.capacity = static_cast<std::int64_t>(total * in_share_);
    main_.capacity = capacity.count() - in_.capacity;
    ghost_ = GhostQueue(Bytes(static_cast<std::int64_t>(total * out_share_)));
  }
  void reach(Slot last) {
    queues_.reach(last);
    list_of_.reach(last);
  }

  Offer offer(std::uint64_t key, std::int64_t bytes) {
    returns_ = ghost_.forget(key);
    offered_ = bytes;
    const std::int64_t most = returns_ ? std::min(in_.capacity, main_.capacity) : in_.capacity;
    if (bytes <= most) return Offer::admit;
    returns_ = false;
    return bytes > in_.capacity ? Offer::refuse : Offer::make_room_only;
  }
  void on_insert(Slot slot, std::uint64_t, std::int64_t bytes) {
    list_of_[slot] = returns_ ? kMain : kIn;
    queues_.insert(slot, list_of_[slot]);
    queue(list_of_[slot]).held += bytes;
    returns_ = false;
  }
  Slot overdue() const {
    const bool must_give = returns_ && main_.held > main_.capacity - offered_;
    return must_give && main_.held > 0 ? queues_.oldest(kMain) : kNoSlot;
  }

  void prefetch_absent(std::uint64_t key) const { ghost_.prefetch(key); }
  void prefetch(Slot slot) const {
    list_of_.prefetch(slot);
    queues_.prefetch(slot);
  }
  void on_hit(Slot slot) {
    returns_ = false;
    if (list_of_[slot] == kIn) return;
    queues_.erase(slot, kMain);
    queues_.insert(slot, kMain);
  }

  void on_erase(Slot slot, std::uint64_t key, std::int64_t bytes, Removal why) {
    const std::uint8_t list = list_of_[slot];
    queues_.erase(slot, list);
    queue(list).held -= bytes;
    if (why == Removal::evicted && list == kIn) ghost_.remember(key, bytes);
  }

  template <class Entries>
  Slot victim(const Entries&) {
    const bool from_in = in_.held > in_.capacity;
    return queues_.oldest(from_in || main_.held == 0 ? kIn : kMain);
  }

 private:
  struct Queue {
    std::int64_t capacity = 0;
    std::int64_t held = 0;
  };
  static constexpr std::uint8_t kIn = 0, kMain = 1;

  Queue& queue(std::uint8_t list) { return list == kMain ? main_ : in_; }

  SlotRings<2> queues_;
  SlotArray<std::uint8_t> list_of_;
  GhostQueue ghost_;
  Queue in_, main_;
  double in_share_ = 0.25, out_share_ = 0.5;
  std::int64_t offered_ = 0;
  bool returns_ = false;  // the object on offer was in the ghost
};

}  // namespace cdnsim
