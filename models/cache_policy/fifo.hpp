// FIFO: the oldest copy goes first, whoever asks for it.
// Does not know sizes or keys.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/slot_rings.hpp>

namespace cdnsim {

class Fifo {
 public:
  static constexpr std::string_view kName = "fifo";
  static constexpr std::string_view kSummary = "the oldest copy goes first, whoever asks for it";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  void attach(Bytes) {}
  void reach(Slot last) { queue_.reach(last); }
  Offer offer(std::uint64_t, std::int64_t) { return Offer::admit; }
  void on_insert(Slot slot, std::uint64_t, std::int64_t) { queue_.insert(slot); }
  void on_hit(Slot) {}
  void on_erase(Slot slot, std::uint64_t, std::int64_t, Removal) { queue_.erase(slot); }

  template <class Entries>
  Slot victim(const Entries&) {
    return queue_.oldest();
  }

 private:
  SlotRings<> queue_;
};

}  // namespace cdnsim
