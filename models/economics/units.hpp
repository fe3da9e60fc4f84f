// Units that only prices need: electric power, and prices per kW and per Gbps of a month.
// Does not know tariffs.
#pragma once

#include <string>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/text.hpp>

namespace cdnsim {

using Power = Quantity<struct WattUnit>;
using PricePerKw = Price<struct PerKilowattAndMonth>;
using PricePerGbps = Price<struct PerGbpsAndMonth>;

template <>
Parsed<Power> parse<Power>(std::string_view text);  // "500W", "4.2kW"
template <>
Parsed<PricePerKw> parse<PricePerKw>(std::string_view text);  // "275 USD/kW"
template <>
Parsed<PricePerGbps> parse<PricePerGbps>(std::string_view text);  // "300 USD/Gbps"

std::string to_text(Power value);
std::string to_text(PricePerKw value);
std::string to_text(PricePerGbps value);

template <>
struct UnitInfo<Power> {
  static constexpr const char* kName = "an electric power";
  static constexpr const char* kExample = "500W";
  static constexpr const char* kPattern = "^[0-9]+(\\.[0-9]+)? ?[kKMGTP]?W$";
};
template <>
struct UnitInfo<PricePerKw> {
  static constexpr const char* kName = "a price per kW";
  static constexpr const char* kExample = "275 USD/kW";
  static constexpr const char* kPattern = "^[0-9]+(\\.[0-9]+)? ?USD/kW$";
};
template <>
struct UnitInfo<PricePerGbps> {
  static constexpr const char* kName = "a price per Gbps";
  static constexpr const char* kExample = "300 USD/Gbps";
  static constexpr const char* kPattern = "^[0-9]+(\\.[0-9]+)? ?USD/Gbps$";
};

}  // namespace cdnsim
