// Zipf and Mandelbrot's law: rank k in proportion to (k + shift)^-exponent, so that the first ranks
// are nearly level. Does not know what is ranked.
#pragma once

#include <array>
#include <string_view>

#include <cdnsim/base/math.hpp>
#include <cdnsim/models/workload/popularity/parameter.hpp>

namespace cdnsim {

struct ZipfMandelbrot {
  static constexpr std::string_view kName = "zipf_mandelbrot";
  static constexpr std::string_view kExample = "zipf_mandelbrot:exponent=0.8,shift=20";
  double exponent = 1;
  double shift = 0;

  static constexpr auto parameters() {
    return std::array{
        RankLawParameter<ZipfMandelbrot>{"exponent", &ZipfMandelbrot::exponent, 0, 20},
        RankLawParameter<ZipfMandelbrot>{"shift", &ZipfMandelbrot::shift, 0, 1e9}};
  }
  // Of a rank from 1 to n; never more than 1.
  double weight(double rank, double) const {
    return math::pow((rank + shift) / (1 + shift), -exponent);
  }
  friend bool operator==(const ZipfMandelbrot&, const ZipfMandelbrot&) = default;
};

}  // namespace cdnsim
