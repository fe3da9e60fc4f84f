// What each tariff bills for one month's use, worked out by hand.

#include <string>
#include <vector>

#include <cdnsim/models/economics/tariff/list.hpp>
#include <tests/support/catch.hpp>

namespace tariff_test {

using namespace cdnsim;

template <class Tariff>
BillLines lines_of(const Tariff& tariff, const Usage& use) {
  BillLines lines;
  tariff.bill(use, lines);
  return lines;
}

template <class Tariff>
Money cost_of(const Tariff& tariff, const Usage& use) {
  Money sum{0};
  for (const BillLine& line : lines_of(tariff, use)) sum += line.amount;
  return sum;
}

Usage traffic(BitRate sent, BitRate received = BitRate{0}) {
  Usage use;
  use.capacity = 100_Gbps;
  use.sent_p95 = sent;
  use.received_p95 = received;
  return use;
}

Usage inventory() {
  Usage use;
  use.servers = 48;
  use.power = Power{24'000};
  use.ssd = 200_TB;
  use.hdd = 1_PB;
  return use;
}

template <class Tariff>
void first_preset_is_the_default() {
  const auto& presets = Tariff::presets();
  CHECK(presets.front().preset == Tariff{}.preset);
  for (std::size_t i = 0; i < presets.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) CHECK(presets[i].preset != presets[j].preset);
  }
}

template <class... Kinds>
void first_presets(const std::variant<Kinds...>&) {
  (first_preset_is_the_default<Kinds>(), ...);
}

TEST_CASE("transit is paid in the dearer direction") {
  const TransitTariff tariff{.price = PricePerMbps{2_USD}};
  CHECK(cost_of(tariff, traffic(300_Mbps, 100_Mbps)) == 600_USD);
  CHECK(cost_of(tariff, traffic(100_Mbps, 300_Mbps)) == 600_USD);
}

TEST_CASE("a commit is paid in any case, and what is above it at the overage price") {
  TransitTariff tariff{.price = PricePerMbps{2_USD}, .commit = 1_Gbps};
  CHECK(cost_of(tariff, traffic(10_Mbps)) == 2'000_USD);
  CHECK(cost_of(tariff, traffic(1_Gbps)) == 2'000_USD);
  CHECK(cost_of(tariff, traffic(1'500_Mbps)) == 3'000_USD);
  tariff.overage = PricePerMbps{3_USD};
  const BillLines lines = lines_of(tariff, traffic(1'500_Mbps));
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].amount == 2'000_USD);
  CHECK(lines[1].amount == 1'500_USD);
  CHECK(quantity_text(lines[1]) == "500 Mbps");
}

TEST_CASE("an exchange port is the smallest that fits, or several of the largest") {
  const PortTariff tariff{.sizes = {{100_Gbps, 40_USD}, {10_Gbps, 7_USD}, {400_Gbps, 90_USD}}};
  Usage use;
  const auto cost = [&](BitRate capacity) {
    use.capacity = capacity;
    return cost_of(tariff, use);
  };
  CHECK(cost(5_Gbps) == 7_USD);
  CHECK(cost(10_Gbps) == 7_USD);
  CHECK(cost(11_Gbps) == 40_USD);
  CHECK(cost(400_Gbps) == 90_USD);
  CHECK(cost(900_Gbps) == 270_USD);
}

TEST_CASE("private peering pays cross-connects at both ends, or at one") {
  PniTariff tariff;  // 300 USD, 100 Gbps each
  Usage use;
  use.capacity = 250_Gbps;
  CHECK(cost_of(tariff, use) == 1'800_USD);
  tariff.ends = 1;
  CHECK(cost_of(tariff, use) == 900_USD);
}

TEST_CASE("backbone pays whole waves") {
  const BackboneTariff tariff{.wave = 8'000_USD, .speed = 10_Gbps};
  Usage use;
  use.capacity = 25_Gbps;
  CHECK(cost_of(tariff, use) == 24'000_USD);
}

TEST_CASE("colocation pays the power that servers draw") {
  CHECK(cost_of(ColocationTariff{}, inventory()) == 6'600_USD);  // 24 kW at 275
}

TEST_CASE("hardware is written off in equal parts") {
  // 48 * 17,500 / 48 months; 200,000 GB * 0.09 / 48; 1,000,000 GB * 0.0175 / 54, whose month of
  // 0.000324074 USD/GB is rounded to the nano-dollar.
  const BillLines lines = lines_of(HardwareTariff{}, inventory());
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].amount == 48 * Money{364'583'333'333});
  CHECK(lines[1].amount == 375_USD);
  CHECK(lines[2].unit_price == Money{324'074});
  CHECK(lines[2].amount == Money{324'074'000'000});
  // 840,000 + 18,000 + 17,500.
  CHECK(HardwareTariff{}.purchase(inventory()) == 875'500_USD);
}

TEST_CASE("egress fills one tier after the other") {
  Usage use;
  const auto cost = [&](Bytes sent) {
    use.sent = sent;
    return cost_of(EgressTariff{}, use);
  };
  CHECK(cost(Bytes{0}) == Money{0});
  CHECK(cost(1_TB) == 90_USD);
  CHECK(cost(10_TB) == 900_USD);
  CHECK(cost(60_TB) == 900_USD + 3'400_USD + 700_USD);
  // 10,000 * 0.09 + 40,000 * 0.085 + 100,000 * 0.07 + 50,000 * 0.05
  CHECK(cost(200_TB) == 13'800_USD);
  CHECK(lines_of(EgressTariff{}, use).size() == 4);
  const EgressTariff ends{.tiers = {{1_TB, PricePerGb{1_USD}}}};
  use.sent = 3_TB;
  CHECK(cost_of(ends, use) == 3'000_USD);
}

TEST_CASE("a virtual PoP pays what it rents, or what it uses if that is more") {
  const RentTariff tariff{.price = PricePerGbps{100_USD}};
  Usage use = traffic(5_Gbps);
  CHECK(cost_of(tariff, use) == 500_USD);
  use.rented = 20_Gbps;
  CHECK(cost_of(tariff, use) == 2'000_USD);
  use.sent_p95 = 30_Gbps;
  CHECK(cost_of(tariff, use) == 3'000_USD);
}

TEST_CASE("a tariff's own figures are those of its first preset, and presets differ by name") {
  first_presets(TariffSpec{});
}

}  // namespace tariff_test
