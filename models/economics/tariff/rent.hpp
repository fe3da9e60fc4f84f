// Rent: a virtual PoP has no hardware of its own and pays for capacity by the month.
// Does not know whose hardware it is.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/economics/tariff/preset.hpp>
#include <cdnsim/models/economics/tariff/use.hpp>

namespace cdnsim {

struct RentTariff {
  static constexpr std::string_view kKind = "rent";
  std::string preset = "bare-metal";
  PricePerGbps price{370_USD};

  static const std::vector<RentTariff>& presets();

  // What is rented, or else what is used; use beyond what is rented is paid at the same price.
  void bill(const Usage& use, BillLines& lines) const {
    const BitRate billed = std::max(use.rented.value_or(BitRate{0}), use.sent_p95);
    lines.push_back(
        bill_line(BillCategory::rent, "capacity", billed.count(), BillUnit::gbps, price.money()));
  }
};

template <class V>
void describe(V& v, RentTariff& s) {
  describe_preset(v, s);
  v.optional("price", s.price, "per Gbps and month", at_least(PricePerGbps{Money{0}}),
             at_most(PricePerGbps{10'000'000_USD}));
}

}  // namespace cdnsim
