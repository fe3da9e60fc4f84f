// What charts of miss-ratio curves share: the points of each policy and the scales of the axes.
// Does not know how they are drawn.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <cdnsim/tools/curve_output.hpp>

namespace cdnsim::tools {

// One policy's points, sizes rising.
struct CurveLine {
  std::string policy;
  std::vector<CurvePoint> points;
};

std::vector<CurveLine> lines_of(const Curves& curves);

// Sizes on a logarithmic scale and miss ratios on a plain one, both as 0 to 1.
struct CurveScales {
  double size_least = 1, size_most = 1;    // least < most
  double ratio_least = 0, ratio_most = 1;  // tenths

  double across(double size) const;
  double up(double ratio) const { return (ratio - ratio_least) / (ratio_most - ratio_least); }
};

CurveScales scales_of(const std::vector<CurveLine>& lines);

// The miss ratio at a place across, between the two points beside it; NaN beyond the ends.
double ratio_at(const CurveLine& line, const CurveScales& scales, double across);

// "10.0 MB", or a number of objects: "12.3 k".
std::string size_text(double size, bool ignore_sizes);

// For a terminal or a file of text: 60 x 16 places, one mark for each policy.
std::string text_chart(const Curves& curves);

}  // namespace cdnsim::tools
