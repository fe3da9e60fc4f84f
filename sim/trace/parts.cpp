#include "parts.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim {
namespace {

constexpr std::int64_t kSecondsMost = 9'000'000'000;  // near the end of 64 bits of ns
constexpr std::int64_t kBytesMost = 1'000'000'000'000;

template <class T>
std::optional<T> whole(std::string_view text) {
  T value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "1.5e3", as programs write what is very small or large.
std::optional<SimTime> time_in_powers(std::string_view text) {
  double seconds = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (!(seconds >= 0 && seconds <= static_cast<double>(kSecondsMost))) return std::nullopt;
  return SimTime{Duration{static_cast<std::int64_t>(seconds * 1e9 + 0.5)}};
}

// Seconds with up to nine decimals.
std::optional<SimTime> time_in(std::string_view text) {
  if (text.find_first_of("eE") != std::string_view::npos) return time_in_powers(text);
  const std::size_t point = std::min(text.find('.'), text.size());
  const auto seconds = whole<std::int64_t>(text.substr(0, point));
  if (!seconds || *seconds < 0 || *seconds > kSecondsMost) return std::nullopt;
  std::int64_t ns = 0;
  if (point < text.size()) {
    std::string decimals(text.substr(point + 1, 9));
    decimals.resize(9, '0');
    const auto fraction = whole<std::int64_t>(decimals);
    if (!fraction || *fraction < 0) return std::nullopt;
    ns = *fraction;
  }
  return SimTime{std::chrono::seconds(*seconds) + Duration{ns}};
}

// Decimal ids are taken as they are; any other text is hashed.
std::uint64_t id_in(std::string_view text) {
  const auto number = whole<std::uint64_t>(text);
  return number ? *number : hash_name(text);
}

}  // namespace

std::uint64_t trace_client(std::string_view text) { return id_in(text); }

std::vector<std::string_view> trace_column_names() {
  std::vector<std::string_view> names;
  for (const Column& column : kColumns) names.push_back(column.name);
  return names;
}

std::uint64_t client_in(const Parts& parts) {
  return parts.client.empty() ? TraceReader::kNobody : trace_client(parts.client);
}

std::string read_parts(const Parts& parts, TraceRequest& request) {
  const auto at = time_in(parts.time);
  if (!at) return fmt::format("{} is not a time in seconds", quoted(parts.time));
  if (parts.id.empty()) return "the id is missing";
  const auto bytes = whole<std::int64_t>(parts.size);
  if (!bytes || *bytes < 0 || *bytes > kBytesMost) {
    return fmt::format("{} is not a size in bytes", quoted(parts.size));
  }
  request.at = *at;
  request.id = id_in(parts.id);
  request.bytes = *bytes;
  if (!parts.next.empty()) {
    const auto next = whole<std::int64_t>(parts.next);
    if (!next) return fmt::format("{} is not a request's number", quoted(parts.next));
    request.next = *next;
  }
  return {};
}

}  // namespace cdnsim
