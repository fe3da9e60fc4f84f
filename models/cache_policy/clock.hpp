// CLOCK (Corbato 1968), also FIFO with reinsertion: the oldest copy goes first, but one that was
// asked for since the hand last passed gets another round. Does not know sizes or keys.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/slot_rings.hpp>

namespace cdnsim {

class ClockPolicy {
 public:
  static constexpr std::string_view kName = "clock";
  static constexpr std::string_view kSummary =
      "the oldest copy goes first, unless it was asked for since the hand last passed";
  static constexpr std::array kParameters{
      PolicyParameter{.name = "bits", .otherwise = 1, .least = 1, .most = 7, .whole = true}};

  ClockPolicy() = default;
  explicit ClockPolicy(std::span<const double> values)
      : most_((1U << static_cast<unsigned>(values[0])) - 1) {}

  void attach(Bytes) {}
  void reach(Slot last) {
    ring_.reach(last);
    asked_.reach(last);
  }
  Offer offer(std::uint64_t, std::int64_t) { return Offer::admit; }
  void on_insert(Slot slot, std::uint64_t, std::int64_t) {
    ring_.insert(slot);
    asked_[slot] = 0;
  }
  void prefetch(Slot slot) const { asked_.prefetch(slot); }
  void on_hit(Slot slot) {
    asked_[slot] = static_cast<std::uint8_t>(asked_[slot] + (asked_[slot] < most_));
  }
  void on_erase(Slot slot, std::uint64_t, std::int64_t, Removal) { ring_.erase(slot); }

  template <class Entries>
  Slot victim(const Entries&) {
    while (asked_[ring_.oldest()] != 0) {
      --asked_[ring_.oldest()];
      ring_.pass();
    }
    return ring_.oldest();
  }

 private:
  SlotRings<> ring_;
  SlotArray<std::uint8_t> asked_;  // since the hand last passed, at most most_
  unsigned most_ = 1;
};

}  // namespace cdnsim
