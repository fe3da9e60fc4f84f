#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/sweep/quantity.hpp>

namespace cdnsim::sweep {
namespace {

struct UnitFacts {
  Unit unit;
  std::string_view name, suffix;
  double per_figure;  // of the amount's own units
};
constexpr std::array kUnits = {
    UnitFacts{Unit::number, "a number", "", 1},
    UnitFacts{Unit::bytes, "a size", "_bytes", 1},
    UnitFacts{Unit::bit_rate, "a rate", "_bps", 1},
    UnitFacts{Unit::rate, "a rate of events", "_per_s", 1},
    UnitFacts{Unit::duration, "a duration", "_s", 1e9},
    UnitFacts{Unit::money, "an amount of money", "_usd", 1e9},
    UnitFacts{Unit::per_mbps, "a price per Mbps", "_usd_per_mbps", 1e9},
    UnitFacts{Unit::per_gb, "a price per GB", "_usd_per_gb", 1e9},
    UnitFacts{Unit::share, "a share", "_share", 1},
    UnitFacts{Unit::count, "a whole number", "_count", 1},
};

const UnitFacts& facts_of(Unit unit) {
  for (const UnitFacts& facts : kUnits) {
    if (facts.unit == unit) return facts;
  }
  CDNSIM_ASSERT(false, "every unit has its facts");
  return kUnits.front();
}

template <class T, class ToDouble>
bool try_unit(std::string_view text, Unit unit, std::optional<Amount>& found, ToDouble to_double) {
  const Parsed<T> parsed = parse<T>(text);
  if (!found && parsed.value) found = Amount{unit, to_double(*parsed.value)};
  return found.has_value();
}

double whole(std::int64_t count) { return static_cast<double>(count); }

std::optional<Amount> amount_in(const std::string& text) {
  std::optional<Amount> found;
  const auto count = [](auto quantity) { return whole(quantity.count()); };
  const auto price = [](auto quantity) { return whole(quantity.money().count()); };
  try_unit<Bytes>(text, Unit::bytes, found, count) ||
      try_unit<BitRate>(text, Unit::bit_rate, found, count) ||
      try_unit<Rate>(text, Unit::rate, found, [](Rate rate) { return rate.per_second(); }) ||
      try_unit<Duration>(text, Unit::duration, found, count) ||
      try_unit<Money>(text, Unit::money, found, count) ||
      try_unit<PricePerMbps>(text, Unit::per_mbps, found, price) ||
      try_unit<PricePerGb>(text, Unit::per_gb, found, price) ||
      (text.ends_with('%') &&
       try_unit<Ratio>(text, Unit::share, found, [](Ratio ratio) { return ratio.value(); })) ||
      try_unit<std::uint64_t>(text, Unit::count, found,
                              [](std::uint64_t n) { return static_cast<double>(n); });
  return found;
}

std::int64_t nearest_whole(double value) {
  return static_cast<std::int64_t>(value < 0 ? value - 0.5 : value + 0.5);
}

double to_digits(double value) {
  const std::string text = fmt::format("{:.12g}", value);
  double rounded = 0;
  std::from_chars(text.data(), text.data() + text.size(), rounded);
  return rounded;
}

config::AnyValue text_value(const std::string& text) { return {nlohmann::json(text).dump()}; }

}  // namespace

std::optional<Amount> amount_of(const config::AnyValue& value) {
  const nlohmann::json json = nlohmann::json::parse(value.json);
  if (json.is_number()) return Amount{Unit::number, json.get<double>()};
  if (json.is_string()) return amount_in(json.get<std::string>());
  return std::nullopt;
}

config::AnyValue value_of(const Amount& amount) {
  const std::int64_t count = nearest_whole(amount.value);
  switch (amount.unit) {
    case Unit::bytes: return text_value(to_text(Bytes{count}));
    case Unit::bit_rate: return text_value(to_text(BitRate{count}));
    case Unit::rate: return text_value(to_text(Rate{to_digits(amount.value)}));
    case Unit::duration: return text_value(to_text(Duration{count}));
    case Unit::money: return text_value(to_text(Money{count}));
    case Unit::per_mbps: return text_value(to_text(PricePerMbps{Money{count}}));
    case Unit::per_gb: return text_value(to_text(PricePerGb{Money{count}}));
    case Unit::share: return text_value(decimal_text(to_digits(amount.value * 100)) + "%");
    case Unit::count: return text_value(count_text(static_cast<std::uint64_t>(count)));
    case Unit::number: break;
  }
  const double rounded = to_digits(amount.value);
  if (std::abs(rounded) < 1e15 && rounded == whole(nearest_whole(rounded))) {
    return {nlohmann::json(nearest_whole(rounded)).dump()};
  }
  return {nlohmann::json(rounded).dump()};
}

std::string_view column_suffix(Unit unit) { return facts_of(unit).suffix; }
double column_figure(const Amount& amount) {
  return amount.value / facts_of(amount.unit).per_figure;
}
std::string_view unit_name(Unit unit) { return facts_of(unit).name; }

}  // namespace cdnsim::sweep
