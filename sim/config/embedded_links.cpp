#include <set>

#include <cdnsim/config/embedded_links.hpp>
#include <cdnsim/config/scenario_map.hpp>

namespace cdnsim::config {
namespace {

LinkSpec link_to_host(const NetworkSpec& network, const std::string& id,
                      const EmbeddedSpec& cache) {
  LinkSpec link;
  link.from = id;
  link.to = cache.host;
  link.kind = LinkKind::on_net;
  const std::optional<BitRate> card = cache.kit.nic ? cache.kit.nic : cache.kit.cards;
  if (card) link.capacity = *card * cache.servers;
  if (!metro_of(network, id) || !metro_of(network, cache.host)) link.delay = kLeastDelayByPlace;
  return link;
}

}  // namespace

std::string link_of_embedded(const std::string& cache) { return cache + " on-net"; }

void join_embedded(NetworkSpec& network) {
  std::set<std::string> joined;
  for (const auto& [id, link] : network.links) joined.insert({link.from, link.to});
  for (const auto& [id, cache] : network.embedded) {
    if (joined.contains(id) || !network.client_networks.contains(cache.host)) continue;
    network.links.try_emplace(link_of_embedded(id), link_to_host(network, id, cache));
  }
}

}  // namespace cdnsim::config
