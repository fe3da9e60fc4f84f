// A rate curve: what share of its base rate a workload has at a moment of local time.
// Does not know the workload.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <cdnsim/base/text.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

// Piecewise linear through its points; the text forms are "constant", "diurnal", "diurnal:1.8"
// and "points:0s=1,5min=2.5,10min=1" (held before the first and after the last point).
class Curve {
 public:
  static Curve constant();
  // By local time, an evening peak of so much over a mean of 1. REQUIRES: 1 <= peak <= kPeakMost.
  static Curve diurnal(double peak = kPeak);
  static constexpr double kPeak = 1.55;
  static constexpr double kPeakMost = 1.9;

  bool follows_clock() const { return period_ > Duration{0}; }

  double at(SimTime now, Duration utc_offset) const;

  friend bool operator==(const Curve&, const Curve&) = default;

 private:
  friend Parsed<Curve> parse_curve(std::string_view text);
  friend std::string to_text(const Curve& curve);
  std::string name_ = "constant";
  std::vector<std::pair<Duration, double>> points_;  // ascending; empty: constant 1
  Duration period_{0};                               // 0: does not repeat
};

Parsed<Curve> parse_curve(std::string_view text);
std::string to_text(const Curve& curve);
template <>
inline Parsed<Curve> parse<Curve>(std::string_view text) {
  return parse_curve(text);
}

template <>
struct UnitInfo<Curve> {
  static constexpr const char* kName = "a rate curve";
  static constexpr const char* kExample = "diurnal";
  static constexpr const char* kPattern = "^(constant|diurnal(:[0-9]+(\\.[0-9]+)?)?|points:.+=.+)$";
};

}  // namespace cdnsim
