// MRU: the copy that was asked for last goes first, which suits requests that come in a circle.
// Does not know sizes or keys.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/slot_list.hpp>

namespace cdnsim {

class Mru {
 public:
  static constexpr std::string_view kName = "mru";
  static constexpr std::string_view kSummary = "the copy that was asked for last goes first";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  void attach(Bytes) {}
  void reach(Slot last) { order_.reach(last); }
  Offer offer(std::uint64_t, std::int64_t) { return Offer::admit; }
  void on_insert(Slot slot, std::uint64_t, std::int64_t) { order_.push_front(slot); }
  void on_hit(Slot slot) { order_.move_to_front(slot); }
  void on_erase(Slot slot, std::uint64_t, std::int64_t, Removal) { order_.erase(slot); }

  template <class Entries>
  Slot victim(const Entries&) {
    return order_.front();
  }

 private:
  SlotList order_;  // last asked for in front
};

}  // namespace cdnsim
