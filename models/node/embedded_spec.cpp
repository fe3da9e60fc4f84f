#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/embedded_spec.hpp>

namespace cdnsim {
namespace {

constexpr Duration kDayOfWindow = std::chrono::hours(24);

// How far into its day a moment is.
Duration time_of_day(SimTime time, Duration utc_offset) {
  const Duration local = (time.time_since_epoch() + utc_offset) % kDayOfWindow;
  return local < Duration{0} ? local + kDayOfWindow : local;
}

// From one time of day on until the other comes.
Duration until_time(Duration from, Duration until) {
  return until >= from ? until - from : until + kDayOfWindow - from;
}

std::optional<Duration> parse_clock(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t i : {0, 1, 3, 4}) {
    if (!is_digit(text[i])) return std::nullopt;
  }
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  if (hours > 23 || minutes > 59) return std::nullopt;
  return std::chrono::hours(hours) + std::chrono::minutes(minutes);
}

std::string clock_text(Duration time) {
  const auto minutes = time / std::chrono::minutes(1);
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

}  // namespace

bool FillWindow::holds(SimTime time, Duration utc_offset) const {
  return until_time(from, time_of_day(time, utc_offset)) < until_time(from, until);
}

SimTime FillWindow::next(SimTime time, Duration utc_offset) const {
  if (holds(time, utc_offset)) return time;
  return time + until_time(time_of_day(time, utc_offset), from);
}

SimTime FillWindow::end_after(SimTime time, Duration utc_offset) const {
  return time + until_time(time_of_day(time, utc_offset), until);
}

template <>
Parsed<FillWindow> parse<FillWindow>(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash != std::string_view::npos) {
    const auto from = parse_clock(text.substr(0, dash));
    const auto until = parse_clock(text.substr(dash + 1));
    if (from && until && *from != *until) return {FillWindow{*from, *until}, {}};
  }
  return {{}, is_not(text, UnitInfo<FillWindow>::kName, UnitInfo<FillWindow>::kExample)};
}

std::string to_text(const FillWindow& window) {
  return clock_text(window.from) + "-" + clock_text(window.until);
}

}  // namespace cdnsim
