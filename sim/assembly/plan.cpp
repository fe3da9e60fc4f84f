#include <algorithm>
#include <bit>
#include <set>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/config/scenario_map.hpp>
#include <cdnsim/models/topology/client_network.hpp>

namespace cdnsim::assembly {
namespace {

// 1 to 64 by size: one cell for up to 250,000 users, then doubling.
std::uint32_t cells_of(const ClientNetworkSpec& spec) {
  if (spec.cells) return *spec.cells;
  constexpr std::uint64_t kUsersPerCell = 250'000;
  const std::uint64_t wanted = (spec.users + kUsersPerCell - 1) / kUsersPerCell;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(std::bit_ceil(wanted), 64));
}

// The same places and links in the same order, so that a PortRef means the same in both.
Topology topology_of(const NetworkMap& map) {
  Topology topology;
  for (const Place& place : map.places) topology.add_place(place.kind, place.id, place.capacity);
  for (const MapLink& link : map.links) topology.add_link(link.link.id, link.link.spec);
  return topology;
}

std::vector<std::string> regions_of(const NetworkSpec& network) {
  std::set<std::string> regions;
  for (const auto& [id, spec] : network.client_networks) regions.insert(region_of(spec));
  return {regions.begin(), regions.end()};
}

void add_networks(const Scenario& scenario, Plan& plan) {
  for (const auto& [id, spec] : scenario.network.client_networks) {
    ClientNetwork network;
    network.id = id;
    network.spec = &spec;
    network.place = *plan.topology.find(id);
    const auto region = std::lower_bound(plan.regions.begin(), plan.regions.end(), region_of(spec));
    network.region = static_cast<std::uint32_t>(region - plan.regions.begin());
    network.cells = cells_of(spec);
    plan.networks.push_back(std::move(network));
  }
}

// With PoPs that are launched: as if they did not exist, until that is decided.
void hold(const Scenario& scenario, const Clients& clients, Plan& plan) {
  std::vector<std::uint32_t> launched;
  for (const auto& [pop, unused] : scenario.launches) launched.push_back(*plan.topology.find(pop));
  plan.holds = hold_cells(scenario, clients, plan.epochs, *plan.routing, launched);
  if (launched.empty()) return;
  const CellHolds after = hold_cells(scenario, clients, plan.epochs, *plan.routing);
  NetworkNames names;
  for (const ClientNetwork& network : plan.networks) names.push_back(network.id);
  plan.launches =
      plan_launches(scenario, plan.topology, names, after, plan.holds, plan.launched_cells);
}

void steer(const Scenario& scenario, Plan& plan) {
  Clients clients;
  for (const ClientNetwork& network : plan.networks) {
    clients.places.push_back(network.place);
    clients.cells.push_back(network.cells);
  }
  plan.outages = outages_of(scenario, plan.routing->map());
  plan.epochs = epochs_of(scenario, plan.outages);
  hold(scenario, clients, plan);
  if (scenario.steering.method == SteeringMethod::engine) {
    plan.candidates = nearest_pops(clients.places, scenario.steering.engine.candidates, plan.epochs,
                                   *plan.routing);
  }
  for (std::size_t i = 0; i < plan.networks.size(); ++i) {
    ClientNetwork& network = plan.networks[i];
    network.pop_place = plan.holds[i].front().front().pop;
    const auto path = plan.routing->best_path(network.pop_place, network.place);
    network.way_kind = kind_of(plan.routing->map(), *path);
    network.way_delay = path->delay;
    network.back = plan.routing->best_path(network.place, network.pop_place)->delay;
    network.round_trip = path->delay + network.back + 2 * access_delay_of(*network.spec);
  }
}

// Who has a cache inside is nearer to it than to the PoP, which goes on serving what is left; who
// has none, but a neighbour's that serves it, is where that is.
void embed(const Scenario& scenario, Plan& plan) {
  plan.embedded = embedded_caches(scenario, plan);
  for (std::uint32_t i = 0; i < plan.embedded.size(); ++i) {
    const EmbeddedCache& cache = plan.embedded[i];
    ClientNetwork& network = plan.networks[cache.host];
    network.embedded.push_back(i);
    for (const CellShare& share : cache.cells) {
      std::vector<std::uint32_t>& caches = plan.networks[share.audience].caches;
      if (caches.empty() || caches.back() != i) caches.push_back(i);
    }
  }
  for (ClientNetwork& network : plan.networks) {
    if (network.caches.empty()) continue;
    const std::vector<std::uint32_t>& own = network.embedded;
    const std::uint32_t first = own.empty() ? network.caches.front() : own.front();
    const std::uint32_t cache = plan.embedded[first].place;
    const auto path = plan.routing->best_path(cache, network.place);
    const Duration back = plan.routing->best_path(network.place, cache)->delay;
    network.way_kind = kind_of(plan.routing->map(), *path);
    network.way_delay = path->delay;
    network.round_trip = path->delay + back + 2 * access_delay_of(*network.spec);
  }
  add_switches(plan);
}

std::vector<AudienceInfo> audiences_of(const Scenario& scenario, const Plan& plan) {
  double users = 0;
  for (const ClientNetwork& network : plan.networks) {
    users += static_cast<double>(network.spec->users);
  }
  std::vector<AudienceInfo> audiences;
  for (const ClientNetwork& network : plan.networks) {
    const double share = static_cast<double>(network.spec->users) / users;
    audiences.push_back(AudienceInfo{Audience{network.id, plan.regions[network.region], share,
                                              local_start(scenario, *network.spec),
                                              network.spec->access, access_rate_of(*network.spec)},
                                     network.cells, network.spec->new_connections.value()});
  }
  return audiences;
}

}  // namespace

std::unique_ptr<Plan> make_plan(const Scenario& scenario, const Replay& replay) {
  NetworkMap map = config::map_of(scenario.network);
  Topology topology = topology_of(map);
  std::unique_ptr<Plan> plan(new Plan{std::move(topology),
                                      std::make_unique<Routing>(std::move(map)),
                                      Catalogue(scenario.seed, scenario.content, scenario.traffic),
                                      regions_of(scenario.network),
                                      {},
                                      {},
                                      {},
                                      {},
                                      nullptr,
                                      nullptr});
  add_networks(scenario, *plan);
  steer(scenario, *plan);
  embed(scenario, *plan);
  plan->demand = std::make_unique<Demand>(scenario.seed, scenario.slot, scenario.traffic,
                                          audiences_of(scenario, *plan), plan->catalogue);
  if (!replay.surveys.empty()) {
    const DealerSettings settings{scenario.seed, scenario.slot, SimTime{scenario.duration},
                                  replay.clock};
    plan->traces = std::make_unique<TraceDealer>(settings, scenario.traffic, replay.surveys,
                                                 audiences_of(scenario, *plan), plan->catalogue);
  }
  return plan;
}

}  // namespace cdnsim::assembly
