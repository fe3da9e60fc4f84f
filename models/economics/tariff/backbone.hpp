// Backbone: waves between two places, paid by the month.
// Does not know the places: the distance is in the price.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/economics/tariff/preset.hpp>
#include <cdnsim/models/economics/tariff/use.hpp>

namespace cdnsim {

struct BackboneTariff {
  static constexpr std::string_view kKind = "backbone";
  std::string preset = "london-new-york";
  Money wave = 7'600_USD;
  BitRate speed = 100_Gbps;

  static const std::vector<BackboneTariff>& presets();

  void bill(const Usage& use, BillLines& lines) const {
    lines.push_back(bill_line(BillCategory::backbone, "waves", pieces_for(use.capacity, speed),
                              BillUnit::piece, wave));
  }
};

template <class V>
void describe(V& v, BackboneTariff& s) {
  describe_preset(v, s);
  v.optional("wave", s.wave, "one wave, per month", at_least(Money{0}), at_most(100'000'000_USD));
  v.optional("speed", s.speed, "what one wave carries", at_least(1_Mbps), at_most(1000_Tbps));
}

}  // namespace cdnsim
