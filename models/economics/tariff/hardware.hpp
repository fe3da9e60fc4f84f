// Hardware: what was paid for it, spread evenly over the months that it is used.
// Does not know where it stands or what it draws.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/economics/exact.hpp>
#include <cdnsim/models/economics/tariff/preset.hpp>
#include <cdnsim/models/economics/tariff/use.hpp>

namespace cdnsim {

struct HardwareTariff {
  static constexpr std::string_view kKind = "hardware";
  std::string preset = "edge-server";
  Money server = 17'500_USD;
  std::uint32_t server_months = 48;
  PricePerGb ssd{Money{90'000'000}};
  std::uint32_t ssd_months = 48;
  PricePerGb hdd{Money{17'500'000}};
  std::uint32_t hdd_months = 54;
  Money network = Money{0};
  std::uint32_t network_months = 72;

  static const std::vector<HardwareTariff>& presets();

  // The price of a month is rounded to the nano-dollar, so that a line can be worked out again.
  void bill(const Usage& use, BillLines& lines) const {
    const auto add = [&](const char* item, std::int64_t count, BillUnit unit, Money price,
                         std::uint32_t months) {
      if (count == 0 || price == Money{0}) return;
      lines.push_back(
          bill_line(BillCategory::hardware, item, count, unit, amount_of(price, 1, months)));
    };
    add("servers, a month of their life", use.servers, BillUnit::piece,
        use.server_price.value_or(server), server_months);
    add("SSD, a month of its life", use.ssd.count(), BillUnit::gb, ssd.money(), ssd_months);
    add("HDD, a month of its life", use.hdd.count(), BillUnit::gb, hdd.money(), hdd_months);
    add("network, a month of its life", use.servers > 0 ? 1 : 0, BillUnit::piece, network,
        network_months);
  }

  // What has to be paid before the first byte is served.
  Money purchase(const Usage& use) const {
    return use.server_price.value_or(server) * use.servers +
           amount_of(ssd.money(), use.ssd.count(), 1'000'000'000) +
           amount_of(hdd.money(), use.hdd.count(), 1'000'000'000) +
           (use.servers > 0 ? network : Money{0});
  }
};

template <class V>
void describe(V& v, HardwareTariff& s) {
  describe_preset(v, s);
  constexpr PricePerGb kLeast{Money{0}}, kMost{1'000_USD};
  const auto months = [&](std::string_view key, std::uint32_t& field) {
    v.optional(key, field, "months over which it is written off", at_least(1u), at_most(600u));
  };
  v.optional("server", s.server, "purchase price of a server without disks", at_least(Money{0}),
             at_most(10'000'000_USD));
  months("server_months", s.server_months);
  v.optional("ssd", s.ssd, "purchase price of SSD", at_least(kLeast), at_most(kMost));
  months("ssd_months", s.ssd_months);
  v.optional("hdd", s.hdd, "purchase price of HDD", at_least(kLeast), at_most(kMost));
  months("hdd_months", s.hdd_months);
  v.optional("network", s.network, "purchase price of a site's routers and switches together",
             at_least(Money{0}), at_most(100'000'000_USD));
  months("network_months", s.network_months);
}

}  // namespace cdnsim
