#include <algorithm>

#include <cdnsim/config/domain_members.hpp>
#include <cdnsim/config/scenario_map.hpp>

namespace cdnsim::config {
namespace {

struct SiteServers {
  std::uint32_t servers = 0;
  std::uint32_t of_pod = 1;
};

SiteServers site_servers(const NetworkSpec& network, const std::string& site) {
  SiteServers found;
  const auto look = [&](const auto& specs) {
    const auto spec = specs.find(site);
    if (spec != specs.end()) found = {spec->second.servers, spec->second.kit.pod_servers};
  };
  look(network.pops);
  look(network.shields);
  look(network.embedded);
  return found;
}

class MemberFinder {
 public:
  explicit MemberFinder(const NetworkSpec& network) : network_(network) {}

  void add_place(const std::string& id) { failing_.places.insert(id); }
  void add_link(const std::string& id) {
    if (network_.links.contains(id)) failing_.links.insert(id);
  }
  void add_server(const std::string& site, std::uint32_t server) {
    if (server < servers_of(network_, site)) failing_.servers[site].insert(server);
  }
  void add_pod(const std::string& site, std::uint32_t pod) {
    if (pod >= pods_of(network_, site)) return;
    const PodServers servers = servers_of_pod(network_, site, pod);
    for (std::uint32_t i = servers.first; i < servers.end; ++i) add_server(site, i);
  }

  void add_places_where(const auto& holds) {
    const auto add_from = [&](const auto& specs) {
      for (const auto& [id, spec] : specs) {
        const Metro* metro = metro_of(network_, id);
        if (metro != nullptr && holds(*metro)) add_place(id);
      }
    };
    add_from(network_.pops);
    add_from(network_.shields);
    add_from(network_.embedded);
    add_from(network_.origins);
    add_from(network_.transit_providers);
    add_from(network_.ixps);
  }

  Failing take() { return std::move(failing_); }

 private:
  const NetworkSpec& network_;
  Failing failing_;
};

}  // namespace

std::uint32_t servers_of(const NetworkSpec& network, const std::string& site) {
  return site_servers(network, site).servers;
}

std::uint32_t pods_of(const NetworkSpec& network, const std::string& site) {
  const SiteServers found = site_servers(network, site);
  return (found.servers + found.of_pod - 1) / found.of_pod;
}

PodServers servers_of_pod(const NetworkSpec& network, const std::string& site, std::uint32_t pod) {
  const SiteServers found = site_servers(network, site);
  const std::uint32_t first = pod * found.of_pod;
  return {first, std::min(first + found.of_pod, found.servers)};
}

Failing failing(const NetworkSpec& network, const FailureDomainSpec& domain) {
  MemberFinder finder(network);
  for (const std::string& id : domain.places) finder.add_place(id);
  for (const std::string& id : domain.links) finder.add_link(id);
  for (const auto& [site, pods] : domain.pods) {
    for (const std::uint32_t pod : pods) finder.add_pod(site, pod);
  }
  for (const auto& [site, servers] : domain.servers) {
    for (const std::uint32_t server : servers) finder.add_server(site, server);
  }
  finder.add_places_where([&](const Metro& metro) {
    return std::ranges::count(domain.metros, metro.id) > 0 ||
           std::ranges::count(domain.regions, enum_name(metro.region)) > 0;
  });
  return finder.take();
}

Failing failing(const NetworkSpec& network, const FailEvent& event) {
  if (event.domain) {
    const auto domain = network.failure_domains.find(*event.domain);
    return domain == network.failure_domains.end() ? Failing{} : failing(network, domain->second);
  }
  MemberFinder finder(network);
  if (event.link) {
    finder.add_link(*event.link);
  } else if (event.pod) {
    finder.add_pod(event.place(), *event.pod);
  } else {
    finder.add_place(event.place());
  }
  return finder.take();
}

}  // namespace cdnsim::config
