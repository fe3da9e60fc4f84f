// Colocation: room, power and cooling, paid per kW that the servers draw.
// Does not know what the servers cost or do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/economics/tariff/preset.hpp>
#include <cdnsim/models/economics/tariff/use.hpp>

namespace cdnsim {

struct ColocationTariff {
  static constexpr std::string_view kKind = "colocation";
  std::string preset = "north-america";
  PricePerKw price{275_USD};

  static const std::vector<ColocationTariff>& presets();

  void bill(const Usage& use, BillLines& lines) const {
    lines.push_back(bill_line(BillCategory::colocation, "power of the servers", use.power.count(),
                              BillUnit::kw, price.money()));
  }
};

template <class V>
void describe(V& v, ColocationTariff& s) {
  describe_preset(v, s);
  v.optional("price", s.price, "per kW and month", at_least(PricePerKw{Money{0}}),
             at_most(PricePerKw{1'000'000_USD}));
}

}  // namespace cdnsim
