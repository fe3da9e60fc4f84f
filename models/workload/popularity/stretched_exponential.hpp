// Stretched exponential ranks (Guo et al., PODC 2008): the requests y of rank k of n follow
// y^stretch = 1 + slope * log(n / k), a straight line where ranks are drawn by their logarithm.
// Does not know what is ranked.
#pragma once

#include <array>
#include <string_view>

#include <cdnsim/base/math.hpp>
#include <cdnsim/models/workload/popularity/parameter.hpp>

namespace cdnsim {

struct StretchedExponential {
  static constexpr std::string_view kName = "stretched_exponential";
  static constexpr std::string_view kExample = "stretched_exponential:stretch=0.35,slope=0.25";
  double stretch = 1;
  double slope = 1;

  static constexpr auto parameters() {
    return std::array{
        RankLawParameter<StretchedExponential>{"stretch", &StretchedExponential::stretch, 0.1, 1},
        RankLawParameter<StretchedExponential>{"slope", &StretchedExponential::slope, 0, 100}};
  }
  // Of a rank from 1 to n; the last one's is 1.
  double weight(double rank, double n) const {
    return math::pow(1 + slope * math::log(n / rank), 1 / stretch);
  }
  friend bool operator==(const StretchedExponential&, const StretchedExponential&) = default;
};

}  // namespace cdnsim
