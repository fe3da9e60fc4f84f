#include <set>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/figure_finder.hpp>
#include <cdnsim/models/topology/client_network.hpp>
#include <cdnsim/observe/recorder.hpp>
#include <cdnsim/scenario/result.hpp>

namespace cdnsim::config {
namespace {

using Names = std::vector<std::string>;

// Classes of content, and those that workloads bring.
Names class_names(const Scenario& scenario) {
  std::set<std::string> names;
  for (const auto& [id, spec] : scenario.content) names.insert(id);
  for (const auto& [id, workload] : scenario.traffic) {
    std::visit(
        [&]<class Workload>(const Workload&) {
          if constexpr (requires(Workload w) { w.size; }) names.insert(id);
        },
        workload);
  }
  return {names.begin(), names.end()};
}

Names region_names(const NetworkSpec& network) {
  std::set<std::string> names;
  for (const auto& [id, spec] : network.client_networks) names.insert(region_of(spec));
  return {names.begin(), names.end()};
}

Names link_kinds(const NetworkSpec& network) {
  std::set<std::string> names;
  for (const auto& [id, spec] : network.links) names.emplace(enum_name(spec.kind));
  return {names.begin(), names.end()};
}

// What will stand in the maps and lists of this scenario's result.
KnownMembers members_of_result(const Scenario& scenario) {
  const NetworkSpec& network = scenario.network;
  KnownMembers known;
  known.names["/tiers"] = network.shields.empty() ? Names{"edge"} : Names{"edge", "shield"};
  known.names["/classes"] = class_names(scenario);
  known.names["/latency_ms/by_class"] = class_names(scenario);
  known.names["/latency_ms/by_region"] = region_names(network);
  known.names["/latency_ms/ttfb_parts_mean"] = {kTimePartNames.begin(), kTimePartNames.end()};
  known.names["/traffic_share"] = link_kinds(network);
  known.names["/cost/traffic_share"] = {"embedded", "pni", "ixp", "transit", "backbone"};
  // Settlement-free, transit and backbone.
  known.sizes["/cost/traffic_targets"] = 3;
  known.sizes["/nodes"] = network.pops.size() + network.shields.size() + network.origins.size();
  known.sizes["/links"] = network.links.size();
  known.sizes["/events"] = scenario.events.size();
  known.sizes["/launches"] = scenario.launches.size();
  known.sizes["/isps"] = network.client_networks.size();
  // Targets are judged before these are there.
  known.sizes["/slo"] = 0;
  known.sizes["/identities"] = 0;
  return known;
}

bool is_of_bill(std::string_view metric) {
  return metric.starts_with("/cost") || metric.ends_with("/monthly_cost_usd") ||
         metric.find("/month/") != metric.npos;
}

void check_bounds(const std::string& place, const SloSpec& target, Problems& problems) {
  if (!target.at_least_value && !target.at_most_value) {
    problems.add(place, "a target needs \"at_least\", \"at_most\" or both");
  } else if (target.at_least_value && target.at_most_value &&
             *target.at_least_value > *target.at_most_value) {
    problems.add(place + "/at_most", "is below \"at_least\": no figure can meet both");
  }
}

}  // namespace

void check_targets(const Scenario& scenario, Problems& problems) {
  const KnownMembers known = members_of_result(scenario);
  for (const auto& [id, target] : scenario.slo) {
    const std::string place = pointer_to({"slo", id});
    if (!problems.touches(place)) check_bounds(place, target, problems);
    const std::string metric = place + "/metric";
    if (problems.touches(metric)) continue;
    if (!target.metric.starts_with('/')) {
      problems.add(metric, fmt::format("{} is not a JSON pointer; write e.g. "
                                       "\"/tiers/edge/hit_ratio\"",
                                       cdnsim::quoted(target.metric)));
      continue;
    }
    if (target.metric.starts_with("/viral") && !scenario.caching.viral) {
      problems.add(metric, "nobody looks for viral objects; add \"viral\" to /caching");
      continue;
    }
    if (is_of_bill(target.metric) && !scenario.billing) {
      problems.add(metric, "nothing is billed; add \"billing\": {}");
      continue;
    }
    const std::string wrong = FigureFinder::problem_with<Result>(target.metric, known);
    if (!wrong.empty()) problems.add(metric, wrong);
  }
}

}  // namespace cdnsim::config
