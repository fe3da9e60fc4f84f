// A miss-ratio curve as a table with a chart, as CSV, as JSON or as SVG.
// Does not know how it was found.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <cdnsim/laboratory/miss_ratio_curve.hpp>

namespace cdnsim::tools {

struct Curves {
  std::string trace;
  bool ignore_sizes = false;
  double sample = 1;               // share of the objects; 1: exact
  std::vector<CurvePoint> points;  // those of one policy together
};

std::string curves_table(const Curves& curves);
std::string curves_csv(const Curves& curves);
std::string curves_json(const Curves& curves);

// A document of its own.
std::string curves_svg(const Curves& curves);

}  // namespace cdnsim::tools
