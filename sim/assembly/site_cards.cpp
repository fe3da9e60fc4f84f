#include <optional>
#include <string>
#include <vector>

#include <cdnsim/assembly/site_cards.hpp>
#include <cdnsim/models/economics/exact.hpp>
#include <cdnsim/models/economics/month.hpp>

namespace cdnsim::assembly {
namespace {

// What all cards of a site carry together, where the scenario says.
std::optional<BitRate> cards_of(const NetworkSpec& network, const std::string& id) {
  std::optional<BitRate> cards;
  const auto look = [&](const auto& specs) {
    const auto found = specs.find(id);
    if (found == specs.end()) return;
    const SiteKit& kit = found->second.kit;
    if (kit.nic || kit.cards)
      cards = kit.nic.value_or(kit.cards.value_or(BitRate{0})) * found->second.servers;
  };
  look(network.pops);
  look(network.shields);
  look(network.embedded);
  return cards;
}

double sent_p95_bps(const Topology& topology, const Collector& collector, std::uint32_t place) {
  RateFigures sum;
  std::vector<std::int64_t> bins;
  for (std::uint32_t i = 0; i < topology.links().size(); ++i) {
    const Link& link = topology.links()[i];
    if (link.from != place && link.to != place) continue;
    const RateFigures& sent = collector.port(i, link.from == place ? 0 : 1);
    bins.resize(sent.bins().size());
    for (std::size_t bin = 0; bin < bins.size(); ++bin) bins[bin] += sent.bins()[bin];
    sum = sent;
  }
  // The last bin may be short: where there are others it is left out.
  if (bins.size() > 1 && sum.last_bin() < kBillingBin) bins.pop_back();
  const double seconds_of_bin = bins.size() == 1 ? seconds(sum.last_bin()) : seconds(kBillingBin);
  return 8.0 * static_cast<double>(percentile(bins)) / seconds_of_bin;
}

}  // namespace

void add_cards(const Scenario& scenario, const Network& network, const Collector& collector,
               Result& result) {
  if (scenario.replay == ReplayMode::atomic) return;
  const Topology& topology = network.plan->topology;
  for (NodeResult& node : result.nodes) {
    const std::optional<BitRate> cards = cards_of(scenario.network, node.id);
    if (!cards) continue;
    node.nic_utilisation_p95 = sent_p95_bps(topology, collector, *topology.find(node.id)) /
                               static_cast<double>(cards->count());
  }
}

}  // namespace cdnsim::assembly
