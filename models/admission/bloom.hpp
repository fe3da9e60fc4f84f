// BLOOM: a doorkeeper that lets in what it has seen before (Maggs and Sitaraman, CCR 2015: most
// objects of a CDN are asked for once). Does not know sizes, nor keys once they are told.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/int128.hpp>
#include <cdnsim/base/math.hpp>
#include <cdnsim/data_path/admission.hpp>
#include <cdnsim/data_path/slot.hpp>

namespace cdnsim {

// Two Bloom filters: the younger takes keys in until it holds `keys` of them, then takes the place
// of the older. So a key is known for at least that many others, and for twice as many at most.
// `error` is the share of new keys that one full filter takes for known ones.
class BloomAdmission : public AdmitAll {
 public:
  static constexpr std::string_view kName = "bloom";
  static constexpr std::string_view kSummary =
      "an object enters when it is brought again, as far as two Bloom filters remember";
  static constexpr std::array kParameters{
      PolicyParameter{
          .name = "keys", .otherwise = 1'000'000, .least = 1, .most = 1e9, .whole = true},
      PolicyParameter{.name = "error", .otherwise = 0.01, .least = 0.000001, .most = 0.5}};

  BloomAdmission() : BloomAdmission(std::array{1e6, 0.01}) {}
  explicit BloomAdmission(std::span<const double> values)
      : keys_most_(static_cast<std::uint64_t>(values[0])),
        words_(words_for(values[0], values[1])),
        probes_(probes_for(values[1])) {
    for (SlotArray<std::uint64_t>& filter : filters_) {
      filter.reach(static_cast<Slot>(words_ - 1));
      clear(filter);
    }
  }

  bool admits(std::uint64_t key, std::int64_t) {
    const bool in_younger = holds(filters_[younger_], key);
    const bool known = in_younger || holds(filters_[1 - younger_], key);
    if (!in_younger) take_in(key);
    return known;
  }

 private:
  // The bits that leave this error are keys x -ln(error) / ln(2)^2, and -log2(error) of them a key.
  static constexpr double kLn2 = 0.69314718055994531;
  static std::uint64_t words_for(double keys, double error) {
    const double bits = keys * -math::log(error) / (kLn2 * kLn2);
    return std::clamp<std::uint64_t>(static_cast<std::uint64_t>(bits / 64) + 1, 1, kMaxSlot);
  }
  static unsigned probes_for(double error) {
    return static_cast<unsigned>(std::max(-math::log(error) / kLn2 + 0.5, 1.0));
  }

  void clear(SlotArray<std::uint64_t>& filter) {
    std::memset(filter.data(), 0, words_ * sizeof(std::uint64_t));
  }

  // Probe i is the i-th step from one hash by another (Kirsch and Mitzenmacher 2006).
  template <class Use>
  void for_probes(std::uint64_t key, Use use) const {
    const std::uint64_t first = hash64(key, 1), step = hash64(key, 2) | 1;
    for (unsigned i = 0; i < probes_; ++i) {
      const std::uint64_t hash = first + i * step;
      const auto word = static_cast<Slot>(static_cast<Uint128>(hash) * words_ >> 64);
      use(word, std::uint64_t{1} << (mix64(hash) & 63));
    }
  }
  bool holds(const SlotArray<std::uint64_t>& filter, std::uint64_t key) const {
    bool all = true;
    for_probes(key, [&](Slot word, std::uint64_t bit) { all = all && (filter[word] & bit) != 0; });
    return all;
  }
  void take_in(std::uint64_t key) {
    if (keys_ == keys_most_) {
      younger_ = 1 - younger_;
      clear(filters_[younger_]);
      keys_ = 0;
    }
    SlotArray<std::uint64_t>& filter = filters_[younger_];
    for_probes(key, [&](Slot word, std::uint64_t bit) { filter[word] |= bit; });
    ++keys_;
  }

  std::array<SlotArray<std::uint64_t>, 2> filters_;
  std::uint64_t keys_most_;
  std::uint64_t words_;
  std::uint64_t keys_ = 0;  // in the younger
  std::size_t younger_ = 0;
  unsigned probes_;
};

}  // namespace cdnsim
