// Private peering: no price per bit, but a cross-connect by month at each end that is paid for.
// Does not know the peer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/economics/tariff/preset.hpp>
#include <cdnsim/models/economics/tariff/use.hpp>

namespace cdnsim {

struct PniTariff {
  static constexpr std::string_view kKind = "pni";
  std::string preset = "north-america";
  Money cross_connect = 300_USD;
  BitRate speed = 100_Gbps;
  std::uint32_t ends = 2;

  static const std::vector<PniTariff>& presets();

  void bill(const Usage& use, BillLines& lines) const {
    lines.push_back(bill_line(BillCategory::pni, "cross-connects",
                              pieces_for(use.capacity, speed) * ends, BillUnit::piece,
                              cross_connect));
  }
};

template <class V>
void describe(V& v, PniTariff& s) {
  describe_preset(v, s);
  v.optional("cross_connect", s.cross_connect, "one cross-connect, per month and end",
             at_least(Money{0}), at_most(1'000'000_USD));
  v.optional("speed", s.speed, "what one cross-connect carries", at_least(1_Mbps),
             at_most(1000_Tbps));
  v.optional("ends", s.ends, "ends that are paid here: 2, or 1 where the peer pays its own",
             at_least(0u), at_most(2u));
}

}  // namespace cdnsim
