#include <algorithm>
#include <map>

#include <cdnsim/config/scenario_map.hpp>

namespace cdnsim::config {
namespace {

class MapMaker {
 public:
  explicit MapMaker(const NetworkSpec& network) : network_(network) {}

  NetworkMap make() {
    add(PlaceKind::client_network, network_.client_networks);
    add(PlaceKind::pop, network_.pops);
    add(PlaceKind::shield, network_.shields);
    add(PlaceKind::origin, network_.origins);
    add(PlaceKind::transit_provider, network_.transit_providers);
    add(PlaceKind::ixp, network_.ixps);
    add(PlaceKind::embedded_cache, network_.embedded);
    for (const auto& [id, link] : network_.links) add_link(id, link);
    for (const auto& [id, ixp] : network_.ixps) {
      for (const std::vector<std::string>& pair : ixp.sessions) add_session(id, pair);
    }
    return std::move(map_);
  }

 private:
  template <class Specs>
  void add(PlaceKind kind, const Specs& specs) {
    for (const auto& [id, spec] : specs) {
      places_.emplace(id, static_cast<std::uint32_t>(map_.places.size()));
      map_.places.push_back(cdnsim::Place{kind, id});
      if constexpr (requires { spec.sessions; }) map_.places.back().capacity = spec.capacity;
    }
  }

  void add_link(const std::string& id, const LinkSpec& spec) {
    const auto from = places_.find(spec.from);
    const auto to = places_.find(spec.to);
    if (from == places_.end() || to == places_.end() || from == to) return;
    const PlaceKind one = map_.places[from->second].kind;
    const PlaceKind other = map_.places[to->second].kind;
    if (one == PlaceKind::ixp && other == PlaceKind::ixp) return;
    MapLink link;
    link.link = Link{id, spec, from->second, to->second};
    link.link.spec.delay = delay_of(network_, spec).value_or(Duration{0});
    link.relation = spec.relation.value_or(relation_of(spec.kind, one, other));
    link.route_server = spec.route_server;
    map_.links.push_back(std::move(link));
  }

  void add_session(const std::string& ixp, const std::vector<std::string>& pair) {
    const bool known = pair.size() == 2 && std::ranges::all_of(pair, [this](const auto& member) {
                         return places_.contains(member);
                       });
    if (!known) return;
    map_.sessions.push_back(Session{places_.at(ixp), places_.at(pair[0]), places_.at(pair[1])});
  }

  const NetworkSpec& network_;
  std::map<std::string, std::uint32_t> places_;
  NetworkMap map_;
};

}  // namespace

const Metro* metro_of(const NetworkSpec& network, const std::string& id) {
  const Metro* metro = nullptr;
  const auto look = [&](const auto& specs) {
    const auto found = specs.find(id);
    if (found != specs.end()) metro = find_metro(found->second.place);
    return found != specs.end();
  };
  if (look(network.pops) || look(network.client_networks) || look(network.shields) ||
      look(network.origins) || look(network.transit_providers)) {
    return metro;
  }
  if (look(network.ixps)) return metro;
  const auto cache = network.embedded.find(id);
  if (cache == network.embedded.end()) return nullptr;
  return cache->second.place.empty() ? metro_of(network, cache->second.host)
                                     : find_metro(cache->second.place);
}

std::optional<Duration> delay_of(const NetworkSpec& network, const LinkSpec& link) {
  if (link.delay) return link.delay;
  const Metro* from = metro_of(network, link.from);
  const Metro* to = metro_of(network, link.to);
  if (!from || !to) return std::nullopt;
  return std::max(kLeastDelayByPlace,
                  fibre_delay(great_circle(from->position, to->position), network.path_inflation));
}

NetworkMap map_of(const NetworkSpec& network) { return MapMaker(network).make(); }

}  // namespace cdnsim::config
