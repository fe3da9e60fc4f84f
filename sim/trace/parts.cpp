#include "parts.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/text.hpp>

namespace cdnsim {
namespace {

constexpr std::int64_t kBytesMost = 1'000'000'000'000'000;

template <class T>
std::optional<T> whole(std::string_view text) {
  T value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Seconds with up to nine decimals.
std::optional<SimTime> time_in(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const auto seconds = whole<std::int64_t>(text.substr(0, point));
  if (!seconds || *seconds < 0 || *seconds > 4'000'000'000) return std::nullopt;
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
