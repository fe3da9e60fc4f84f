// RANDOM: any copy may go, all with the same chance, drawn from the policy's own counter and seed.
// Does not know sizes or keys.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/int128.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/slot.hpp>

namespace cdnsim {

class RandomPolicy {
 public:
  static constexpr std::string_view kName = "random";
  static constexpr std::string_view kSummary = "any copy may go, all with the same chance";
  static constexpr std::array kParameters{PolicyParameter{
      .name = "seed", .otherwise = 0, .least = 0, .most = 4294967295, .whole = true}};

  RandomPolicy() = default;
  explicit RandomPolicy(std::span<const double> values)
      : seed_(static_cast<std::uint64_t>(values[0])) {}

  void attach(Bytes) {}
  void reach(Slot last) {
    held_.reach(last);
    places_.reach(last);
  }
  Offer offer(std::uint64_t, std::int64_t) { return Offer::admit; }
  void on_insert(Slot slot, std::uint64_t, std::int64_t) {
    held_[count_] = slot;
    places_[slot] = count_++;
  }
  void on_hit(Slot) {}
  // The last copy takes the place of the one that leaves.
  void on_erase(Slot slot, std::uint64_t, std::int64_t, Removal) {
    const Slot last = held_[--count_];
    held_[places_[slot]] = last;
    places_[last] = places_[slot];
  }

  template <class Entries>
  Slot victim(const Entries&) {
    const Uint128 product = static_cast<Uint128>(hash64(draws_++, seed_)) * count_;
    return held_[static_cast<Slot>(product >> 64)];
  }

 private:
  SlotArray<Slot> held_;    // by place, from 0
  SlotArray<Slot> places_;  // by slot
  Slot count_ = 0;
  std::uint64_t draws_ = 0;
  std::uint64_t seed_ = 0;
};

}  // namespace cdnsim
