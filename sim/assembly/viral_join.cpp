#include <algorithm>
#include <string>

#include <cdnsim/assembly/viral_join.hpp>
#include <cdnsim/base/check.hpp>

namespace cdnsim::assembly {
namespace {

bool prepositions(const ViralSpec& spec, const std::string& pop) {
  const std::optional<PrepositionSpec>& ahead = spec.mitigations->preposition;
  return ahead && (ahead->pops.empty() || std::ranges::count(ahead->pops, pop) > 0);
}

Duration way(const Plan& plan, std::uint32_t from, std::uint32_t to) {
  const auto path = plan.routing->best_path(from, to);
  CDNSIM_ASSERT(path, "who cannot reach the detector is found when a scenario is read");
  return std::max(path->delay, kLeastReportDelay);
}

}  // namespace

std::unique_ptr<DetectorNode> join_detector(const BuiltNodes& built, NodeId number,
                                            std::unique_ptr<Recorder> recorder) {
  const Plan& plan = built.plan;
  const ViralSpec& spec = *built.scenario.caching.viral;
  const std::uint32_t at = *plan.topology.find(detector_place(built.scenario));
  auto detector = std::make_unique<DetectorNode>(
      plan.topology.place(at).id, spec, std::move(recorder), built.scenario.min_message_delay);
  for (const auto& [id, unused] : built.scenario.network.pops) {
    const std::uint32_t place = *plan.topology.find(id);
    CacheNode& pop = *built.caches.at(place);
    const Duration report = way(plan, place, at);
    const Duration alert = way(plan, at, place);
    pop.report_to(number, report, spec);
    if (spec.mitigations) pop.take_measures(*spec.mitigations, prepositions(spec, id));
    detector->add_pop(built.node_at(place), report, alert);
    built.may_receive(number, report);
    built.may_receive(built.node_at(place), alert);
  }
  // Shields have no part in it but to keep what is to be kept.
  if (!spec.mitigations || !spec.mitigations->micro_cache) return detector;
  for (const auto& [id, unused] : built.scenario.network.shields) {
    const std::uint32_t place = *plan.topology.find(id);
    const Duration alert = way(plan, at, place);
    built.caches.at(place)->take_measures(*spec.mitigations, false);
    detector->add_listener(built.node_at(place), alert);
    built.may_receive(built.node_at(place), alert);
  }
  return detector;
}

std::vector<const CacheNode*> reporters(const BuiltNodes& built) {
  std::vector<const CacheNode*> pops;
  for (const auto& [id, unused] : built.scenario.network.pops) {
    pops.push_back(built.caches.at(*built.plan.topology.find(id)));
  }
  return pops;
}

TierSpec that_replicates(TierSpec tier, const CachingSpec& caching) {
  const bool told = caching.viral && caching.viral->mitigations &&
                    caching.viral->mitigations->replicate.has_value();
  if (told && !tier.hot) tier.hot = held_alone();
  return tier;
}

}  // namespace cdnsim::assembly
