// AdaptSize (NSDI'17): an object of s bytes enters with chance exp(-s / c), and every so many
// requests c becomes what a model of an LRU cache finds best for the object hit ratio.
// Does not know the eviction policy: the model takes it for LRU.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/math.hpp>
#include <cdnsim/data_path/admission.hpp>
#include <cdnsim/data_path/key_table.hpp>
#include <cdnsim/models/admission/adaptsize_model.hpp>

namespace cdnsim {

// The requests of the last window count whole, those of the one before half, and so on.
class AdaptSize : public AdmitAll {
 public:
  static constexpr std::string_view kName = "adaptsize";
  static constexpr std::string_view kSummary =
      "small objects enter sooner, by a chance that a model of the cache tunes";
  static constexpr std::array kParameters{
      PolicyParameter{
          .name = "window", .otherwise = 500'000, .least = 1000, .most = 1e9, .whole = true},
      PolicyParameter{
          .name = "seed", .otherwise = 0, .least = 0, .most = 4294967295, .whole = true}};

  AdaptSize() = default;
  explicit AdaptSize(std::span<const double> values)
      : window_(static_cast<std::uint64_t>(values[0])),
        seed_(static_cast<std::uint64_t>(values[1])) {}

  // Until the first window is over everything that fits well enters: c begins at the capacity.
  void attach(Bytes capacity) {
    capacity_ = static_cast<double>(capacity.count());
    scale_ = capacity_;
  }
  void on_hit(std::uint64_t key, std::int64_t bytes) { note(key, bytes); }
  bool admits(std::uint64_t key, std::int64_t bytes) {
    note(key, bytes);
    const double chance = math::exp(-static_cast<double>(bytes) / scale_);
    return unit(hash64(draws_++, seed_)) < chance;
  }

  // The c in force, in bytes.
  double scale() const { return scale_; }

 private:
  static constexpr std::uint64_t kRequest = 1 << 10;  // of a count, so that halves stay exact

  void note(std::uint64_t key, std::int64_t bytes) {
    Slot row = objects_.find(key);
    if (row == kNoSlot) {
      row = objects_.add(key, 0);
      bytes_.reach(objects_.last());
    }
    objects_[row].word += kRequest;
    bytes_[row] = bytes;
    if (++noted_ == window_) end_window();
  }

  void end_window() {
    AdaptSizeModel model(capacity_);
    std::vector<Slot> forgotten;
    objects_.for_each([&](Slot row) {
      std::uint64_t& count = objects_[row].word;
      model.add(static_cast<double>(count) / static_cast<double>(kRequest), bytes_[row]);
      count /= 2;
      if (count < kRequest / 8) forgotten.push_back(row);
    });
    for (const Slot row : forgotten) objects_.erase(row);
    scale_ = model.best_scale();
    noted_ = 0;
  }

  KeyTable objects_;  // a row's word: its requests, times kRequest
  SlotArray<std::int64_t> bytes_;
  std::uint64_t window_ = 500'000;
  std::uint64_t seed_ = 0;
  std::uint64_t noted_ = 0;
  std::uint64_t draws_ = 0;
  double capacity_ = 0;
  double scale_ = 1;
};

}  // namespace cdnsim
