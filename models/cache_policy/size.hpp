// SIZE (Williams et al., SIGCOMM'96): the largest copy goes first.
// Does not know keys, nor how often a copy was asked for.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/slot_heap.hpp>

namespace cdnsim {

// Which of several largest copies goes is libCacheSim's choice, so that counts compare.
class SizePolicy {
 public:
  static constexpr std::string_view kName = "size";
  static constexpr std::string_view kSummary = "the largest copy goes first";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  void attach(Bytes) {}
  void reach(Slot last) {
    heap_.reach(last);
    bytes_.reach(last);
  }
  Offer offer(std::uint64_t, std::int64_t) { return Offer::admit; }
  void on_insert(Slot slot, std::uint64_t, std::int64_t bytes) {
    bytes_[slot] = bytes;
    heap_.insert(slot, Larger{bytes_});
  }
  void on_hit(Slot) {}
  void on_erase(Slot slot, std::uint64_t, std::int64_t, Removal) {
    heap_.erase(slot, Larger{bytes_});
  }

  template <class Entries>
  Slot victim(const Entries&) {
    return heap_.top();
  }

 private:
  struct Larger {
    const SlotArray<std::int64_t>& bytes;
    bool operator()(Slot a, Slot b) const { return bytes[a] > bytes[b]; }
  };

  SlotHeap heap_;
  SlotArray<std::int64_t> bytes_;
};

}  // namespace cdnsim
