#include <algorithm>

#include <cdnsim/assembly/steering_join.hpp>
#include <cdnsim/assembly/steering_views.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/models/steering/geodns.hpp>
#include <cdnsim/models/topology/client_network.hpp>

namespace cdnsim::assembly {
namespace {

// Every cell of which the PoPs serve something at some time, in one order.
class SteeredCells {
 public:
  explicit SteeredCells(const Plan& plan) {
    for (std::uint32_t i = 0; i < plan.networks.size(); ++i) {
      for (std::uint32_t cell = 0; cell < plan.networks[i].cells; ++cell) {
        if (!is_left_some_time(plan, i, cell)) continue;
        number_.emplace(std::pair(i, cell), static_cast<std::uint32_t>(cells_.size()));
        cells_.push_back(HeldCell{i, cell});
      }
    }
  }
  const std::vector<HeldCell>& cells() const { return cells_; }
  std::uint32_t number_of(const HeldCell& cell) const {
    return number_.at({cell.audience, cell.cell});
  }

 private:
  std::vector<HeldCell> cells_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> number_;
};

// Joins PoPs that hand requests to one another.
class OverflowJoiner {
 public:
  explicit OverflowJoiner(const BuiltNodes& built) : built_(built) {
    const Plan& plan = built.plan;
    const std::vector<std::uint32_t> networks = places_of_networks(plan);
    // Of the two nearest one at least is another.
    const Candidates near = nearest_pops(networks, 2, plan.epochs, *plan.routing);
    stretches_ = reached_pops(networks, near, plan.epochs, *plan.routing, LeftOut::at_once);
  }

  void join() {
    for (auto& [place, user] : built_.users) {
      const bool serves =
          built_.plan.topology.place(place).kind == PlaceKind::pop || !user.cells.empty();
      if (!serves) continue;
      auto overflow = std::make_unique<Overflow>();
      std::uint32_t last = kNowhere;
      for (const HeldCell& cell : user.cells) {
        if (cell.audience == last) continue;
        last = cell.audience;
        overflow->add(last, targets(place, last));
      }
      built_.caches.at(place)->redirect_full(std::move(overflow));
    }
  }

 private:
  std::vector<OverflowTarget> targets(std::uint32_t from, std::uint32_t audience) {
    std::vector<OverflowTarget> targets;
    for (const ReachedPops& now : stretches_) {
      const std::vector<ReachedPop>& pops = now.by_network[audience];
      const auto other =
          std::ranges::find_if(pops, [&](const ReachedPop& pop) { return pop.place != from; });
      OverflowTarget& target = targets.emplace_back(OverflowTarget{now.from});
      if (other == pops.end()) continue;
      target.is_there = true;
      target.node = built_.node_at(other->place);
      target.guest = guest(from, audience, other->place);
      target.takes = time_to(from, audience, *other);
      built_.may_receive(target.node, target.takes);
    }
    return targets;
  }

  const ClientNetwork& client(std::uint32_t audience) const {
    return built_.plan.networks[audience];
  }
  Path way(std::uint32_t from, std::uint32_t to) const {
    return *built_.plan.routing->best_path(from, to);
  }
  Duration access(std::uint32_t audience) const { return access_delay_of(*client(audience).spec); }

  // The refusal travels to the user, who opens a connection to the other PoP and asks there.
  Duration time_to(std::uint32_t from, std::uint32_t audience, const ReachedPop& other) const {
    const Duration round_trip = other.there + other.back + 2 * access(audience);
    return way(from, client(audience).place).delay + access(audience) + 2 * round_trip +
           access(audience) + other.back;
  }

  // Who comes from there in vain, over a connection or with a new one.
  std::uint16_t guest(std::uint32_t from, std::uint32_t audience, std::uint32_t to) {
    const auto [known, is_new] = guests_.try_emplace({from, audience, to});
    if (!is_new) return known->second;
    const std::uint32_t place = client(audience).place;
    const Duration in_vain = way(from, place).delay + way(place, from).delay + 2 * access(audience);
    CellUser& user = built_.users.at(to);
    const Egress::RouteId route = add_client_route(built_.plan, client(audience), way(to, place),
                                                   way(place, to).delay, *user.egress);
    CacheNode& node = *built_.caches.at(to);
    known->second = node.add_guest(route, client(audience).region, audience, in_vain);
    node.add_guest(route, client(audience).region, audience, 3 * in_vain);
    user.guests.push_back(GuestUser{audience, known->second, 2, route});
    return known->second;
  }

  const BuiltNodes& built_;
  std::vector<ReachedPops> stretches_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::uint16_t> guests_;
};

}  // namespace

std::unique_ptr<ControllerNode> join_controller(const BuiltNodes& built, NodeId number,
                                                std::unique_ptr<Recorder> recorder) {
  const Plan& plan = built.plan;
  const EngineSpec& spec = built.scenario.steering.engine;
  const std::uint32_t at = *plan.topology.find(engine_place(built.scenario));
  const SteeredCells cells(plan);
  std::vector<std::uint32_t> index_of(plan.topology.size(), kNowhere);
  std::vector<ControllerNode::Pop> pops;
  for (const auto& [id, unused] : built.scenario.network.pops) {
    const std::uint32_t place = *plan.topology.find(id);
    const auto report = plan.routing->best_path(place, at);
    const auto tell = plan.routing->best_path(at, place);
    CDNSIM_ASSERT(report && tell,
                  "PoPs that cannot reach the engine are found when a scenario is read");
    index_of[place] = static_cast<std::uint32_t>(pops.size());
    ControllerNode::Pop pop{built.node_at(place),
                            std::max(report->delay, kLeastReportDelay),
                            std::max(tell->delay, kLeastReportDelay),
                            {}};
    for (const HeldCell& cell : built.users.at(place).cells) {
      pop.cells.push_back(cells.number_of(cell));
    }
    built.caches.at(place)->report_load_to(number, pop.report_delay, spec.report_every);
    built.may_receive(number, pop.report_delay);
    built.may_receive(pop.node, pop.tell_delay);
    pops.push_back(std::move(pop));
  }
  std::vector<DecisionEngine::Cell> steered;
  std::vector<std::uint64_t> phases;
  for (const HeldCell& cell : cells.cells()) {
    const std::uint32_t pop = plan.holds[cell.audience][cell.cell].front().pop;
    steered.push_back(DecisionEngine::Cell{cell.audience, index_of[pop]});
    phases.push_back(
        geo_cell(built.scenario.seed, plan.networks[cell.audience].id, cell.cell).phase);
  }
  const ControllerNode::Timing timing{spec.report_every, spec.decide_every, built.scenario.slot,
                                      spec.ttl / built.scenario.slot,
                                      built.scenario.min_message_delay};
  return std::make_unique<ControllerNode>(
      plan.topology.place(at).id, timing,
      DecisionEngine(spec, std::move(steered), pops.size(), steering_ports(plan)),
      std::move(phases), steering_views(plan, index_of), std::move(pops), std::move(recorder));
}

void join_overflow(const BuiltNodes& built) { OverflowJoiner(built).join(); }

}  // namespace cdnsim::assembly
