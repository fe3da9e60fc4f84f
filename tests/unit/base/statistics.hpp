// How far sampled figures may lie from computed ones.
// Does not know what was sampled.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>

#include <cdnsim/base/draws.hpp>

namespace cdnsim::test {

// A stream of draws of its own for each name, chosen before any result was seen.
inline DrawStream draws_for(std::string_view name) {
  return DrawStream(draw_key(2024, {"test", name}), Counter{});
}

// Pearson's statistic in standard errors above its mean, over neighbouring classes that are joined
// until each expects at least 20.
inline double chi_square_excess(std::span<const double> expected, std::span<const double> counted) {
  double statistic = 0, classes = 0, e = 0, c = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    e += expected[i];
    c += counted[i];
    if (e < 20) continue;
    statistic += (c - e) * (c - e) / e;
    classes += 1;
    e = c = 0;
  }
  // What is left over expects little; a law that puts much there is found out all the same.
  if (e > 0 || c > 0) statistic += (c - e) * (c - e) / std::fmax(e, 1.0);
  const double freedom = std::fmax(classes - 1, 1.0);
  return (statistic - freedom) / std::sqrt(2 * freedom);
}

inline double relative_error(double is, long double should) {
  if (should == 0) return std::fabs(is);
  return static_cast<double>(std::fabs((static_cast<long double>(is) - should) / should));
}

}  // namespace cdnsim::test
