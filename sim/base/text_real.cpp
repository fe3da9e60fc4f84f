// The part of text.hpp whose values are doubles.
#include <array>

#include <cdnsim/base/text.hpp>

#include "decimal.hpp"

namespace cdnsim {
namespace {

using detail::Decimal;
using detail::not_a;

struct Scale {
  std::string_view name;
  int exponent;
};
constexpr std::array kRateScales = {Scale{"G", 9}, Scale{"M", 6}, Scale{"k", 3}, Scale{"", 0}};

struct Period {
  std::string_view name;
  double seconds;
};
constexpr std::array kPeriods = {Period{"/s", 1}, Period{"/min", 60}, Period{"/h", 3600},
                                 Period{"/d", 86400}};

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

template <class T>
std::string is_negative(std::string_view text) {
  return quoted(text) + " is negative; write e.g. " + quoted(UnitInfo<T>::kExample);
}

Scale take_rate_scale(std::string_view& text) {
  for (const Scale& scale : kRateScales) {
    if (take(text, scale.name)) return scale;
  }
  return kRateScales.back();
}

}  // namespace

template <>
Parsed<Rate> parse<Rate>(std::string_view text) {
  std::string_view rest = text;
  const std::optional<Decimal> number = detail::take_decimal(rest);
  if (!number) return {std::nullopt, not_a<Rate>(text)};
  take(rest, " ");
  const Scale scale = take_rate_scale(rest);
  for (const Period& period : kPeriods) {
    if (rest != period.name) continue;
    if (number->negative) return {std::nullopt, is_negative<Rate>(text)};
    const std::optional<double> value = detail::nearest_double(*number, scale.exponent);
    if (!value) return {std::nullopt, quoted(text) + " is too large for a rate"};
    return {Rate(*value / period.seconds), {}};
  }
  return {std::nullopt, not_a<Rate>(text)};
}

template <>
Parsed<Ratio> parse<Ratio>(std::string_view text) {
  std::string_view rest = text;
  const std::optional<Decimal> number = detail::take_decimal(rest);
  const bool percent = rest == "%" || rest == " %";
  if (!number || !(percent || rest.empty())) return {std::nullopt, not_a<Ratio>(text)};
  if (number->negative) return {std::nullopt, is_negative<Ratio>(text)};
  const std::optional<double> value = detail::nearest_double(*number, percent ? -2 : 0);
  if (!value || *value > 1) {
    return {std::nullopt,
            quoted(text) + " is more than 100%; write e.g. " + quoted(UnitInfo<Ratio>::kExample)};
  }
  return {Ratio(*value), {}};
}

template <>
Parsed<double> parse<double>(std::string_view text) {
  std::string_view rest = text;
  const std::optional<Decimal> number = detail::take_decimal(rest);
  if (!number || !rest.empty()) return {std::nullopt, is_not(text, "a number", "0.9")};
  const std::optional<double> value = detail::nearest_double(*number, 0);
  if (!value) return {std::nullopt, quoted(text) + " is too large for a number"};
  return {*value, {}};
}

std::string to_text(Rate value) {
  for (const Scale& scale : kRateScales) {
    std::string digits = detail::shortest_decimal(value.per_second(), scale.exponent);
    const bool below_one = digits.starts_with("0");
    if (!below_one || scale.exponent == 0) return digits + std::string(scale.name) + "/s";
  }
  return {};  // not reached: the last scale's exponent is 0
}

std::string to_text(Ratio value) { return detail::shortest_decimal(value.value(), -2) + "%"; }

std::string decimal_text(double value) { return detail::shortest_decimal(value, 0); }

}  // namespace cdnsim
