// The figures of all presets. Where a source says "memory", the figure is an order of magnitude
// that was not looked up; models/economics/README.md lists the sources.
#include <cdnsim/models/economics/tariff/list.hpp>

namespace cdnsim {
namespace {

constexpr PricePerMbps per_mbps(std::int64_t cents) {
  return PricePerMbps{Money{cents * 10'000'000}};
}
constexpr PricePerGb per_gb(std::int64_t tenths_of_a_cent) {
  return PricePerGb{Money{tenths_of_a_cent * 1'000'000}};
}
// Prices in euro were taken at 1.10 USD.
constexpr Money euro(std::int64_t amount) { return Money{amount * 1'100'000'000}; }

}  // namespace

const std::vector<TransitTariff>& TransitTariff::presets() {
  static const std::vector<TransitTariff> all = {
      {},  // memory, 2025: hubs of Europe and North America at a commit of 100 Gbps
      // Memory, 2025, at the same commit; the last is the middle of a range of 1.50 to 3.
      {.preset = "asia-hub", .price = per_mbps(30)},
      {.preset = "sao-paulo", .price = per_mbps(50)},
      {.preset = "india", .price = per_mbps(80)},
      {.preset = "sydney", .price = per_mbps(80)},
      {.preset = "africa-middle-east", .price = per_mbps(225)},
      // TeleGeography, second quarter of 2015, at 10 Gbps.
      {.preset = "london-2015", .price = per_mbps(100)},
      {.preset = "los-angeles-2015", .price = per_mbps(120)},
      {.preset = "sao-paulo-2015", .price = per_mbps(1600)},
      {.preset = "sydney-2015", .price = per_mbps(1800)},
  };
  return all;
}

const std::vector<PortTariff>& PortTariff::presets() {
  static const std::vector<PortTariff> all = {
      {},  // memory, about 2024: middle of AMS-IX, DE-CIX and LINX, 700, 4000 and 11500 EUR
      {.preset = "vienna-2021",
       .sizes = {{10_Gbps, euro(400)}, {30_Gbps, euro(800)}, {100_Gbps, euro(1600)}}},
      {.preset = "resold-2018", .sizes = {{10_Gbps, euro(400)}}},
      // Ports into a cloud at 2.25, 22.50 and 85 USD an hour, 730 hours a month.
      {.preset = "direct-connect",
       .sizes = {{10_Gbps, Money{1'642'500'000'000}},
                 {100_Gbps, 16'425_USD},
                 {400_Gbps, 62'050_USD}}},
  };
  return all;
}

const std::vector<PniTariff>& PniTariff::presets() {
  static const std::vector<PniTariff> all = {
      {},  // TeleGeography 2017, median
      {.preset = "europe", .cross_connect = 60_USD},
  };
  return all;
}

const std::vector<BackboneTariff>& BackboneTariff::presets() {
  static const std::vector<BackboneTariff> all = {
      // 100 Gbps today: ten years at -14 % and 4.3 times the price of 10 Gbps, 0.952 of 2014's.
      {},
      {.preset = "los-angeles-tokyo", .wave = 15'200_USD},
      {.preset = "los-angeles-sydney", .wave = 90'400_USD},
      {.preset = "miami-sao-paulo", .wave = 68'500_USD},
      // TeleGeography, second quarter of 2014.
      {.preset = "london-new-york-2014", .wave = 8'000_USD, .speed = 10_Gbps},
      {.preset = "los-angeles-tokyo-2014", .wave = 16'000_USD, .speed = 10_Gbps},
      {.preset = "los-angeles-sydney-2014", .wave = 95'000_USD, .speed = 10_Gbps},
      {.preset = "miami-sao-paulo-2014", .wave = 72'000_USD, .speed = 10_Gbps},
  };
  return all;
}

const std::vector<ColocationTariff>& ColocationTariff::presets() {
  static const std::vector<ColocationTariff> all = {
      {},  // TeleGeography 2017, median for a cabinet of 4 kW
      {.preset = "europe", .price = PricePerKw{360_USD}},
      // TeleGeography 2015.
      {.preset = "amsterdam", .price = PricePerKw{245_USD}},
      {.preset = "frankfurt", .price = PricePerKw{321_USD}},
      {.preset = "paris", .price = PricePerKw{328_USD}},
      {.preset = "london", .price = PricePerKw{444_USD}},
      {.preset = "new-york", .price = PricePerKw{395_USD}},
      {.preset = "wholesale-us", .price = PricePerKw{150_USD}},  // 2026, a weak source
      {.preset = "hosted", .price = PricePerKw{Money{0}}},       // in an ISP that gives the room
  };
  return all;
}

const std::vector<HardwareTariff>& HardwareTariff::presets() {
  static const std::vector<HardwareTariff> all = {
      // Memory, 2024: middle of 10 to 25 kUSD a server, of 60 to 120 USD a TB of NVMe, of 15 to 20
      // a
      // TB of HDD. Lives are the middle of the refresh cycles, servers at their longer end.
      {},
      {.preset = "early-refresh",
       .server_months = 36,
       .ssd_months = 36,
       .hdd_months = 48,
       .network_months = 60},
      {.preset = "rented", .server = Money{0}, .ssd = per_gb(0), .hdd = per_gb(0)},
  };
  return all;
}

const std::vector<EgressTariff>& EgressTariff::presets() {
  static const std::vector<EgressTariff> all = {
      {},  // list prices of 2026
      // 2025, with the bounds of the tiers above.
      {.preset = "azure",
       .tiers = {{10_TB, per_gb(87)},
                 {50_TB, per_gb(83)},
                 {150_TB, per_gb(70)},
                 {std::nullopt, per_gb(50)}}},
      // 2025; where its tiers end is from memory.
      {.preset = "gcp-premium",
       .tiers = {{1_TB, per_gb(120)}, {10_TB, per_gb(110)}, {std::nullopt, per_gb(80)}}},
      // A cloud to the CDN of the same house, or an origin of one's own.
      {.preset = "free", .tiers = {{std::nullopt, per_gb(0)}}},
  };
  return all;
}

const std::vector<RentTariff>& RentTariff::presets() {
  static const std::vector<RentTariff> all = {
      // Half as much again as the same capacity costs in an own PoP of 48 servers and 100 Gbps.
      {},
      // 0.02 USD/GB, a cloud's lowest price for a private line, at 324,000 GB per Gbps and month.
      {.preset = "cloud", .price = PricePerGbps{6'480_USD}},
  };
  return all;
}

}  // namespace cdnsim
