#include <algorithm>

#include <cdnsim/assembly/cell_holds.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/config/scenario_map.hpp>
#include <cdnsim/models/steering/anycast.hpp>
#include <cdnsim/models/steering/geodns.hpp>

namespace cdnsim::assembly {
namespace {

bool has(const std::vector<std::uint32_t>& list, std::uint32_t place) {
  return std::ranges::count(list, place) > 0;
}

class Holder {
 public:
  Holder(const Scenario& scenario, const Clients& clients, Routing& routing,
         const std::vector<std::uint32_t>& left_out)
      : scenario_(scenario),
        clients_(clients),
        routing_(routing),
        by_dns_(scenario.steering.method == SteeringMethod::geodns),
        dns_(geo_pops(), scenario.steering.geodns.answers) {
    for (std::uint32_t i = 0; i < routing.map().places.size(); ++i) {
      if (routing.map().places[i].kind == PlaceKind::pop && !has(left_out, i)) pops_.push_back(i);
    }
  }

  CellHolds hold(const std::vector<Epoch>& epochs) {
    begin();
    // The engine decides during the run.
    const bool all_is_known = scenario_.steering.method != SteeringMethod::engine;
    for (std::size_t i = 0; all_is_known && i < epochs.size(); ++i) {
      const SimTime until = i + 1 < epochs.size() ? epochs[i + 1].from : SimTime::max();
      go_on(epochs[i], until);
    }
    set_links(routing_, nullptr);
    return std::move(holds_);
  }

 private:
  // What steering has in mind for a cell, and which event made it so.
  struct Aim {
    std::uint32_t pop = kNowhere;
    std::uint32_t event = 0;
  };

  std::vector<GeoPop> geo_pops() const {
    std::vector<GeoPop> pops;
    if (!by_dns_) return pops;
    const std::vector<Place>& places = routing_.map().places;
    for (std::uint32_t i = 0; i < places.size(); ++i) {
      if (places[i].kind != PlaceKind::pop) continue;
      const auto weight = scenario_.steering.geodns.weights.find(places[i].id);
      pops.push_back(
          GeoPop{i, places[i].id, config::metro_of(scenario_.network, places[i].id)->position,
                 weight == scenario_.steering.geodns.weights.end() ? 1 : weight->second});
    }
    return pops;
  }

  SteeringTable table(const std::vector<std::uint32_t>& pops) const {
    switch (scenario_.steering.method) {
      case SteeringMethod::nearest:
      case SteeringMethod::engine:  // at first
        return steer_to_nearest(routing_, clients_.places, clients_.cells, pops);
      case SteeringMethod::anycast:
        return steer_by_anycast(routing_, clients_.places, clients_.cells, pops);
      case SteeringMethod::geodns: break;
    }
    return steer_by_dns(pops);
  }

  // Whoever answers knows by probes which PoPs reach the clients at all.
  SteeringTable steer_by_dns(const std::vector<std::uint32_t>& pops) const {
    SteeringTable table;
    for (std::size_t i = 0; i < clients_.places.size(); ++i) {
      std::vector<std::uint32_t> reaching = pops;
      std::erase_if(reaching, [&](std::uint32_t pop) {
        return !routing_.best_path(pop, clients_.places[i]).has_value();
      });
      const auto choice = dns_.choice(resolver_of(i), reaching);
      std::vector<std::uint32_t>& cells = table.place_of_cell.emplace_back();
      for (std::uint32_t cell = 0; cell < clients_.cells[i]; ++cell) {
        cells.push_back(GeoDns::answer(choice, geo_cell(scenario_.seed, id_of(i), cell)));
      }
    }
    return table;
  }

  const std::string& id_of(std::size_t client) const {
    return routing_.map().places[clients_.places[client]].id;
  }
  Coordinates resolver_of(std::size_t client) const {
    const ClientNetworkSpec& spec = scenario_.network.client_networks.at(id_of(client));
    return find_metro(spec.resolver.value_or(spec.place))->position;
  }

  // When a cell hears of what steering decides at `time`.
  SimTime hears_at(std::size_t client, std::uint32_t cell, SimTime time) const {
    if (!by_dns_) return time;
    const std::int64_t slot = next_question(geo_cell(scenario_.seed, id_of(client), cell),
                                            time.time_since_epoch() / scenario_.slot,
                                            scenario_.steering.geodns.ttl / scenario_.slot);
    return SimTime{slot * scenario_.slot};
  }

  void begin() {
    set_links(routing_, nullptr);
    for (const std::vector<std::uint32_t>& cells : table(pops_).place_of_cell) {
      holds_.emplace_back();
      aims_.emplace_back();
      for (const std::uint32_t pop : cells) {
        CDNSIM_ASSERT(pop != kNowhere,
                      "unreachable client networks are found when a scenario is read");
        holds_.back().push_back({CellHold{SimTime{}, pop, 0, false}});
        aims_.back().push_back(Aim{pop, 0});
      }
    }
  }

  void go_on(const Epoch& epoch, SimTime until) {
    set_links(routing_, &epoch);
    std::vector<std::uint32_t> pops = pops_;
    std::erase_if(pops, [&](std::uint32_t pop) { return has(epoch.withdrawn, pop); });
    const SteeringTable now = table(pops);
    for (std::size_t i = 0; i < holds_.size(); ++i) {
      for (std::uint32_t cell = 0; cell < holds_[i].size(); ++cell) {
        Aim& aim = aims_[i][cell];
        const std::uint32_t pop = now.place_of_cell[i][cell];
        if (pop != kNowhere && pop != aim.pop) aim = Aim{pop, epoch.event};
        const SimTime hears = hears_at(i, cell, epoch.from);
        go_on(holds_[i][cell], aim, epoch, hears < until ? hears : SimTime::max());
      }
    }
  }

  static void go_on(std::vector<CellHold>& holds, const Aim& aim, const Epoch& epoch,
                    SimTime hears) {
    const CellHold before = holds.back();
    const bool moves = aim.pop != before.pop && hears != SimTime::max();
    // It stays for a while at least, at a PoP that may be out of steering.
    const bool stale = aim.pop != before.pop && has(epoch.withdrawn, before.pop);
    if (stale != before.stale && !(moves && hears == epoch.from)) {
      holds.push_back(CellHold{epoch.from, before.pop, epoch.event, stale});
    }
    if (moves) holds.push_back(CellHold{hears, aim.pop, aim.event, false});
  }

  const Scenario& scenario_;
  const Clients& clients_;
  Routing& routing_;
  bool by_dns_;
  GeoDns dns_;
  std::vector<std::uint32_t> pops_;  // by place
  std::vector<std::vector<Aim>> aims_;
  CellHolds holds_;
};

}  // namespace

CellHolds hold_cells(const Scenario& scenario, const Clients& clients,
                     const std::vector<Epoch>& epochs, Routing& routing,
                     const std::vector<std::uint32_t>& left_out) {
  return Holder(scenario, clients, routing, left_out).hold(epochs);
}

}  // namespace cdnsim::assembly
