#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include <cdnsim/base/math.hpp>
#include <cdnsim/tools/curve_chart.hpp>
#include <cdnsim/tools/curve_output.hpp>
#include <cdnsim/tools/units.hpp>

namespace cdnsim::tools {
namespace {

// Of the whole picture, and of the field that the lines are drawn in.
constexpr double kSvgWidth = 760, kSvgHeight = 460;
constexpr double kLeft = 70, kRight = 600, kTop = 54, kBottom = 396;

// Colours that the colour-blind tell apart too.
constexpr std::array<std::string_view, 8> kColours = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                      "#e69f00", "#56b4e9", "#7a5195", "#444444"};
// After the colours have been used up, dashes tell lines apart.
constexpr std::array<std::string_view, 3> kDashes = {"none", "7 4", "2 3"};

double x_of(double across) { return kLeft + across * (kRight - kLeft); }
double y_of(double up) { return kBottom - std::clamp(up, 0.0, 1.0) * (kBottom - kTop); }

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (static_cast<unsigned char>(c) < ' ') {
      out += ' ';  // XML has no other way
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string text_at(double x, double y, std::string_view anchor, std::string_view text) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n", x, y, anchor,
                     escaped(text));
}
std::string rule(double x1, double y1, double x2, double y2) {
  return fmt::format("<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\"/>\n", x1, y1, x2, y2);
}

// 1, 2 and 5 of each power of ten; only the powers where that would be too many, or each other one.
std::vector<double> size_ticks(const CurveScales& scales) {
  constexpr std::size_t kMost = 7;
  std::vector<double> all, powers, some;
  for (double power = 1; power <= scales.size_most * 1.0001; power *= 10) {
    for (const double digit : {1.0, 2.0, 5.0}) {
      const double tick = power * digit;
      if (tick < scales.size_least * 0.9999 || tick > scales.size_most * 1.0001) continue;
      all.push_back(tick);
      if (digit == 1) powers.push_back(tick);
    }
  }
  if (all.size() <= kMost) return all;
  const std::size_t step = (powers.size() + kMost - 1) / kMost;
  for (std::size_t i = 0; i < powers.size(); i += step) some.push_back(powers[i]);
  return some;
}

std::string axes(const Curves& curves, const CurveScales& scales) {
  std::string grid = "<g stroke=\"#ddd\" fill=\"none\">\n", labels;
  const int tenths = static_cast<int>(std::round((scales.ratio_most - scales.ratio_least) * 10));
  const int parts = tenths < 3 ? 2 * tenths : tenths;
  for (int i = 0; i <= parts; ++i) {
    const double part = static_cast<double>(i) / parts;
    const double ratio = scales.ratio_least + part * (scales.ratio_most - scales.ratio_least);
    grid += rule(kLeft, y_of(part), kRight, y_of(part));
    labels += text_at(kLeft - 8, y_of(part) + 4, "end", fmt::format("{:.0f} %", 100 * ratio));
  }
  for (const double tick : size_ticks(scales)) {
    const double x = x_of(scales.across(tick));
    grid += rule(x, kTop, x, kBottom);
    labels += text_at(x, kBottom + 20, "middle", size_text(tick, curves.ignore_sizes));
  }
  grid += "</g>\n<g stroke=\"#333\" fill=\"none\">\n" + rule(kLeft, kBottom, kRight, kBottom) +
          rule(kLeft, kTop, kLeft, kBottom) + "</g>\n";
  labels += text_at((kLeft + kRight) / 2, kBottom + 44, "middle",
                    curves.ignore_sizes ? "objects in the cache" : "size of the cache");
  labels += fmt::format(
      "<text transform=\"translate(18 {:.1f}) rotate(-90)\" text-anchor=\"middle\">miss "
      "ratio</text>\n",
      (kTop + kBottom) / 2);
  return grid + labels;
}

std::string path(const CurveLine& line, const CurveScales& scales, double errors) {
  std::string points;
  for (const CurvePoint& point : line.points) {
    points +=
        fmt::format("{:.1f},{:.1f} ", x_of(scales.across(static_cast<double>(point.spec.size))),
                    y_of(scales.up(point.miss_ratio + errors * point.error)));
  }
  return points;
}

// There and back: the band in which the exact line lies nearly always.
std::string band(CurveLine line, const CurveScales& scales, std::string_view colour) {
  std::string points = path(line, scales, 1);
  std::reverse(line.points.begin(), line.points.end());
  points += path(line, scales, -1);
  return fmt::format("<polygon points=\"{}\" fill=\"{}\" fill-opacity=\"0.15\"/>\n", points,
                     colour);
}

std::string drawn(const CurveLine& line, const CurveScales& scales, std::size_t number,
                  bool sampled) {
  const std::string_view colour = kColours[number % kColours.size()];
  const std::string_view dashes = kDashes[number / kColours.size() % kDashes.size()];
  std::string out = sampled ? band(line, scales, colour) : std::string();
  out += fmt::format(
      "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\" "
      "stroke-linejoin=\"round\" stroke-dasharray=\"{}\"/>\n",
      path(line, scales, 0), colour, dashes);
  for (const CurvePoint& point : line.points) {
    out +=
        fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.5\" fill=\"{}\" stroke=\"{}\"/>\n",
                    x_of(scales.across(static_cast<double>(point.spec.size))),
                    y_of(scales.up(point.miss_ratio)), point.few_objects ? "#fff" : colour, colour);
  }
  const double y = kTop + 8 + 20 * static_cast<double>(number);
  out += fmt::format(
      "<path d=\"M{0:.1f} {1:.1f}h24\" stroke=\"{2}\" stroke-width=\"2\" "
      "stroke-dasharray=\"{3}\"/>\n",
      kRight + 16, y, colour, dashes);
  return out + text_at(kRight + 46, y + 4, "start", line.policy);
}

}  // namespace

std::string curves_svg(const Curves& curves) {
  const std::vector<CurveLine> lines = lines_of(curves);
  const CurveScales scales = scales_of(lines);
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
      "height=\"{1}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
      "<text x=\"{2}\" y=\"24\" font-size=\"15\">Miss ratio of {3}</text>\n",
      kSvgWidth, kSvgHeight, kLeft, escaped(file_name(curves.trace)));
  const bool sampled = curves.sample < 1;
  if (sampled) {
    const bool any_few = std::any_of(curves.points.begin(), curves.points.end(),
                                     [](const CurvePoint& point) { return point.few_objects; });
    out += text_at(kLeft, 42, "start",
                   fmt::format("Estimates from {} of the objects; bands are 95 % intervals{}",
                               percent_text(curves.sample),
                               any_few ? "; hollow: caches of fewer than 100 of them" : ""));
  }
  out += axes(curves, scales);
  for (std::size_t i = 0; i < lines.size(); ++i) out += drawn(lines[i], scales, i, sampled);
  return out + "</svg>\n";
}

}  // namespace cdnsim::tools
