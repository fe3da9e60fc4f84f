// Greedy-Dual-Size (Cao and Irani, USITS'97) with a cost of 1 for each fetch: as GDSF, but however
// often a copy was asked for. Does not know keys.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/rising_heap.hpp>

namespace cdnsim {

// As in the paper whoever is worth least goes until there is room, and then the newcomer enters,
// whatever he is worth. Of equals the one that was asked for longest ago goes, so that with objects
// of one size this is LRU.
class GdSize {
 public:
  static constexpr std::string_view kName = "gdsize";
  static constexpr std::string_view kSummary =
      "the largest copy goes first, but what was not asked for ages";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  void attach(Bytes) {}
  void reach(Slot last) { heap_.reach(last); }
  Offer offer(std::uint64_t, std::int64_t) { return Offer::admit; }
  void on_insert(Slot slot, std::uint64_t, std::int64_t bytes) {
    const double worth = kCost / static_cast<double>(bytes);
    heap_.insert(slot, least_ + worth, worth);
  }
  void prefetch(Slot slot) const { heap_.prefetch(slot); }
  void on_hit(Slot slot) { heap_.raise(slot, least_ + heap_[slot].extra); }
  void on_erase(Slot slot, std::uint64_t, std::int64_t, Removal why) {
    if (why == Removal::evicted) least_ = heap_[slot].priority;
    heap_.erase(slot);
  }

  template <class Entries>
  Slot victim(const Entries&) {
    return heap_.top();
  }

 private:
  static constexpr double kCost = 1e6;

  RisingHeap<double> heap_;  // beside each, what it is worth when it is asked for
  double least_ = 0;         // what the last that went was worth; L in the paper
};

}  // namespace cdnsim
