// Quantities as people write them: parse<Bytes>("64KiB"), to_text(64_KiB), and what a schema says.
// Does not know files or JSON; decimals are exact, so neither locale nor rounding plays a part.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

// A value, or else what was wrong with the text and an example of how to write it.
template <class T>
struct Parsed {
  std::optional<T> value;
  std::string problem;
};

// The whole text must be one T. Other modules specialise this for types of their own.
// Finer than the type holds is rounded to the nearest; too large for it is a problem.
template <class T>
Parsed<T> parse(std::string_view text);

template <>
Parsed<Duration> parse<Duration>(std::string_view text);  // "1h30min", "250ms", "-5h"
template <>
Parsed<Bytes> parse<Bytes>(std::string_view text);  // "64KiB", "6MB", "512B"
template <>
Parsed<BitRate> parse<BitRate>(std::string_view text);  // "100Gbps", "2.5Gbps"
template <>
Parsed<Rate> parse<Rate>(std::string_view text);  // "200k/s", "30/min"
template <>
Parsed<Ratio> parse<Ratio>(std::string_view text);  // "35%", "0.35"
template <>
Parsed<Money> parse<Money>(std::string_view text);  // "12 USD", "-0.5 USD"
template <>
Parsed<PricePerMbps> parse<PricePerMbps>(std::string_view text);  // "0.35 USD/Mbps"
template <>
Parsed<PricePerGb> parse<PricePerGb>(std::string_view text);  // "0.02 USD/GB"
template <>
Parsed<std::uint64_t> parse<std::uint64_t>(std::string_view text);  // "2M", "200k", "17"
template <>
Parsed<double> parse<double>(std::string_view text);  // "0.9", "-12"; no exponent, never NaN

// Canonical text, from which parse() gives back the same value.
std::string to_text(Duration value);
std::string to_text(Bytes value);
std::string to_text(BitRate value);
std::string to_text(Rate value);
std::string to_text(Ratio value);
std::string to_text(Money value);
std::string to_text(PricePerMbps value);
std::string to_text(PricePerGb value);
std::string count_text(std::uint64_t value);  // not to_text: an int would convert to it unasked
std::string decimal_text(double value);       // REQUIRES: finite

// In quotes for a message: shortened, control characters replaced.
std::string quoted(std::string_view text);
// Better matches than std::quoted, which is looked up too for what belongs to std.
inline std::string quoted(const std::string& text) { return quoted(std::string_view(text)); }
inline std::string quoted(const char* text) { return quoted(std::string_view(text)); }

// `"100 Gb" is not a rate; write e.g. "100Gbps"`
std::string is_not(std::string_view text, std::string_view name, std::string_view example);

// How messages and schemas speak of a type. kPattern accepts no less than parse() does.
template <class T>
struct UnitInfo;

template <>
struct UnitInfo<Duration> {
  static constexpr const char* kName = "a duration";
  static constexpr const char* kExample = "1h30min";
  static constexpr const char* kPattern =
      "^-?[0-9]+(\\.[0-9]+)? ?(d|h|min|s|ms|us|ns)( ?[0-9]+(\\.[0-9]+)? ?(h|min|s|ms|us|ns))*$";
};
template <>
struct UnitInfo<Bytes> {
  static constexpr const char* kName = "a size";
  static constexpr const char* kExample = "64KiB";
  static constexpr const char* kPattern = "^[0-9]+(\\.[0-9]+)? ?([kKMGTPE]B|[KMGTPE]iB|B)$";
};
template <>
struct UnitInfo<BitRate> {
  static constexpr const char* kName = "a rate";
  static constexpr const char* kExample = "100Gbps";
  static constexpr const char* kPattern = "^[0-9]+(\\.[0-9]+)? ?[kKMGTP]?bps$";
};
template <>
struct UnitInfo<Rate> {
  static constexpr const char* kName = "a rate of events";
  static constexpr const char* kExample = "200k/s";
  static constexpr const char* kPattern = "^[0-9]+(\\.[0-9]+)? ?[kMG]?/(s|min|h|d)$";
};
template <>
struct UnitInfo<Ratio> {
  static constexpr const char* kName = "a share";
  static constexpr const char* kExample = "35%";
  static constexpr const char* kPattern = "^[0-9]+(\\.[0-9]+)?( ?%)?$";
};
template <>
struct UnitInfo<Money> {
  static constexpr const char* kName = "an amount of money";
  static constexpr const char* kExample = "12 USD";
  static constexpr const char* kPattern = "^-?[0-9]+(\\.[0-9]+)? ?USD$";
};
template <>
struct UnitInfo<PricePerMbps> {
  static constexpr const char* kName = "a price per Mbps";
  static constexpr const char* kExample = "0.35 USD/Mbps";
  static constexpr const char* kPattern = "^[0-9]+(\\.[0-9]+)? ?USD/Mbps$";
};
template <>
struct UnitInfo<PricePerGb> {
  static constexpr const char* kName = "a price per GB";
  static constexpr const char* kExample = "0.02 USD/GB";
  static constexpr const char* kPattern = "^[0-9]+(\\.[0-9]+)? ?USD/GB$";
};
template <>
struct UnitInfo<std::uint64_t> {
  static constexpr const char* kName = "a whole number";
  static constexpr const char* kExample = "200k";
  static constexpr const char* kPattern = "^[0-9]+(\\.[0-9]+)? ?[kMGT]?$";
};

}  // namespace cdnsim
