// Decimal numbers as they stand in a text, taken to integers and doubles without a detour.
// Does not know units beyond their size.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <cdnsim/base/int128.hpp>
#include <cdnsim/base/text.hpp>

namespace cdnsim::detail {

// The complaint about a text that is no T at all.
template <class T>
std::string not_a(std::string_view text) {
  return is_not(text, UnitInfo<T>::kName, UnitInfo<T>::kExample);
}

// "-12.50": digits as written.
struct Decimal {
  bool negative = false;
  std::string_view whole;     // at least one digit
  std::string_view fraction;  // without the point; may be empty
  bool is_zero() const;
};

// Takes a number off the front of `text`; nothing if it does not begin with one.
std::optional<Decimal> take_decimal(std::string_view& text);

enum class Fit : std::uint8_t { exact, rounded, too_large, too_many_digits };

struct Scaled {
  Int128 value = 0;
  Fit fit = Fit::exact;
};

// The number times `unit`, rounded half away from zero; too large beyond 2^120.
Scaled scaled(const Decimal& number, std::int64_t unit);

// The double nearest to number * 10^exponent; nothing if that is too large for a double.
std::optional<double> nearest_double(const Decimal& number, int exponent);

// value / 10^exponent as the shortest decimal from which nearest_double gives `value` again.
// REQUIRES: finite.
std::string shortest_decimal(double value, int exponent);

}  // namespace cdnsim::detail
