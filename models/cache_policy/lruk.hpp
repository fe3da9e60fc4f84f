// LRU-K (SIGMOD'93): the copy whose K-th last request is longest ago goes first, before it those
// with fewer requests; and the requests for a copy that left are remembered for a while.
// Does not know correlated requests (the paper's other parameter), nor how entries are stored.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/key_table.hpp>
#include <cdnsim/data_path/slot_heap.hpp>
#include <cdnsim/data_path/slot_rings.hpp>

namespace cdnsim {

// Among copies with fewer than K requests the one that was asked for longest ago goes first. What
// left is remembered up to so many bytes of copies, a share of the capacity.
class LruK {
 public:
  static constexpr std::string_view kName = "lruk";
  static constexpr std::string_view kSummary =
      "the copy whose K-th last request is longest ago goes first";
  static constexpr std::array kParameters{
      PolicyParameter{.name = "k", .otherwise = 2, .least = 1, .most = 8, .whole = true},
      PolicyParameter{.name = "history", .otherwise = 1, .least = 0, .most = 100}};

  LruK() = default;
  explicit LruK(std::span<const double> values)
      : k_(static_cast<std::size_t>(values[0])), history_share_(values[1]) {}

  void attach(Bytes capacity) {
    const auto total = static_cast<double>(capacity.count());
    history_most_ = static_cast<std::int64_t>(total * history_share_);
  }
  void reach(Slot last) {
    heap_.reach(last);
    reach(times_, last);
  }

  Offer offer(std::uint64_t key, std::int64_t) {
    offered_ = {};
    if (const Slot row = past_.find(key); row != kNoSlot) {
      std::copy_n(times_of(past_times_, row), k_, offered_.data());
      forget(row);
    }
    return Offer::admit;
  }

  void on_insert(Slot slot, std::uint64_t, std::int64_t) {
    std::copy_n(offered_.data(), k_, times_of(times_, slot));
    asked_for(slot);
    heap_.insert(slot, Before{*this});
  }
  void prefetch(Slot slot) const { heap_.prefetch(slot); }
  void on_hit(Slot slot) {
    asked_for(slot);
    heap_.put_off(slot, Before{*this});
  }

  void on_erase(Slot slot, std::uint64_t key, std::int64_t bytes, Removal why) {
    heap_.erase(slot, Before{*this});
    if (why == Removal::evicted && k_ > 1) remember(slot, key, bytes);
  }

  template <class Entries>
  Slot victim(const Entries&) {
    return heap_.top();
  }

 private:
  // Of each row the last k requests, newest first; 0 for none. Requests count from 1.
  using Times = SlotArray<std::uint64_t>;
  static constexpr std::size_t kMost = 8;

  struct Before {
    const LruK& self;
    bool operator()(Slot a, Slot b) const {
      const std::uint64_t* const times_a = self.times_of(self.times_, a);
      const std::uint64_t* const times_b = self.times_of(self.times_, b);
      const std::uint64_t first_a = times_a[self.k_ - 1], first_b = times_b[self.k_ - 1];
      return first_a != first_b ? first_a < first_b : times_a[0] < times_b[0];
    }
  };

  void reach(Times& times, Slot last) const {
    const std::uint64_t end = (std::uint64_t{last} + 1) * k_;
    CDNSIM_ASSERT(end <= kMaxSlot, "more requests to remember than slots can name");
    times.reach(static_cast<Slot>(end - 1));
  }
  std::uint64_t* times_of(Times& times, Slot row) const { return times.data() + row * k_; }
  const std::uint64_t* times_of(const Times& times, Slot row) const {
    return times.data() + row * k_;
  }

  void asked_for(Slot slot) {
    std::uint64_t* const times = times_of(times_, slot);
    std::copy_backward(times, times + k_ - 1, times + k_);
    times[0] = ++now_;
  }

  void remember(Slot slot, std::uint64_t key, std::int64_t bytes) {
    if (bytes > history_most_) return;
    while (history_held_ > history_most_ - bytes) forget(past_order_.oldest());
    const Slot row = past_.add(key, static_cast<std::uint64_t>(bytes));
    reach(past_times_, past_.last());
    past_order_.reach(past_.last());
    std::copy_n(times_of(times_, slot), k_, times_of(past_times_, row));
    past_order_.insert(row);
    history_held_ += bytes;
  }
  void forget(Slot row) {
    history_held_ -= static_cast<std::int64_t>(past_[row].word);
    past_order_.erase(row);
    past_.erase(row);
  }

  std::size_t k_ = 2;
  SlotHeap heap_;
  Times times_;    // of the copies
  KeyTable past_;  // the objects that left, with their bytes
  Times past_times_;
  SlotRings<> past_order_;
  std::array<std::uint64_t, kMost> offered_{};  // of the object on offer
  std::uint64_t now_ = 0;
  double history_share_ = 1;
  std::int64_t history_most_ = 0;
  std::int64_t history_held_ = 0;
};

}  // namespace cdnsim
