#include <algorithm>
#include <set>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/assembly/port_loads.hpp>
#include <cdnsim/assembly/steering_views.hpp>

namespace cdnsim::assembly {
namespace {

bool is_cut(const Epoch* epoch, const Path& path) {
  return epoch != nullptr && std::ranges::any_of(path.ports, [&](const PortRef port) {
           return std::ranges::count(epoch->failed, port.link, &FailedLink::link) > 0;
         });
}

// `failing`: where ways that have failed are left out before routing knows.
std::optional<ReachedPop> reach_pop(const Routing& routing, std::uint32_t pop,
                                    std::uint32_t network, const Epoch* failing) {
  const auto there = routing.best_path(pop, network);
  const auto back = routing.best_path(network, pop);
  if (!there || !back || is_cut(failing, *there) || is_cut(failing, *back)) return std::nullopt;
  return ReachedPop{pop, there->delay, back->delay, there->ports};
}

void nearest_first(std::vector<ReachedPop>& pops) {
  std::ranges::stable_sort(pops, {}, &ReachedPop::there);
}

// Calls `look` for the start, with nothing, and for each epoch.
template <class Look>
void in_each_stretch(const std::vector<Epoch>& epochs, Routing& routing, const Look& look) {
  set_links(routing, nullptr);
  look(nullptr);
  for (const Epoch& epoch : epochs) {
    set_links(routing, &epoch);
    look(&epoch);
  }
  set_links(routing, nullptr);
}

bool is_withdrawn(const Epoch* epoch, std::uint32_t pop) {
  return epoch != nullptr && std::ranges::count(epoch->withdrawn, pop) > 0;
}

}  // namespace

Candidates nearest_pops(const std::vector<std::uint32_t>& networks, std::size_t count,
                        const std::vector<Epoch>& epochs, Routing& routing) {
  std::vector<std::set<std::uint32_t>> found(networks.size());
  in_each_stretch(epochs, routing, [&](const Epoch* epoch) {
    std::vector<std::uint32_t> pops;
    for (std::uint32_t place = 0; place < routing.map().places.size(); ++place) {
      const bool is_pop = routing.map().places[place].kind == PlaceKind::pop;
      if (is_pop && !is_withdrawn(epoch, place)) pops.push_back(place);
    }
    std::vector<std::pair<Duration, std::uint32_t>> near;
    for (std::size_t i = 0; i < networks.size(); ++i) {
      near.clear();
      for (const std::uint32_t pop : pops) {
        if (const auto delay = routing.delay(pop, networks[i])) near.emplace_back(*delay, pop);
      }
      std::ranges::sort(near);
      // Ways back are looked for only where they matter: each needs a search of its own.
      std::size_t kept = 0;
      for (std::size_t next = 0; next < near.size() && kept < count; ++next) {
        const std::uint32_t pop = near[next].second;
        if (!routing.delay(networks[i], pop)) continue;
        found[i].insert(pop);
        ++kept;
      }
    }
  });
  Candidates candidates;
  for (const auto& places : found) candidates.emplace_back(places.begin(), places.end());
  return candidates;
}

std::vector<ReachedPops> reached_pops(const std::vector<std::uint32_t>& networks,
                                      const Candidates& candidates,
                                      const std::vector<Epoch>& epochs, Routing& routing,
                                      LeftOut left_out) {
  std::vector<ReachedPops> stretches;
  in_each_stretch(epochs, routing, [&](const Epoch* epoch) {
    ReachedPops now{epoch == nullptr ? SimTime{} : epoch->from, {}};
    for (std::size_t i = 0; i < networks.size(); ++i) {
      std::vector<ReachedPop>& pops = now.by_network.emplace_back();
      for (const std::uint32_t place : candidates[i]) {
        if (is_withdrawn(epoch, place)) continue;
        const Epoch* failing = left_out == LeftOut::at_once ? epoch : nullptr;
        if (auto pop = reach_pop(routing, place, networks[i], failing)) {
          pops.push_back(*std::move(pop));
        }
      }
      nearest_first(pops);
    }
    stretches.push_back(std::move(now));
  });
  return stretches;
}

std::vector<SteeringView> steering_views(const Plan& plan,
                                         const std::vector<std::uint32_t>& index_of) {
  std::vector<SteeringView> views;
  for (const ReachedPops& now :
       reached_pops(places_of_networks(plan), plan.candidates, plan.epochs, *plan.routing)) {
    SteeringView& view = views.emplace_back(SteeringView{now.from, {}});
    for (const std::vector<ReachedPop>& pops : now.by_network) {
      std::vector<SteeringOption>& options = view.options.emplace_back();
      for (const ReachedPop& pop : pops) {
        SteeringOption option{index_of[pop.place], seconds(pop.there + pop.back) * 1e3};
        for (const PortRef port : pop.ports) {
          if (const auto fabric = plan.topology.fabric_before(port)) {
            option.ports.push_back(static_cast<std::uint32_t>(PortLoads::index_of(*fabric)));
          }
          option.ports.push_back(static_cast<std::uint32_t>(PortLoads::index_of(port)));
        }
        options.push_back(std::move(option));
      }
    }
  }
  return views;
}

std::vector<SteeringPort> steering_ports(const Plan& plan) {
  std::vector<SteeringPort> ports(2 * plan.topology.port_pairs());
  for (std::uint32_t pair = 0; pair < plan.topology.port_pairs(); ++pair) {
    for (const bool forward : {true, false}) {
      const PortRef ref{pair, forward};
      SteeringPort& port = ports[PortLoads::index_of(ref)];
      port.bits_per_second = static_cast<double>(plan.topology.capacity_of(ref).count());
      if (pair >= plan.topology.links().size()) continue;
      const std::optional<BackgroundSpec>& background = plan.topology.links()[pair].spec.background;
      const auto other = forward ? BackgroundDirection::backward : BackgroundDirection::forward;
      if (background && background->direction != other) port.background = &*background;
    }
  }
  return ports;
}

std::vector<std::uint32_t> places_of_networks(const Plan& plan) {
  std::vector<std::uint32_t> places;
  for (const ClientNetwork& network : plan.networks) places.push_back(network.place);
  return places;
}

}  // namespace cdnsim::assembly
