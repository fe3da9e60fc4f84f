#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include <cdnsim/models/workload/curve.hpp>
#include <cdnsim/models/workload/law_text.hpp>

namespace cdnsim {
namespace {

constexpr Duration kDay = std::chrono::hours(24);

// By local hour; the mean is 1. An evening peak of 1.55, a night of 0.40, between the web and
// the video classes of a large CDN's request logs.
constexpr std::array<double, 24> kDiurnal = {0.90, 0.70, 0.55, 0.45, 0.40, 0.40, 0.48, 0.62,
                                             0.78, 0.90, 0.98, 1.04, 1.10, 1.14, 1.16, 1.19,
                                             1.25, 1.33, 1.38, 1.48, 1.55, 1.52, 1.42, 1.28};

Parsed<std::pair<Duration, double>> parse_point(std::string_view text) {
  const std::size_t equals = text.find('=');
  const Parsed<Duration> when = parse<Duration>(text.substr(0, equals));
  if (!when.value) return {{}, when.problem};
  double factor = -1.0;
  if (equals != std::string_view::npos) {
    const std::string_view number = text.substr(equals + 1);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), factor);
    if (error != std::errc() || end != number.data() + number.size()) factor = -1.0;
  }
  if (!(factor >= 0.0 && factor <= 1e9)) {
    return {{}, fmt::format("\"{}\" is not a point of a curve; write e.g. \"5min=2.5\"", text)};
  }
  return {{{*when.value, factor}}, {}};
}

Parsed<Curve> parse_diurnal(std::string_view text, std::string_view peak) {
  double value = 0;
  if (!read_number(peak, 1.0, Curve::kPeakMost, value)) {
    return {{},
            fmt::format("\"{}\": the busiest moment of a diurnal curve has 1 to {} times its mean; "
                        "write e.g. \"diurnal:1.8\"",
                        text, Curve::kPeakMost)};
  }
  return {Curve::diurnal(value), {}};
}

}  // namespace

Curve Curve::constant() { return Curve{}; }

Curve Curve::diurnal(double peak) {
  Curve curve;
  curve.name_ = peak == kPeak ? "diurnal" : fmt::format("diurnal:{}", peak);
  curve.period_ = kDay;
  for (std::size_t hour = 0; hour <= kDiurnal.size(); ++hour) {
    const double usual = kDiurnal[hour % kDiurnal.size()];
    const double factor = peak == kPeak ? usual : 1 + (usual - 1) * ((peak - 1) / (kPeak - 1));
    curve.points_.emplace_back(std::chrono::hours(hour), factor);
  }
  return curve;
}

double Curve::at(SimTime now, Duration utc_offset) const {
  if (points_.empty()) return 1.0;
  Duration when = now.time_since_epoch();
  if (period_ > Duration{0}) {
    when = (when + utc_offset) % period_;
    if (when < Duration{0}) when += period_;
  }
  const auto after = std::upper_bound(points_.begin(), points_.end(), when,
                                      [](Duration t, const auto& p) { return t < p.first; });
  if (after == points_.begin()) return points_.front().second;
  if (after == points_.end()) return points_.back().second;
  const auto before = after - 1;
  const double share = seconds(when - before->first) / seconds(after->first - before->first);
  return before->second + (after->second - before->second) * share;
}

Parsed<Curve> parse_curve(std::string_view text) {
  constexpr std::string_view kPoints = "points:";
  constexpr std::string_view kDiurnalOf = "diurnal:";
  if (text == "constant") return {Curve::constant(), {}};
  if (text == "diurnal") return {Curve::diurnal(), {}};
  if (text.starts_with(kDiurnalOf)) return parse_diurnal(text, text.substr(kDiurnalOf.size()));
  if (!text.starts_with(kPoints)) {
    return {{},
            fmt::format("\"{}\" is not a rate curve; write \"constant\", \"diurnal\", "
                        "\"diurnal:1.8\" or \"points:0s=1,5min=2.5\"",
                        text)};
  }
  Curve curve;
  curve.name_ = std::string(text);
  std::string_view rest = text.substr(kPoints.size());
  while (true) {
    const std::size_t comma = rest.find(',');
    const auto point = parse_point(rest.substr(0, comma));
    if (!point.value) return {{}, point.problem};
    if (!curve.points_.empty() && point.value->first <= curve.points_.back().first) {
      return {{}, fmt::format("the points of \"{}\" must be in ascending order of time", text)};
    }
    curve.points_.push_back(*point.value);
    if (comma == std::string_view::npos) return {curve, {}};
    rest = rest.substr(comma + 1);
  }
}

std::string to_text(const Curve& curve) { return curve.name_; }

}  // namespace cdnsim
