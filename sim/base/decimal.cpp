#include "decimal.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

#include <cdnsim/base/check.hpp>

namespace cdnsim::detail {
namespace {

constexpr Int128 kMost = static_cast<Int128>(1) << 120;
constexpr std::size_t kFractionMost = 36;  // 2 * 10^36 fits 128 bits

std::string_view take_digits(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && text[length] >= '0' && text[length] <= '9') ++length;
  const std::string_view digits = text.substr(0, length);
  text.remove_prefix(length);
  return digits;
}

// Multiplies and adds; false if that exceeds kMost.
bool append(Int128& value, std::int64_t factor, int addend) {
  if (value > (kMost - addend) / factor) return false;
  value = value * factor + addend;
  return true;
}

}  // namespace

bool Decimal::is_zero() const {
  constexpr auto kNone = std::string_view::npos;
  return whole.find_first_not_of('0') == kNone && fraction.find_first_not_of('0') == kNone;
}

std::optional<Decimal> take_decimal(std::string_view& text) {
  std::string_view rest = text;
  Decimal number;
  if (!rest.empty() && rest.front() == '-') {
    number.negative = true;
    rest.remove_prefix(1);
  }
  number.whole = take_digits(rest);
  if (number.whole.empty()) return std::nullopt;
  if (!rest.empty() && rest.front() == '.') {
    rest.remove_prefix(1);
    number.fraction = take_digits(rest);
    if (number.fraction.empty()) return std::nullopt;
  }
  text = rest;
  return number;
}

Scaled scaled(const Decimal& number, std::int64_t unit) {
  Int128 value = 0;
  for (const char digit : number.whole) {
    if (!append(value, 10, digit - '0')) return {0, Fit::too_large};
  }
  if (!append(value, unit, 0)) return {0, Fit::too_large};
  // value + (fraction digits) * unit / 10^digits, over one denominator.
  Int128 numerator = 0, denominator = 1;
  const std::string_view digits =
      number.fraction.substr(0, number.fraction.find_last_not_of('0') + 1);
  if (digits.size() > kFractionMost) return {0, Fit::too_many_digits};
  for (const char digit : digits) {
    if (!append(numerator, 10, digit - '0')) return {0, Fit::too_many_digits};
    denominator *= 10;
  }
  if (!append(numerator, unit, 0)) return {0, Fit::too_many_digits};
  value += (2 * numerator + denominator) / (2 * denominator);
  const Fit fit = numerator % denominator == 0 ? Fit::exact : Fit::rounded;
  return {number.negative ? -value : value, fit};
}

std::optional<double> nearest_double(const Decimal& number, int exponent) {
  if (number.is_zero()) return number.negative ? -0.0 : 0.0;
  std::string text(number.negative ? "-" : "");
  text.append(number.whole).append(".").append(number.fraction);
  text.append("e").append(std::to_string(exponent));
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && std::isfinite(value)) return value;
  if (number.whole.find_first_not_of('0') != std::string_view::npos) return std::nullopt;
  return number.negative ? -0.0 : 0.0;  // smaller than any double but zero
}

std::string shortest_decimal(double value, int exponent) {
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                          std::chars_format::scientific);
  CDNSIM_ASSERT(error == std::errc() && std::isfinite(value), "a finite double has a decimal text");
  std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const bool negative = text.front() == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t e = text.find('e');
  int power = 0;  // of the first digit
  const bool minus = text[e + 1] == '-';
  std::from_chars(text.data() + e + (minus ? 1 : 2), end, power);
  power -= exponent;
  std::string digits(text.substr(0, 1));
  if (e > 2) digits += text.substr(2, e - 2);
  if (value == 0) power = 0;
  if (power < 0) digits.insert(0, static_cast<std::size_t>(-power), '0');
  const auto whole = static_cast<std::size_t>(power < 0 ? 1 : power + 1);
  if (digits.size() < whole) digits.append(whole - digits.size(), '0');
  if (digits.size() > whole) digits.insert(whole, ".");
  return (negative ? "-" : "") + digits;
}

}  // namespace cdnsim::detail
