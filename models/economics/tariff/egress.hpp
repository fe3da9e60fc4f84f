// Egress: what a cloud takes for each GB that leaves it, less for the later ones of a month.
// Does not know who fetches.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/economics/tariff/preset.hpp>
#include <cdnsim/models/economics/tariff/use.hpp>

namespace cdnsim {

struct EgressTier {
  std::optional<Bytes> up_to;  // of the month's bytes; nothing: all that are left
  PricePerGb price;
};
template <class V>
void describe(V& v, EgressTier& s) {
  v.optional("up_to", s.up_to,
             "the tier ends at this many bytes of a month; without end when not "
             "given",
             at_least(Bytes{1}));
  v.required("price", s.price, "per GB", at_least(PricePerGb{Money{0}}),
             at_most(PricePerGb{1'000_USD}));
}

struct EgressTariff {
  static constexpr std::string_view kKind = "egress";
  std::string preset = "aws";
  std::vector<EgressTier> tiers = {{10_TB, PricePerGb{Money{90'000'000}}},
                                   {50_TB, PricePerGb{Money{85'000'000}}},
                                   {150_TB, PricePerGb{Money{70'000'000}}},
                                   {std::nullopt, PricePerGb{Money{50'000'000}}}};
  bool pooled = false;

  static const std::vector<EgressTariff>& presets();

  // Whatever is beyond the last tier costs what the last tier costs.
  void bill(const Usage& use, BillLines& lines) const {
    CDNSIM_REQUIRE_USER(use.sent < Bytes::max(),
                        "an origin or a pool of origins sends more than 9.2 EB in a month; give "
                        "its parts tariffs of their own");
    Bytes passed{0};
    for (std::size_t i = 0; i < tiers.size() && passed < use.sent; ++i) {
      const bool last = i + 1 == tiers.size();
      const Bytes end = last ? use.sent : std::min(use.sent, tiers[i].up_to.value_or(use.sent));
      if (end <= passed) continue;
      lines.push_back(bill_line(BillCategory::egress, "egress, tier " + std::to_string(i + 1),
                                (end - passed).count(), BillUnit::gb, tiers[i].price.money()));
      passed = end;
    }
  }
};

template <class V>
void describe(V& v, EgressTariff& s) {
  describe_preset(v, s);
  v.optional("tiers", s.tiers,
             "in ascending order of their ends; the last one's price holds for "
             "all beyond",
             min_members(1));
  v.optional("pooled", s.pooled,
             "all origins with this tariff are one account with one set of "
             "tiers");
  bool ascending = true;
  for (std::size_t i = 0; i + 1 < s.tiers.size(); ++i) {
    const auto& next = s.tiers[i + 1].up_to;
    ascending = ascending && s.tiers[i].up_to && (!next || *s.tiers[i].up_to < *next);
  }
  v.require(ascending, "tiers", "must end one after the other, and only the last without an end");
}

}  // namespace cdnsim
