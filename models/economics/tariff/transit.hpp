// Transit: paid per Mbps of the dearer direction's 95th percentile, with a commit and overage.
// Does not know who the provider is, nor how the percentile was taken.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/economics/tariff/preset.hpp>
#include <cdnsim/models/economics/tariff/use.hpp>

namespace cdnsim {

struct TransitTariff {
  static constexpr std::string_view kKind = "transit";
  std::string preset = "hub";
  PricePerMbps price{Money{100'000'000}};
  BitRate commit{0};
  std::optional<PricePerMbps> overage = {};
  bool pooled = false;

  static const std::vector<TransitTariff>& presets();

  void bill(const Usage& use, BillLines& lines) const {
    const BitRate billed = std::max(use.sent_p95, use.received_p95);
    const auto add = [&](const char* item, BitRate rate, PricePerMbps of) {
      lines.push_back(
          bill_line(BillCategory::transit, item, rate.count(), BillUnit::mbps, of.money()));
    };
    if (commit == BitRate{0}) return add("95th percentile", billed, overage.value_or(price));
    add("commit", commit, price);
    if (billed > commit) {
      add("95th percentile above the commit", billed - commit, overage.value_or(price));
    }
  }
};

template <class V>
void describe(V& v, TransitTariff& s) {
  describe_preset(v, s);
  constexpr PricePerMbps kLeast{Money{0}}, kMost{1'000'000_USD};
  v.optional("price", s.price,
             "per Mbps and month, of the commit and, unless overage says "
             "otherwise, of what goes beyond",
             at_least(kLeast), at_most(kMost));
  v.optional("commit", s.commit, "rate that is paid for whether it is used or not",
             at_least(BitRate{0}), at_most(1000_Tbps));
  v.optional("overage", s.overage, "per Mbps and month above the commit; the price when not given",
             at_least(kLeast), at_most(kMost));
  v.optional("pooled", s.pooled,
             "all ports with this tariff are one: their five-minute averages are summed before the "
             "percentile is taken, and there is one commit");
}

}  // namespace cdnsim
