// Perfect LFU (Breslau et al., INFOCOM'99): requests for every object are counted, held or not, and
// those that were asked for most often are kept. Does not know sizes beyond whether there is room.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/key_table.hpp>
#include <cdnsim/data_path/slot_heap.hpp>

namespace cdnsim {

// A newcomer that was not asked for more often than the least of the copies is refused, so that
// under independent requests the most popular objects stay: the best that any policy can do then.
// Memory goes with the objects that were ever asked for, which real caches cannot afford.
class PerfectLfu {
 public:
  static constexpr std::string_view kName = "plfu";
  static constexpr std::string_view kSummary =
      "those stay that were asked for most often, by counts that are never forgotten";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  void attach(Bytes capacity) { capacity_ = capacity.count(); }
  void reach(Slot last) {
    heap_.reach(last);
    rows_.reach(last);
  }

  void on_ask(std::uint64_t key) { ++counts_[row_of(key)].word; }
  Offer offer(std::uint64_t key, std::int64_t bytes) {
    const bool fits = held_ <= capacity_ - bytes;
    if (fits || heap_.top() == kNoSlot) return Offer::admit;
    return counts_[row_of(key)].word > count(heap_.top()) ? Offer::admit : Offer::refuse;
  }
  void on_insert(Slot slot, std::uint64_t key, std::int64_t bytes) {
    rows_[slot] = row_of(key);
    held_ += bytes;
    heap_.insert(slot, Rarer{*this});
  }
  void prefetch(Slot slot) const {
    rows_.prefetch(slot);
    heap_.prefetch(slot);
  }
  void on_hit(Slot slot) { heap_.put_off(slot, Rarer{*this}); }
  void on_erase(Slot slot, std::uint64_t, std::int64_t bytes, Removal) {
    held_ -= bytes;
    heap_.erase(slot, Rarer{*this});
  }

  template <class Entries>
  Slot victim(const Entries&) {
    return heap_.top();
  }

 private:
  struct Rarer {
    const PerfectLfu& policy;
    bool operator()(Slot a, Slot b) const { return policy.count(a) < policy.count(b); }
  };

  std::uint64_t count(Slot slot) const { return counts_[rows_[slot]].word; }
  Slot row_of(std::uint64_t key) {
    const Slot row = counts_.find(key);
    return row != kNoSlot ? row : counts_.add(key, 0);
  }

  KeyTable counts_;       // a row's word: requests so far
  SlotArray<Slot> rows_;  // by slot
  SlotHeap heap_;         // the copy that was asked for least often on top
  std::int64_t capacity_ = 0;
  std::int64_t held_ = 0;
};

}  // namespace cdnsim
