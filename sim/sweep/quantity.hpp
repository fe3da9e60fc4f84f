// Values of a sweep that are amounts: numbers, and texts with units. They can be compared, and
// ranges be made of them.
// Does not know what they are amounts of.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <cdnsim/config/any_value.hpp>

namespace cdnsim::sweep {

enum class Unit { number, bytes, bit_rate, rate, duration, money, per_mbps, per_gb, share, count };

// In bytes, bits per second, events per second, nanoseconds, 1e-9 USD, or as it is.
struct Amount {
  Unit unit = Unit::number;
  double value = 0;
};

// Nothing for what is no amount: a policy's name.
std::optional<Amount> amount_of(const config::AnyValue& value);

// As people write it; whole units are rounded to whole ones, others to 12 digits.
config::AnyValue value_of(const Amount& amount);

// What a column of figures in seconds, dollars etc. is called after the parameter: "_bytes".
std::string_view column_suffix(Unit unit);
// The figure in that column.
double column_figure(const Amount& amount);
// "a size": for messages.
std::string_view unit_name(Unit unit);

}  // namespace cdnsim::sweep
