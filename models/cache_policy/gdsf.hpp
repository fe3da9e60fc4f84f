// GDSF (Cherkasova 1998): a copy is worth its requests divided by its bytes, on top of what was
// least when it was last asked for; whoever is worth least goes. Does not know keys.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/rising_heap.hpp>

namespace cdnsim {

// The clock is what the last that went was worth. A newcomer stands among the copies, and is not
// let in if it would have to go itself. In the paper all stays as it was then; but once each copy
// was asked for twice, such a cache takes in nothing new ever after. So libCacheSim's (2025-05) way
// is taken: whoever is worth less goes before the newcomer does, and the clock moves on.
class Gdsf {
 public:
  static constexpr std::string_view kName = "gdsf";
  static constexpr std::string_view kSummary =
      "the copy with fewest requests a byte goes first; what was popular once ages";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  void attach(Bytes capacity) { capacity_ = capacity.count(); }
  void reach(Slot last) { heap_.reach(last); }

  // Who has to go is chosen here, to be taken by victim() or overdue().
  Offer offer(std::uint64_t, std::int64_t bytes) {
    keep_leaving();
    if (bytes > capacity_) return Offer::refuse;
    const double worth = clock_ + worth_of(1, bytes);
    std::int64_t needed = bytes - (capacity_ - held_);
    while (needed > 0) {
      const Slot least = heap_.top();
      if (heap_[least].priority > worth) {
        clock_ = worth;
        return Offer::refuse;
      }
      needed -= heap_[least].extra.bytes;
      leaving_.push_back(least);
      if (needed > 0) heap_.erase(least);
    }
    std::reverse(leaving_.begin(), leaving_.end());  // the last is taken first
    offered_ = worth;
    return Offer::admit;
  }

  void on_insert(Slot slot, std::uint64_t, std::int64_t bytes) {
    heap_.insert(slot, offered_, {bytes, 1});
    held_ += bytes;
  }
  void prefetch(Slot slot) const { heap_.prefetch(slot); }
  void on_hit(Slot slot) {
    keep_leaving();
    Worth& worth = heap_.extra(slot);
    heap_.raise(slot, clock_ + worth_of(++worth.requests, worth.bytes));
  }
  void on_erase(Slot slot, std::uint64_t, std::int64_t bytes, Removal why) {
    if (why == Removal::evicted) {
      leaving_.pop_back();
      clock_ = std::max(clock_, heap_[slot].priority);
    } else {
      keep_leaving();
    }
    heap_.erase(slot);
    held_ -= bytes;
  }

  Slot overdue() const { return leaving_.empty() ? kNoSlot : leaving_.back(); }
  template <class Entries>
  Slot victim(const Entries&) {
    return overdue();
  }

 private:
  struct Worth {
    std::int64_t bytes;
    std::uint64_t requests;
  };

  // Admission kept the last newcomer out: nobody has to go after all.
  void keep_leaving() {
    for (const Slot slot : leaving_) heap_.put_back(slot);
    leaving_.clear();
  }

  static double worth_of(std::uint64_t requests, std::int64_t bytes) {
    return static_cast<double>(requests) * kCost / static_cast<double>(bytes);
  }
  static constexpr double kCost = 1e6;  // of any fetch; it decides how sums are rounded, no more

  RisingHeap<Worth> heap_;
  std::vector<Slot> leaving_;  // for the object on offer
  double clock_ = 0;
  double offered_ = 0;  // what it is worth
  std::int64_t capacity_ = 0;
  std::int64_t held_ = 0;
};

}  // namespace cdnsim
