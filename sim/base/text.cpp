#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <type_traits>
#include <utility>

#include <cdnsim/base/text.hpp>

#include "decimal.hpp"

namespace cdnsim {
namespace {

using detail::Decimal;
using detail::Fit;
using detail::not_a;

constexpr Int128 kInt64Most = std::numeric_limits<std::int64_t>::max();

struct Unit {
  std::string_view name;
  std::int64_t size;
};

// Largest first: to_text() uses the first of them that goes into a value without rest.
constexpr std::array kByteUnits = {Unit{"EiB", 1LL << 60}, Unit{"EB", 1'000'000'000'000'000'000},
                                   Unit{"PiB", 1LL << 50}, Unit{"PB", 1'000'000'000'000'000},
                                   Unit{"TiB", 1LL << 40}, Unit{"TB", 1'000'000'000'000},
                                   Unit{"GiB", 1LL << 30}, Unit{"GB", 1'000'000'000},
                                   Unit{"MiB", 1LL << 20}, Unit{"MB", 1'000'000},
                                   Unit{"KiB", 1LL << 10}, Unit{"KB", 1'000},
                                   Unit{"kB", 1'000},      Unit{"B", 1}};
constexpr std::array kBitRateUnits = {Unit{"Pbps", 1'000'000'000'000'000},
                                      Unit{"Tbps", 1'000'000'000'000},
                                      Unit{"Gbps", 1'000'000'000},
                                      Unit{"Mbps", 1'000'000},
                                      Unit{"kbps", 1'000},
                                      Unit{"Kbps", 1'000},
                                      Unit{"bps", 1}};
constexpr std::array kTimeUnits = {Unit{"d", 86'400'000'000'000},
                                   Unit{"h", 3'600'000'000'000},
                                   Unit{"min", 60'000'000'000},
                                   Unit{"s", 1'000'000'000},
                                   Unit{"ms", 1'000'000},
                                   Unit{"us", 1'000},
                                   Unit{"ns", 1}};
constexpr std::array kCountUnits = {Unit{"T", 1'000'000'000'000}, Unit{"G", 1'000'000'000},
                                    Unit{"M", 1'000'000}, Unit{"k", 1'000}, Unit{"", 1}};
constexpr std::array kMoneyUnits = {Unit{"USD", 1'000'000'000}};
constexpr std::array kPerMbpsUnits = {Unit{"USD/Mbps", 1'000'000'000}};
constexpr std::array kPerGbUnits = {Unit{"USD/GB", 1'000'000'000}};

std::string example_of(std::string_view example) { return "; write e.g. " + quoted(example); }

// What a type holds, and how its ends are written.
struct Range {
  Int128 least;
  Int128 most;
  std::string most_text;
  std::string step_text;
};

template <class T>
Range range_of(Int128 least = 0) {
  if constexpr (std::is_same_v<T, std::uint64_t>) {
    constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
    return {least, kMost, count_text(kMost), count_text(1)};
  } else if constexpr (std::is_constructible_v<T, std::int64_t>) {
    return {least, kInt64Most, to_text(T(std::int64_t{kInt64Most})), to_text(T(1))};
  } else {
    return {least, kInt64Most, to_text(T(Money::max())), to_text(T(Money(1)))};
  }
}

// What keeps a number from being a T, or nothing.
template <class T>
std::string misfit(std::string_view text, bool negative, detail::Scaled scaled,
                   const Range& range) {
  if (scaled.fit == Fit::too_many_digits)
    return quoted(text) + " has too many digits" + example_of(UnitInfo<T>::kExample);
  if (negative && range.least == 0) {
    return quoted(text) + " is negative" + example_of(UnitInfo<T>::kExample);
  }
  if (scaled.fit == Fit::too_large || scaled.value > range.most || scaled.value < range.least) {
    return quoted(text) + " is too large; the most is " + quoted(range.most_text);
  }
  if (scaled.fit == Fit::rounded && std::is_same_v<T, std::uint64_t>) return not_a<T>(text);
  if (scaled.fit == Fit::rounded && scaled.value == 0) {
    return quoted(text) + " is too small; the least above zero is " + quoted(range.step_text);
  }
  return {};
}

// Takes the unit off the front of `text`, where nothing but a digit or a space follows it.
const Unit* take_unit(std::string_view& text, std::span<const Unit> units) {
  std::string_view rest = text;
  if (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  const std::string_view name = rest.substr(0, rest.find_first_of("0123456789 "));
  const auto found =
      std::find_if(units.begin(), units.end(), [&](const Unit& unit) { return unit.name == name; });
  if (found == units.end() || (name.empty() && !text.empty())) return nullptr;
  text = rest.substr(name.size());
  return &*found;
}

// "<number><unit>" as a whole number of the smallest unit.
template <class T>
Parsed<Int128> parse_scaled(std::string_view text, std::span<const Unit> units,
                            const Range& range) {
  std::string_view rest = text;
  const std::optional<Decimal> number = detail::take_decimal(rest);
  const Unit* unit = number ? take_unit(rest, units) : nullptr;
  if (unit == nullptr || !rest.empty()) return {std::nullopt, not_a<T>(text)};
  const detail::Scaled scaled = detail::scaled(*number, unit->size);
  std::string problem = misfit<T>(text, number->negative, scaled, range);
  if (!problem.empty()) return {std::nullopt, std::move(problem)};
  return {scaled.value, {}};
}

// The same for a type made from an integer of type `Count`, perhaps by way of `Via`.
template <class T, class Count, class Via = Count>
Parsed<T> parse_count(std::string_view text, std::span<const Unit> units, Int128 least = 0) {
  static const Range range = range_of<T>(least);
  Parsed<Int128> parsed = parse_scaled<T>(text, units, range);
  if (!parsed.value) return {std::nullopt, std::move(parsed.problem)};
  return {T(Via(static_cast<Count>(*parsed.value))), {}};
}

std::string in_largest_unit(std::int64_t count, std::span<const Unit> units) {
  const auto fits = [&](const Unit& unit) { return count != 0 && count % unit.size == 0; };
  const auto found = std::find_if(units.begin(), units.end() - 1, fits);
  return std::to_string(count / found->size) + std::string(found->name);
}

// Nano-dollars as dollars: "0.35 USD".
std::string in_dollars(Money money, std::string_view unit) {
  const std::int64_t count = money.count();
  const Int128 magnitude = count < 0 ? -static_cast<Int128>(count) : static_cast<Int128>(count);
  std::string text = count < 0 ? "-" : "";
  text += std::to_string(static_cast<std::int64_t>(magnitude / 1'000'000'000));
  std::string nanos = std::to_string(static_cast<std::int64_t>(magnitude % 1'000'000'000));
  nanos.insert(0, 9 - nanos.size(), '0');
  nanos.erase(nanos.find_last_not_of('0') + 1);
  if (!nanos.empty()) text += "." + nanos;
  return text + " " + std::string(unit);
}

}  // namespace

std::string is_not(std::string_view text, std::string_view name, std::string_view example) {
  return quoted(text) + " is not " + std::string(name) + example_of(example);
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kMost = 60;
  std::size_t length = text.size();
  if (length > kMost) {
    length = kMost;
    // Not within a character of several bytes.
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
  }
  std::string result = "\"";
  for (const char c : text.substr(0, length)) {
    result += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  }
  return result + (length < text.size() ? "...\"" : "\"");
}

template <>
Parsed<Bytes> parse<Bytes>(std::string_view text) {
  return parse_count<Bytes, std::int64_t>(text, kByteUnits);
}

template <>
Parsed<BitRate> parse<BitRate>(std::string_view text) {
  return parse_count<BitRate, std::int64_t>(text, kBitRateUnits);
}

template <>
Parsed<Money> parse<Money>(std::string_view text) {
  return parse_count<Money, std::int64_t>(text, kMoneyUnits, -kInt64Most - 1);
}

template <>
Parsed<PricePerMbps> parse<PricePerMbps>(std::string_view text) {
  return parse_count<PricePerMbps, std::int64_t, Money>(text, kPerMbpsUnits);
}

template <>
Parsed<PricePerGb> parse<PricePerGb>(std::string_view text) {
  return parse_count<PricePerGb, std::int64_t, Money>(text, kPerGbUnits);
}

template <>
Parsed<std::uint64_t> parse<std::uint64_t>(std::string_view text) {
  return parse_count<std::uint64_t, std::uint64_t>(text, kCountUnits);
}

// A duration is a sum of parts in falling units: "1h30min".
template <>
Parsed<Duration> parse<Duration>(std::string_view text) {
  static const Range range = range_of<Duration>(-kInt64Most - 1);
  const bool negative = !text.empty() && text.front() == '-';
  const std::string_view parts = text.substr(negative ? 1 : 0);
  std::string_view rest = parts;
  detail::Scaled sum;
  std::span<const Unit> units = kTimeUnits;
  do {
    if (rest.size() < parts.size() && rest.front() == ' ') rest.remove_prefix(1);
    const std::optional<Decimal> number = detail::take_decimal(rest);
    const Unit* unit = number && !number->negative ? take_unit(rest, units) : nullptr;
    if (unit == nullptr) return {std::nullopt, not_a<Duration>(text)};
    units = units.subspan(static_cast<std::size_t>(unit - units.data()) + 1);
    const detail::Scaled part = detail::scaled(*number, unit->size);
    sum.value += negative ? -part.value : part.value;
    sum.fit = std::max(sum.fit, part.fit);
  } while (!rest.empty());
  std::string problem = misfit<Duration>(text, negative, sum, range);
  if (!problem.empty()) return {std::nullopt, std::move(problem)};
  return {Duration(static_cast<std::int64_t>(sum.value)), {}};
}

std::string to_text(Duration value) {
  Int128 rest = value.count();
  if (rest == 0) return "0s";
  std::string text = rest < 0 ? "-" : "";
  if (rest < 0) rest = -rest;
  for (const Unit& unit : kTimeUnits) {
    if (rest < unit.size) continue;
    text += std::to_string(static_cast<std::int64_t>(rest / unit.size)) + std::string(unit.name);
    rest %= unit.size;
  }
  return text;
}

std::string to_text(Bytes value) { return in_largest_unit(value.count(), kByteUnits); }
std::string to_text(BitRate value) { return in_largest_unit(value.count(), kBitRateUnits); }
std::string to_text(Money value) { return in_dollars(value, "USD"); }
std::string to_text(PricePerMbps value) { return in_dollars(value.money(), "USD/Mbps"); }
std::string to_text(PricePerGb value) { return in_dollars(value.money(), "USD/GB"); }
std::string count_text(std::uint64_t value) {
  for (const Unit& unit : kCountUnits) {
    const auto size = static_cast<std::uint64_t>(unit.size);
    if (value != 0 && value % size == 0)
      return std::to_string(value / size) + std::string(unit.name);
  }
  return "0";
}

}  // namespace cdnsim
