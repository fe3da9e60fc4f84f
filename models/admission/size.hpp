// SIZE: objects of some sizes only, as most operators keep the largest ones out.
// Does not know how often an object is asked for.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include <cdnsim/data_path/admission.hpp>

namespace cdnsim {

class SizeAdmission : public AdmitAll {
 public:
  static constexpr std::string_view kName = "size";
  static constexpr std::string_view kSummary = "objects of some sizes only: most=1MiB";
  static constexpr std::array kParameters{
      PolicyParameter{.name = "most", .otherwise = 1 << 20, .least = 1, .most = 1e15},
      PolicyParameter{.name = "least", .otherwise = 1, .least = 1, .most = 1e15}};

  SizeAdmission() = default;
  explicit SizeAdmission(std::span<const double> values)
      : most_(static_cast<std::int64_t>(values[0])), least_(static_cast<std::int64_t>(values[1])) {}

  bool admits(std::uint64_t, std::int64_t bytes) { return bytes <= most_ && bytes >= least_; }

 private:
  std::int64_t most_ = 1 << 20;
  std::int64_t least_ = 1;
};

}  // namespace cdnsim
