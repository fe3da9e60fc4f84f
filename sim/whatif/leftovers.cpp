#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include <cdnsim/config/domain_members.hpp>
#include <cdnsim/whatif/leftovers.hpp>

namespace cdnsim::whatif {
namespace {

class Sweeper {
 public:
  explicit Sweeper(const NetworkSpec& network) : network_(network) {}

  // Whether nothing is left of what an event was about.
  bool is_over(const PurgeEvent&) const { return false; }
  bool is_over(const DownEvent& event) const { return !has_site(event.node); }
  bool is_over(const DegradeEvent& event) const {
    return event.link ? !network_.links.contains(*event.link) : !has_site(event.node);
  }
  bool is_over(const WithdrawEvent& event) const { return !network_.pops.contains(event.pop); }
  bool is_over(const FailEvent& event) const {
    if (event.link) return !network_.links.contains(*event.link);
    if (event.domain) return !has_domain(*event.domain);
    return !has_place(event.place());
  }
  bool is_over(const FaultsEvent& event) const { return event.empty(); }

  void sweep(FaultsEvent& event) const {
    const auto keep = [](std::vector<std::string>& ids, const auto& is_there) {
      std::erase_if(ids, [&](const std::string& id) { return !is_there(id); });
    };
    keep(event.servers_of, [&](const std::string& id) { return has_site(id); });
    keep(event.sites, [&](const std::string& id) { return has_site(id); });
    keep(event.links, [&](const std::string& id) { return network_.links.contains(id); });
    keep(event.ixps, [&](const std::string& id) { return network_.ixps.contains(id); });
    keep(event.transit_providers,
         [&](const std::string& id) { return network_.transit_providers.contains(id); });
    keep(event.domains, [&](const std::string& id) { return has_domain(id); });
  }

  void sweep(LaunchSpec& launch) const {
    if (!launch.place.empty() && !has_site(launch.place)) launch.place.clear();
    const auto* peers = std::get_if<PeerWarming>(&launch.warming);
    if (peers != nullptr && !network_.pops.contains(peers->from)) {
      launch.warming = std::monostate{};
    }
  }

 private:
  bool has_site(const std::string& id) const {
    return network_.pops.contains(id) || network_.shields.contains(id) ||
           network_.embedded.contains(id) || network_.origins.contains(id);
  }
  bool has_place(const std::string& id) const {
    return has_site(id) || network_.ixps.contains(id) || network_.transit_providers.contains(id);
  }
  // Whether there is anything in it.
  bool has_domain(const std::string& id) const {
    const auto domain = network_.failure_domains.find(id);
    if (domain == network_.failure_domains.end()) return false;
    const config::Failing failing = config::failing(network_, domain->second);
    return !failing.links.empty() || !failing.servers.empty() ||
           std::ranges::any_of(failing.places,
                               [&](const std::string& place) { return has_place(place); });
  }

  const NetworkSpec& network_;
};

}  // namespace

void drop_leftovers(Scenario& scenario) {
  const Sweeper sweeper(scenario.network);
  for (auto& [name, event] : scenario.events) {
    if (auto* faults = std::get_if<FaultsEvent>(&event.what)) sweeper.sweep(*faults);
  }
  std::erase_if(scenario.events, [&](const auto& entry) {
    return std::visit([&](const auto& what) { return sweeper.is_over(what); }, entry.second.what);
  });
  std::erase_if(scenario.launches,
                [&](const auto& entry) { return !scenario.network.pops.contains(entry.first); });
  for (auto& [pop, launch] : scenario.launches) sweeper.sweep(launch);
}

}  // namespace cdnsim::whatif
