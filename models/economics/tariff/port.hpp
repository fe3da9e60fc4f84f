// Port at an exchange: paid by the month, by its speed, whatever it carries.
// Does not know which exchange, nor who peers there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/models/economics/tariff/preset.hpp>
#include <cdnsim/models/economics/tariff/use.hpp>

namespace cdnsim {

struct PortSize {
  BitRate speed;
  Money price;
};
template <class V>
void describe(V& v, PortSize& s) {
  v.required("speed", s.speed, "what such a port carries", at_least(1_Mbps), at_most(1000_Tbps));
  v.required("price", s.price, "per month", at_least(Money{0}), at_most(100'000'000_USD));
}

struct PortTariff {
  static constexpr std::string_view kKind = "port";
  std::string preset = "large-exchange";
  std::vector<PortSize> sizes = {{10_Gbps, 770_USD}, {100_Gbps, 4'400_USD}, {400_Gbps, 12'650_USD}};
  bool pooled = false;

  static const std::vector<PortTariff>& presets();

  // The smallest port that carries the capacity, or as many of the largest as it takes.
  void bill(const Usage& use, BillLines& lines) const {
    PortSize chosen = sizes.front();
    for (const PortSize& size : sizes) {
      const bool fits = size.speed >= use.capacity;
      const bool chosen_fits = chosen.speed >= use.capacity;
      const bool better = size.speed < chosen.speed ? fits : !chosen_fits;
      if (better) chosen = size;
    }
    lines.push_back(bill_line(BillCategory::ixp, "ports of " + to_text(chosen.speed),
                              pieces_for(use.capacity, chosen.speed), BillUnit::piece,
                              chosen.price));
  }
};

template <class V>
void describe(V& v, PortTariff& s) {
  describe_preset(v, s);
  v.optional("sizes", s.sizes, "the ports that can be had", min_members(1));
  v.optional("pooled", s.pooled, "all links with this tariff share ports of their summed capacity");
}

}  // namespace cdnsim
