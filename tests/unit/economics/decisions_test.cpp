// What decisions are worth, against figures worked out by hand and the rules of thumb of the trade.

#include <algorithm>
#include <vector>

#include <cdnsim/models/economics/decisions.hpp>
#include <tests/support/catch.hpp>

namespace decisions_test {

using namespace cdnsim;
using Bins = std::vector<std::int64_t>;

constexpr std::int64_t kBytesOfMbps = 37'500'000;  // in five minutes

Month own_month(const BillingSpec& billing) {
  RunBins run;
  run.count = 8640;
  return {billing, run};
}

Bins steady(std::int64_t mbps) { return Bins(8640, mbps * kBytesOfMbps); }

// 48 servers, 200 TB of SSD and 1 PB of HDD for 100 Gbps, with a port of 100 Gbps at an exchange
// and ten cross-connects. Its traffic earns 0.005 USD/GB, and 15 % of it pays transit at 0.10
// USD/Mbps.
PopEconomics tier_2_pop() {
  Usage use;
  use.servers = 48;
  use.ssd = 200_TB;
  use.hdd = 1_PB;
  const HardwareTariff hardware;
  BillLines lines;
  hardware.bill(use, lines);
  PopEconomics pop;
  for (const BillLine& line : lines) pop.written_off += line.amount;
  pop.purchase = hardware.purchase(use);
  pop.fixed_per_month = 6'600_USD + 4'400_USD + 3'000_USD;
  pop.earns = per_sustained_gbps(PricePerGb{Money{5'000'000}}, 30);
  pop.costs = PricePerGbps{15_USD};
  return pop;
}

TEST_CASE("an ISP saves the transit that it does not buy") {
  const BillingSpec billing;
  const Month month = own_month(billing);
  const TransitTariff transit{.price = PricePerMbps{1_USD}};
  const EmbeddedSavings savings =
      embedded_savings(month, steady(100), steady(900), steady(50), transit, 20_USD);
  CHECK(savings.transit_without == 1'000_USD);
  CHECK(savings.transit_with == 150_USD);
  CHECK(savings.saved() == 830_USD);
}

TEST_CASE("a cache saves at the peak what it takes off the peak, not what it serves") {
  // It serves 900 Mbps in all but the busiest tenth of the month, and nothing then.
  const BillingSpec billing;
  const Month month = own_month(billing);
  const TransitTariff transit{.price = PricePerMbps{1_USD}};
  Bins outside = steady(100), cache = steady(900);
  std::fill_n(outside.begin(), 864, 2'000 * kBytesOfMbps);
  std::fill_n(cache.begin(), 864, 0);
  CHECK(embedded_savings(month, outside, cache, steady(0), transit, 0_USD).saved() == 0_USD);
  // Filled at the peak it costs more than it saves.
  Bins fills = steady(0);
  std::fill_n(fills.begin(), 864, 100 * kBytesOfMbps);
  CHECK(embedded_savings(month, outside, cache, fills, transit, 0_USD).saved() == -100_USD);
}

TEST_CASE("a PoP breaks even where margin per Gbps pays what is fixed") {
  PopEconomics pop;
  pop.fixed_per_month = 700_USD;
  pop.written_off = 300_USD;
  pop.earns = PricePerGbps{60_USD};
  pop.costs = PricePerGbps{10_USD};
  CHECK(break_even(pop) == 20_Gbps);
  pop.fixed_per_month += Money{1};  // 0.02 bit/s more, rounded up to the next whole one
  CHECK(break_even(pop) == 20_Gbps + BitRate{1});
  pop.earns = PricePerGbps{10_USD};
  CHECK_FALSE(break_even(pop));
}

TEST_CASE("a purchase is paid back by the cash that is left each month") {
  PopEconomics pop;
  pop.purchase = 12'000_USD;
  pop.fixed_per_month = 700_USD;
  pop.written_off = 1'000_USD;  // no cash, so that it plays no part
  pop.earns = PricePerGbps{60_USD};
  pop.costs = PricePerGbps{10_USD};
  CHECK(payback_months(pop, 34_Gbps) == 12.0);  // 34 * 50 - 700 = 1000
  CHECK_FALSE(payback_months(pop, 14_Gbps));
  CHECK_FALSE(payback_months(pop, 13_Gbps));
}

TEST_CASE("a sustained Gbps is 324,000 GB in 30 days") {
  CHECK(gb_per_month(1_Gbps, 30) == 324'000);
  CHECK(gb_per_month(20_Gbps, 31) == 6'696'000);
  CHECK(per_sustained_gbps(PricePerGb{Money{5'000'000}}, 30) == PricePerGbps{1'620_USD});
}

TEST_CASE("a PoP of tier 2 breaks even near 20 Gbps and pays back as the rule of thumb says") {
  const PopEconomics pop = tier_2_pop();
  // (14,000 + 17,500 + 375 + 324.074) / (1620 - 15) = 32,199.074 / 1605 = 20.0617 Gbps
  const auto rate = break_even(pop);
  REQUIRE(rate);
  CHECK(static_cast<double>(rate->count()) / 1e9 == Approx(20.0617).margin(0.0001).epsilon(0));
  // 875,500 / (1605 S - 14,000): 18 months at 39.03 Gbps, 12 at 54.18, 6 at 99.64.
  const auto months = [&](BitRate sustained) { return payback_months(pop, sustained).value(); };
  CHECK(months(40_Gbps) == Approx(17.440).margin(0.001).epsilon(0));
  CHECK(months(54_Gbps) == Approx(12.048).margin(0.001).epsilon(0));
  CHECK(months(99_Gbps) == Approx(6.042).margin(0.001).epsilon(0));
}

TEST_CASE("a port at an exchange pays from the rate whose transit costs more") {
  const PortTariff port{.sizes = {{10_Gbps, 770_USD}, {100_Gbps, 4'400_USD}}};
  const auto at = [&](PricePerMbps transit) { return exchange_threshold(port, 300_USD, transit); };
  // 1070 / 0.50 = 2140 Mbps, and at that rate the two cost the same.
  const auto in_sao_paulo = at(PricePerMbps{Money{500'000'000}});
  REQUIRE(in_sao_paulo);
  CHECK(in_sao_paulo->from == 2'140_Mbps + BitRate{1});
  CHECK(in_sao_paulo->port.speed == 10_Gbps);
  // At a hub 10,700 Mbps would be more than the small port carries; the large one: 4700 / 0.10.
  const auto at_a_hub = at(PricePerMbps{Money{100'000'000}});
  REQUIRE(at_a_hub);
  CHECK(at_a_hub->from == 47_Gbps + BitRate{1});
  CHECK(at_a_hub->port.speed == 100_Gbps);
  // 4700 / 0.03 is 156.7 Gbps.
  CHECK_FALSE(at(PricePerMbps{Money{30'000'000}}));
  CHECK_FALSE(at(PricePerMbps{Money{0}}));
  // 1070 / 0.3 = 3566.666666.67 Mbps: rounded up it costs more already.
  CHECK(at(PricePerMbps{Money{300'000'000}})->from == BitRate{3'566'666'667});
}

TEST_CASE("shares of traffic against 80 % free, 15 % transit, 5 % backbone") {
  const TrafficShares shares = traffic_shares({{LinkKind::on_net, 20},
                                               {LinkKind::pni, 40},
                                               {LinkKind::ixp, 20},
                                               {LinkKind::transit, 16},
                                               {LinkKind::backbone, 4}});
  CHECK(shares.settlement_free() == Approx(0.8));
  const auto targets = against_targets(shares);
  REQUIRE(targets.size() == 3);
  CHECK(targets[0].met);
  CHECK_FALSE(targets[1].met);
  CHECK(targets[2].met);
  CHECK(traffic_shares({}).settlement_free() == 0.0);
}

}  // namespace decisions_test
