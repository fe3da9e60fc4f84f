#include <optional>

#include <cdnsim/models/economics/units.hpp>

namespace cdnsim {
namespace {

constexpr std::string_view kWatt = "W";
constexpr std::string_view kBitPerSecond = "bps";

// "275 USD" in front of "/kW": money has a parser already.
template <class PriceOf>
Parsed<PriceOf> parse_price(std::string_view text, std::string_view per) {
  if (text.ends_with(per)) {
    const Parsed<Money> money = parse<Money>(text.substr(0, text.size() - per.size()));
    if (money.value && *money.value >= Money{0}) return {PriceOf{*money.value}, {}};
  }
  return {std::nullopt, is_not(text, UnitInfo<PriceOf>::kName, UnitInfo<PriceOf>::kExample)};
}

}  // namespace

// Power has the prefixes of bit rates, and a whole number of its smallest unit just as they have.
template <>
Parsed<Power> parse<Power>(std::string_view text) {
  if (text.ends_with(kWatt)) {
    const std::string number(text.substr(0, text.size() - kWatt.size()));
    const Parsed<BitRate> rate = parse<BitRate>(number + std::string(kBitPerSecond));
    if (rate.value) return {Power{rate.value->count()}, {}};
  }
  return {std::nullopt, is_not(text, UnitInfo<Power>::kName, UnitInfo<Power>::kExample)};
}

template <>
Parsed<PricePerKw> parse<PricePerKw>(std::string_view text) {
  return parse_price<PricePerKw>(text, "/kW");
}

template <>
Parsed<PricePerGbps> parse<PricePerGbps>(std::string_view text) {
  return parse_price<PricePerGbps>(text, "/Gbps");
}

std::string to_text(Power value) {
  std::string text = to_text(BitRate{value.count()});
  text.resize(text.size() - kBitPerSecond.size());
  return text + std::string(kWatt);
}

std::string to_text(PricePerKw value) { return to_text(value.money()) + "/kW"; }
std::string to_text(PricePerGbps value) { return to_text(value.money()) + "/Gbps"; }

}  // namespace cdnsim
