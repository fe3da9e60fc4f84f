#include <map>
#include <set>
#include <string_view>

#include <cdnsim/assembly/advice.hpp>
#include <cdnsim/config/scenario_map.hpp>
#include <cdnsim/models/economics/decisions.hpp>
#include <cdnsim/models/economics/exact.hpp>
#include <cdnsim/models/economics/site_score.hpp>
#include <cdnsim/models/topology/client_network.hpp>

namespace cdnsim::assembly {
namespace {

// What a metro's clients get, and how far from a PoP there they would be, by their access lines.
struct MetroDemand {
  std::uint64_t networks = 0;
  Int128 bytes = 0;
  Int128 byte_ns = 0;  // bytes x round trip
};

template <class Tariff>
Money sum_of_lines(const Tariff& tariff, const Usage& use) {
  BillLines lines;
  tariff.bill(use, lines);
  Money sum{0};
  for (const BillLine& line : lines) sum += line.amount;
  return sum;
}

std::set<std::string_view> metros_with_pops(const NetworkSpec& network) {
  std::set<std::string_view> metros;
  for (const auto& [id, pop] : network.pops) metros.insert(pop.place);
  return metros;
}

std::map<std::string, MetroDemand> demands(const Scenario& scenario, const Network& network,
                                           const BillInputs& inputs, const Bill& bill) {
  std::map<std::string, MetroDemand> found;
  if (capped_sum(inputs.served.by_isp) == 0) return found;
  const std::set<std::string_view> taken = metros_with_pops(scenario.network);
  const std::vector<Int128> bytes = split(bill.served, inputs.served.by_isp);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const ClientNetworkSpec& spec = *network.plan->networks[i].spec;
    if (spec.place.empty() || taken.contains(spec.place)) continue;
    const Duration round_trip = 2 * (access_delay_of(spec) + config::kLeastDelayByPlace);
    MetroDemand& metro = found[spec.place];
    ++metro.networks;
    metro.bytes += bytes[i];
    metro.byte_ns += bytes[i] * round_trip.count();
  }
  return found;
}

Money revenue_of(const Bill& bill) {
  Money revenue{0};
  for (const ClassBill& of_class : bill.classes) revenue += of_class.revenue.value_or(Money{0});
  return revenue;
}

SiteCandidate candidate(const BillingSpec& billing, const MetroDemand& metro, const Bill& bill) {
  SiteCandidate site;
  const Int128 seconds = Int128{86'400} * bill.days;
  site.demand = BitRate{static_cast<std::int64_t>((8 * metro.bytes + seconds / 2) / seconds)};
  const PopSpec& pod = *std::ranges::find(PopSpec::presets(), "tier3", &PopSpec::preset);
  Usage use;
  use.capacity = site.demand;
  use.servers = pod.servers;
  use.ssd = *pod.kit.ssd * pod.servers;
  use.hdd = *pod.kit.hdd * pod.servers;
  site.power = pod.pricing.server_power * pod.servers;
  site.colocation = tariff_or_usual<ColocationTariff>(billing, "colocation").price;
  const TransitTariff transit = tariff_or_usual<TransitTariff>(billing, "transit");
  site.transit = transit.overage.value_or(transit.price);
  site.ports = sum_of_lines(tariff_or_usual<PortTariff>(billing, "port"), use) +
               tariff_or_usual<PniTariff>(billing, "pni").cross_connect;
  site.written_off = sum_of_lines(tariff_or_usual<HardwareTariff>(billing, "hardware"), use);
  const Int128 nano = static_cast<Int128>(revenue_of(bill).count()) * 1'000'000'000;
  const PricePerGb per_gb{Money{static_cast<std::int64_t>((nano + bill.served / 2) / bill.served)}};
  site.earns = per_sustained_gbps(per_gb, bill.days);
  return site;
}

}  // namespace

std::vector<SiteCandidateResult> site_candidates(const Scenario& scenario, const Network& network,
                                                 const BillInputs& inputs, const Bill& bill) {
  std::vector<SiteCandidateResult> results;
  if (inputs.billing.prices.empty() || bill.served <= 0) return results;
  const auto metros = demands(scenario, network, inputs, bill);
  std::vector<SiteCandidate> sites;
  std::map<std::string, const SiteCandidate*> by_id;
  for (const auto& [id, metro] : metros) {
    sites.push_back(candidate(inputs.billing, metro, bill));
    sites.back().id = id;
  }
  for (const SiteCandidate& site : sites) by_id[site.id] = &site;
  for (const SiteScore& score : ranked(sites)) {
    const SiteCandidate& site = *by_id.at(score.id);
    SiteCandidateResult& row = results.emplace_back();
    row.metro = score.id;
    row.networks = metros.at(score.id).networks;
    row.demand_bps = static_cast<double>(site.demand.count());
    const MetroDemand& metro = metros.at(score.id);
    if (metro.bytes > 0) {
      row.round_trip_ms =
          static_cast<double>(static_cast<std::int64_t>(metro.byte_ns / metro.bytes)) / 1e6;
    }
    row.margin = static_cast<double>(score.margin.count()) / 1e9;
    row.enough_demand = score.enough_demand;
  }
  return results;
}

}  // namespace cdnsim::assembly
