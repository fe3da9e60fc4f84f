// NTH: an object enters when it is brought for the n-th time, as far back as memory goes.
// Does not know sizes.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include <cdnsim/data_path/admission.hpp>
#include <cdnsim/data_path/key_table.hpp>
#include <cdnsim/data_path/slot_rings.hpp>

namespace cdnsim {

// Remembers so many keys, each from when it was first brought; the oldest is forgotten, and who
// has entered is too.
class NthAdmission : public AdmitAll {
 public:
  static constexpr std::string_view kName = "nth";
  static constexpr std::string_view kSummary = "an object enters when it is brought the n-th time";
  static constexpr std::array kParameters{
      PolicyParameter{.name = "n", .otherwise = 2, .least = 1, .most = 1000, .whole = true},
      PolicyParameter{
          .name = "keys", .otherwise = 1'000'000, .least = 1, .most = 1e9, .whole = true}};

  NthAdmission() = default;
  explicit NthAdmission(std::span<const double> values)
      : n_(static_cast<std::uint64_t>(values[0])), most_(static_cast<std::uint64_t>(values[1])) {}

  bool admits(std::uint64_t key, std::int64_t) {
    if (n_ == 1) return true;
    const Slot row = brought_.find(key);
    if (row == kNoSlot) {
      remember(key);
      return false;
    }
    if (++brought_[row].word < n_) return false;
    forget(row);
    return true;
  }

 private:
  void remember(std::uint64_t key) {
    if (count_ == most_) forget(by_age_.oldest());
    const Slot row = brought_.add(key, 1);
    by_age_.reach(brought_.last());
    by_age_.insert(row);
    ++count_;
  }
  void forget(Slot row) {
    by_age_.erase(row);
    brought_.erase(row);
    --count_;
  }

  KeyTable brought_;  // a row's word: how often
  SlotRings<> by_age_;
  std::uint64_t n_ = 2;
  std::uint64_t most_ = 1'000'000;
  std::uint64_t count_ = 0;
};

}  // namespace cdnsim
