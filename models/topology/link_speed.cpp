#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>

#include <cdnsim/models/topology/link_speed.hpp>

namespace cdnsim {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ') out += lower(c);
  }
  return out;
}

std::int64_t factor_of(std::string_view unit) {
  if (unit == "k") return 1'000;
  if (unit == "m") return 1'000'000;
  if (unit == "g") return 1'000'000'000;
  if (unit == "t") return 1'000'000'000'000;
  return 0;
}

// A number in front, which is taken off. Nothing when there is none or it is absurd.
std::optional<double> take_number(std::string_view& text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (error != std::errc() || !(number >= 0 && number < 1e6)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  return number;
}

std::optional<BitRate> scaled(double number, std::string_view unit) {
  const std::int64_t factor = factor_of(unit);
  if (factor == 0) return std::nullopt;
  return BitRate(static_cast<std::int64_t>(number * static_cast<double>(factor) + 0.5));
}

// Multiples of a basic rate: "oc-192c", "oc192/stm64", "stm-16".
std::optional<BitRate> multiple(std::string_view text, std::string_view name, BitRate basic) {
  if (!text.starts_with(name)) return std::nullopt;
  text.remove_prefix(name.size());
  if (text.starts_with('-')) text.remove_prefix(1);
  std::uint16_t times = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), times);
  if (error != std::errc() || times == 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  if (text.starts_with('c')) text.remove_prefix(1);
  if (!text.empty() && !text.starts_with('/')) return std::nullopt;
  return basic * times;
}

}  // namespace

std::optional<BitRate> labelled_speed(std::string_view label) {
  const std::string text = plain(label);
  if (const auto rate = multiple(text, "oc", BitRate(51'840'000))) return rate;
  if (const auto rate = multiple(text, "stm", BitRate(155'520'000))) return rate;
  std::string_view rest = text;
  const std::optional<double> number = take_number(rest);
  if (!number || rest.empty()) return std::nullopt;
  const std::string_view per_second = rest.substr(1);
  if (per_second != "bps" && per_second != "b/s" && per_second != "bit/s") return std::nullopt;
  return scaled(*number, rest.substr(0, 1));
}

std::optional<BitRate> told_speed(const std::vector<GraphAttribute>& attributes) {
  const auto value = [&](std::string_view name) -> std::string_view {
    for (const GraphAttribute& attribute : attributes) {
      if (attribute.name == name) return attribute.value;
    }
    return {};
  };
  const std::string speed = plain(value("LinkSpeed"));
  std::string_view rest = speed;
  const std::optional<double> number = take_number(rest);
  if (number && rest.empty()) {
    if (const auto rate = scaled(*number, plain(value("LinkSpeedUnits")))) return rate;
  }
  if (const auto rate = labelled_speed(value("LinkLabel"))) return rate;
  return labelled_speed(value("LinkType"));
}

}  // namespace cdnsim
