#include <algorithm>

#include <cdnsim/assembly/launch_join.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/copy_rules.hpp>
#include <cdnsim/models/steering/geodns.hpp>

namespace cdnsim::assembly {
namespace {

ClassMask warmed_classes(const Scenario& scenario, const Plan& plan, const TopWarming& what) {
  const std::vector<CopyRules> rules = copy_rules(scenario.caching.edge, plan.catalogue);
  ClassMask mask(plan.catalogue.size());
  for (std::size_t i = 0; i < mask.size(); ++i) {
    const bool named = !what.classes || std::ranges::find(*what.classes, plan.catalogue[i].name) !=
                                            what.classes->end();
    mask[i] = named && rules[i].worth_storing();
  }
  return mask;
}

FillRules warming_rules(const Scenario& scenario, const Plan& plan, const std::string& pop,
                        const TopWarming& what) {
  FillRules rules;
  rules.rate = what.rate;
  rules.ahead = true;
  rules.keeps_all = true;
  rules.from = SimTime{scenario.launches.at(pop).at};
  const PopSpec& spec = scenario.network.pops.at(pop);
  const Bytes room = room_of(tier_of(scenario.caching.edge, spec.kit), spec.servers);
  rules.items = what.objects
                    ? most_wanted(scenario, plan, warmed_classes(scenario, plan, what),
                                  Bytes::max(), *what.objects)
                    : most_wanted(scenario, plan, warmed_classes(scenario, plan, what), room);
  return rules;
}

std::vector<LaunchNode::Hold> in_pops(const std::vector<CellHold>& holds,
                                      const std::vector<std::uint32_t>& index_of) {
  std::vector<LaunchNode::Hold> track;
  for (const CellHold& hold : holds) {
    track.push_back(LaunchNode::Hold{hold.from, index_of[hold.pop]});
  }
  return track;
}

// The PoP first, then all others that have one of its cells some time, by place.
std::vector<std::uint32_t> pops_of(const Plan& plan, const PlannedLaunch& launch) {
  std::vector<std::uint32_t> pops;
  for (const HeldCell& cell : launch.cells) {
    const LaunchTracks& tracks = plan.launched_cells.at({cell.audience, cell.cell});
    for (const auto* track : {&tracks.before, &tracks.after}) {
      for (const CellHold& hold : *track) pops.push_back(hold.pop);
    }
  }
  std::ranges::sort(pops);
  pops.erase(std::unique(pops.begin(), pops.end()), pops.end());
  std::erase(pops, launch.place);
  pops.insert(pops.begin(), launch.place);
  return pops;
}

LaunchNode::Timing timing_of(const Scenario& scenario) {
  const bool by_dns = scenario.steering.method == SteeringMethod::geodns;
  return LaunchNode::Timing{scenario.slot, scenario.network.convergence,
                            by_dns ? scenario.steering.geodns.ttl / scenario.slot : 0,
                            scenario.min_message_delay};
}

}  // namespace

void warm_launched(const BuiltNodes& built, const PlannedLaunch& launch,
                   const std::optional<Upstream>& source) {
  const auto& warming = built.scenario.launches.at(launch.pop).warming;
  const TopWarming* what = std::get_if<TopWarming>(&warming);
  if (const auto* peers = std::get_if<PeerWarming>(&warming)) what = &peers->what;
  std::optional<FillRules> rules;
  if (what != nullptr) rules = warming_rules(built.scenario, built.plan, launch.pop, *what);
  built.caches.at(launch.place)->warm(std::move(rules), source);
}

std::unique_ptr<LaunchNode> join_launch(const BuiltNodes& built, const PlannedLaunch& launch,
                                        NodeId number, std::unique_ptr<Recorder> recorder) {
  const Plan& plan = built.plan;
  const LaunchSpec& spec = built.scenario.launches.at(launch.pop);
  const std::uint32_t at = *plan.topology.find(launch_place(built.scenario, spec));
  std::vector<std::uint32_t> index_of(plan.topology.size());
  std::vector<LaunchNode::Pop> pops;
  for (const std::uint32_t place : pops_of(plan, launch)) {
    const auto report = plan.routing->best_path(place, at);
    const auto tell = plan.routing->best_path(at, place);
    CDNSIM_ASSERT(report && tell, "PoPs that it does not reach are found when a scenario is read");
    index_of[place] = static_cast<std::uint32_t>(pops.size());
    LaunchNode::Pop pop{built.node_at(place),
                        std::max(report->delay, kLeastReportDelay),
                        std::max(tell->delay, kLeastReportDelay),
                        {},
                        false};
    const std::vector<HeldCell>& held = built.users.at(place).cells;
    for (std::uint32_t i = 0; i < launch.cells.size(); ++i) {
      const auto name = std::ranges::find_if(held, [&](const HeldCell& cell) {
        return cell.audience == launch.cells[i].audience && cell.cell == launch.cells[i].cell;
      });
      if (name == held.end()) continue;
      pop.names.emplace(i, static_cast<std::uint16_t>(name - held.begin()));
    }
    built.caches.at(place)->report_launch_to(number, pop.report_delay, spec.report_every);
    built.may_receive(number, pop.report_delay);
    built.may_receive(pop.node, pop.tell_delay);
    pops.push_back(std::move(pop));
  }
  std::vector<LaunchNode::Cell> cells;
  for (const HeldCell& cell : launch.cells) {
    const LaunchTracks& tracks = plan.launched_cells.at({cell.audience, cell.cell});
    const std::string& network = plan.networks[cell.audience].id;
    cells.push_back({in_pops(tracks.before, index_of), in_pops(tracks.after, index_of),
                     geo_cell(built.scenario.seed, network, cell.cell).phase});
    for (const LaunchNode::Hold& hold : cells.back().before) pops[hold.pop].gives = true;
  }
  return std::make_unique<LaunchNode>(plan.topology.place(at).id, spec, timing_of(built.scenario),
                                      std::move(pops), std::move(cells), std::move(recorder));
}

void add_mirrors(const BuiltNodes& built, const PlannedLaunch& launch, ActionsByPlace& actions) {
  const LaunchSpec& spec = built.scenario.launches.at(launch.pop);
  const auto* shadow = std::get_if<ShadowWarming>(&spec.warming);
  if (shadow == nullptr) return;
  const std::vector<HeldCell>& held = built.users.at(launch.place).cells;
  std::vector<Action>& list = actions[launch.place];
  for (const bool on : {true, false}) {
    const SimTime at =
        next_slot_edge(built.scenario, SimTime{on ? spec.at : spec.at + shadow->lasts});
    for (std::uint16_t name = 0; name < held.size(); ++name) {
      const auto tracks = built.plan.launched_cells.find({held[name].audience, held[name].cell});
      if (tracks == built.plan.launched_cells.end()) continue;
      if (tracks->second.after.front().pop != launch.place) continue;
      list.push_back(Action{at, 0, CellMirror{name, on}});
    }
  }
  std::ranges::stable_sort(list, {}, &Action::at);
}

}  // namespace cdnsim::assembly
