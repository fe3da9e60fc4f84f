// The points of a sweep: which value each parameter has at each of them.
// Does not know the scenario, nor what is run.
#pragma once

#include <string>
#include <vector>

#include <cdnsim/config/problems.hpp>
#include <cdnsim/sweep/law.hpp>
#include <cdnsim/sweep/spec.hpp>

namespace cdnsim::sweep {

inline constexpr std::size_t kRunsMax = 1'000'000;

struct Point {
  std::vector<Level> levels;  // one of each parameter, in the order of their names
};

// In a grid the last parameter changes fastest. Draws depend on the design's seed and the
// parameters' names. Tells `problems` what is wrong; there are then no points.
std::vector<Point> points_of(const SweepSpec& spec, config::Problems& problems);

}  // namespace cdnsim::sweep
