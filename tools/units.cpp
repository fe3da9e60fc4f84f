#include <array>
#include <cmath>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/tools/units.hpp>

namespace cdnsim::tools {
namespace {

std::string three_digits(double value) {
  if (value >= 99.95) return fmt::format("{:.0f}", value);
  return value >= 9.995 ? fmt::format("{:.1f}", value) : fmt::format("{:.2f}", value);
}

// `prefixes`: one for each factor of 1000.
std::string scaled(double value, std::span<const std::string_view> prefixes) {
  if (std::isnan(value)) return "-";
  std::size_t i = 0;
  while (value >= 999.5 && i + 1 < prefixes.size()) {
    value /= 1000;
    ++i;
  }
  return fmt::format("{} {}", value == 0 ? "0" : three_digits(value), prefixes[i]);
}

constexpr std::array<std::string_view, 6> kCounts = {"", "k", "M", "G", "T", "P"};
constexpr std::array<std::string_view, 6> kRates = {"/s", "k/s", "M/s", "G/s", "T/s", "P/s"};
constexpr std::array<std::string_view, 6> kBits = {"bps", "kbps", "Mbps", "Gbps", "Tbps", "Pbps"};
constexpr std::array<std::string_view, 7> kBytes = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

}  // namespace

std::string count_text(std::uint64_t count) {
  return count < 10'000 ? std::to_string(count) : scaled(static_cast<double>(count), kCounts);
}

std::string rate_text(double per_second) { return scaled(per_second, kRates); }

std::string bits_text(double bits_per_second) { return scaled(bits_per_second, kBits); }

std::string bytes_text(std::uint64_t bytes) {
  return bytes < 1000 ? fmt::format("{} B", bytes) : scaled(static_cast<double>(bytes), kBytes);
}

std::string milliseconds_text(double ms) {
  if (std::isnan(ms)) return "-";
  if (ms == 0) return "0 ms";
  if (ms < 0.0995) return three_digits(ms * 1000) + " µs";
  return ms >= 999.5 ? three_digits(ms / 1000) + " s" : three_digits(ms) + " ms";
}

std::string seconds_text(double s) {
  return to_text(Duration(static_cast<std::int64_t>(std::round(s * 1e9))));
}

std::string percent_text(double ratio) {
  if (std::isnan(ratio)) return "-";
  const double percent = 100 * ratio;
  if (percent > 0 && percent < 0.005) return "<0.01 %";
  if (percent < 100 && percent >= 99.995) return ">99.99 %";
  return fmt::format("{:.2f} %", percent);
}

}  // namespace cdnsim::tools
