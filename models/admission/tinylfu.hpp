// TinyLFU (ACM ToS 2017): a newcomer enters if it was asked for more often of late than what would
// have to go for it. Does not know sizes.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <cdnsim/data_path/admission.hpp>
#include <cdnsim/data_path/frequency_sketch.hpp>

namespace cdnsim {

// Where copies have sizes and several would have to go, each that is worth less goes, until one is
// not: then the newcomer stays out (the queue of victims of Einziger, Eytan, Friedman and Manes,
// "Lightweight Robust Size Aware Cache Management", ACM ToS 2022).
class TinyLfuAdmission : public AdmitAll {
 public:
  static constexpr std::string_view kName = "tinylfu";
  static constexpr std::string_view kSummary =
      "an object enters if it is asked for more often than what would go for it";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  void reach(Slot last) { requests_.grow(last); }
  void on_hit(std::uint64_t key, std::int64_t) { requests_.add(key); }
  void on_miss(std::uint64_t key) { requests_.add(key); }
  bool outranks(std::uint64_t newcomer, std::uint64_t victim) {
    return requests_.count(newcomer) > requests_.count(victim);
  }

 private:
  FrequencySketch requests_;
};

}  // namespace cdnsim
