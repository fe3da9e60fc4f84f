// PROB: each object that was brought enters with the same chance, so that what is asked for often
// gets in sooner. Does not know keys or sizes.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/hash.hpp>
#include <cdnsim/data_path/admission.hpp>

namespace cdnsim {

class ProbabilityAdmission : public AdmitAll {
 public:
  static constexpr std::string_view kName = "prob";
  static constexpr std::string_view kSummary = "each object that was brought enters by chance";
  static constexpr std::array kParameters{
      PolicyParameter{.name = "p", .otherwise = 0.1, .least = 0, .most = 1},
      PolicyParameter{
          .name = "seed", .otherwise = 0, .least = 0, .most = 4294967295, .whole = true}};

  ProbabilityAdmission() = default;
  explicit ProbabilityAdmission(std::span<const double> values)
      : probability_(values[0]), seed_(static_cast<std::uint64_t>(values[1])) {}

  bool admits(std::uint64_t, std::int64_t) { return unit(hash64(draws_++, seed_)) < probability_; }

 private:
  double probability_ = 0.1;
  std::uint64_t seed_ = 0;
  std::uint64_t draws_ = 0;
};

}  // namespace cdnsim
