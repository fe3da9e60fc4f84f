#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

#include <fmt/format.h>

#include <cdnsim/base/math.hpp>
#include <cdnsim/tools/curve_chart.hpp>
#include <cdnsim/tools/table.hpp>
#include <cdnsim/tools/units.hpp>

namespace cdnsim::tools {
namespace {

constexpr std::size_t kWidth = 60, kHeight = 16;
constexpr std::string_view kMarks = "*o+x#@%&=~";

// The first policy's mark stays where lines meet.
std::vector<std::string> field_of(const std::vector<CurveLine>& lines, const CurveScales& scales) {
  std::vector<std::string> field(kHeight, std::string(kWidth, ' '));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t column = 0; column < kWidth; ++column) {
      const double ratio = ratio_at(lines[i], scales, static_cast<double>(column) / (kWidth - 1));
      if (std::isnan(ratio)) continue;
      const double down = (1 - scales.up(ratio)) * (kHeight - 1);
      char& place = field[static_cast<std::size_t>(down + 0.5)][column];
      if (place == ' ') place = kMarks[i % kMarks.size()];
    }
  }
  return field;
}

// Sizes under the axis: at the ends and at two places between.
std::string size_axis(const CurveScales& scales, bool ignore_sizes) {
  constexpr std::size_t kParts = 3;
  std::string axis;
  for (std::size_t i = 0; i <= kParts; ++i) {
    const double part = static_cast<double>(i) / kParts;
    const double size = scales.size_least * math::pow(scales.size_most / scales.size_least, part);
    const std::string text = size_text(size, ignore_sizes);
    const std::size_t column = i * (kWidth - 1) / kParts;
    const std::size_t start = i == 0        ? 0
                              : i == kParts ? kWidth - std::min(kWidth, text.size())
                                            : column - text.size() / 2;
    axis.resize(std::max(start, axis.size()), ' ');
    axis += text;
  }
  return axis;
}

}  // namespace

std::vector<CurveLine> lines_of(const Curves& curves) {
  std::vector<CurveLine> lines;
  for (const CurvePoint& point : curves.points) {
    if (std::isnan(point.miss_ratio)) continue;
    const std::string policy = to_text(point.spec.policy);
    if (lines.empty() || lines.back().policy != policy) lines.push_back({policy, {}});
    lines.back().points.push_back(point);
  }
  for (CurveLine& line : lines) {
    std::stable_sort(
        line.points.begin(), line.points.end(),
        [](const CurvePoint& a, const CurvePoint& b) { return a.spec.size < b.spec.size; });
  }
  return lines;
}

double CurveScales::across(double size) const {
  return math::log(size / size_least) / math::log(size_most / size_least);
}

CurveScales scales_of(const std::vector<CurveLine>& lines) {
  double least = std::numeric_limits<double>::infinity(), most = 1;
  double low = 1, high = 0;
  for (const CurveLine& line : lines) {
    for (const CurvePoint& point : line.points) {
      least = std::min(least, static_cast<double>(point.spec.size));
      most = std::max(most, static_cast<double>(point.spec.size));
      low = std::min(low, point.miss_ratio);
      high = std::max(high, point.miss_ratio);
    }
  }
  CurveScales scales;
  scales.size_least = std::min(least, most);
  scales.size_most = most > scales.size_least ? most : 2 * scales.size_least;
  scales.ratio_least = std::max(0.0, std::floor(low * 10) / 10);
  scales.ratio_most = std::max(std::ceil(high * 10) / 10, scales.ratio_least + 0.1);
  return scales;
}

double ratio_at(const CurveLine& line, const CurveScales& scales, double across) {
  constexpr double kRounding = 1e-9;
  for (std::size_t i = 0; i < line.points.size(); ++i) {
    const double right = scales.across(static_cast<double>(line.points[i].spec.size));
    if (right < across - kRounding) continue;
    if (right <= across + kRounding) return line.points[i].miss_ratio;
    if (i == 0) break;
    const double left = scales.across(static_cast<double>(line.points[i - 1].spec.size));
    const double part = (across - left) / (right - left);
    return (1 - part) * line.points[i - 1].miss_ratio + part * line.points[i].miss_ratio;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

std::string size_text(double size, bool ignore_sizes) {
  const auto whole = static_cast<std::uint64_t>(size + 0.5);
  return ignore_sizes ? count_text(whole) : bytes_text(whole);
}

std::string text_chart(const Curves& curves) {
  const std::vector<CurveLine> lines = lines_of(curves);
  if (lines.empty()) return {};
  const CurveScales scales = scales_of(lines);
  const std::vector<std::string> field = field_of(lines, scales);
  constexpr std::size_t kLabelEvery = 5;
  std::string out = "miss ratio\n";
  for (std::size_t row = 0; row < kHeight; ++row) {
    const double part = 1 - static_cast<double>(row) / (kHeight - 1);
    const double ratio = scales.ratio_least + part * (scales.ratio_most - scales.ratio_least);
    const bool labelled = row % kLabelEvery == 0;
    std::string line = labelled ? fmt::format("{:>7.1f} % ┤", 100 * ratio) : "          │";
    line += field[row];
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
  out += "          └";
  for (std::size_t column = 0; column < kWidth; ++column) out += "─";
  out += "\n           " + size_axis(scales, curves.ignore_sizes) + '\n';
  out += curves.ignore_sizes ? "           objects in the cache:" : "           size of the cache:";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    out += fmt::format("  {} {}", kMarks[i % kMarks.size()], lines[i].policy);
  }
  return out + '\n';
}

}  // namespace cdnsim::tools
