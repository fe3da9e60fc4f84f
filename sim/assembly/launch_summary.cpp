#include <algorithm>
#include <cmath>
#include <limits>

#include <cdnsim/assembly/launch_summary.hpp>
#include <cdnsim/assembly/rate_figures.hpp>

namespace cdnsim::assembly {
namespace {

using AtPop = LaunchNode::AtPop;

constexpr double kSteadyWithin = 0.02;
constexpr double kStandardErrors = 4;
constexpr double kNoneOfLaunch = std::numeric_limits<double>::quiet_NaN();

double ratio_or_none(std::uint64_t hits, std::uint64_t looked_up) {
  return looked_up == 0 ? kNoneOfLaunch
                        : static_cast<double>(hits) / static_cast<double>(looked_up);
}

double seconds_or_none(SimTime time) {
  return time == SimTime::max() ? kNoneOfLaunch : seconds(time - kTimeZero);
}

std::string warming_of(const LaunchSpec& spec) {
  return std::visit(
      []<class What>(const What&) {
        if constexpr (std::is_same_v<What, std::monostate>) {
          return std::string("none");
        } else {
          return std::string(What::kKind);
        }
      },
      spec.warming);
}

std::string outcome_of(LaunchNode::State state) {
  switch (state) {
    case LaunchNode::State::waits: return "waiting";
    case LaunchNode::State::moves: return "running";
    case LaunchNode::State::launched: return "launched";
    case LaunchNode::State::rolled_back: return "rolled_back";
  }
  return "";
}

bool is_steady(const AtPop& interval, double steady) {
  if (interval.looked_up == 0) return true;
  const double error = std::sqrt(steady * (1 - steady) / static_cast<double>(interval.looked_up));
  const double allowed = std::max(kSteadyWithin, kStandardErrors * error);
  return std::abs(ratio_or_none(interval.hits, interval.looked_up) - steady) <= allowed;
}

void judge_hit_ratio(const Scenario& scenario, const LaunchNode& node, LaunchResult& result) {
  result.first_hit_ratio = result.steady_hit_ratio = result.time_to_steady_hit_ratio_s =
      kNoneOfLaunch;
  const std::vector<AtPop>& all = node.served();
  const auto asked = [](const AtPop& interval) { return interval.looked_up > 0; };
  const auto first = std::ranges::find_if(all, asked);
  if (first == all.end()) return;
  result.first_hit_ratio = ratio_or_none(first->hits, first->looked_up);
  if (node.state() == LaunchNode::State::rolled_back) return;
  const SimTime last_quarter = first->from + (SimTime{scenario.duration} - first->from) * 3 / 4;
  std::uint64_t hits = 0, looked_up = 0;
  for (auto one = first; one != all.end(); ++one) {
    if (one->from < last_quarter) continue;
    hits += one->hits;
    looked_up += one->looked_up;
  }
  if (looked_up == 0) return;
  result.steady_hit_ratio = ratio_or_none(hits, looked_up);
  auto steady = all.end();
  while (steady != first && is_steady(*std::prev(steady), result.steady_hit_ratio)) --steady;
  if (steady != all.end()) result.time_to_steady_hit_ratio_s = seconds(steady->from - first->from);
}

std::string decision_of(const LaunchNode& node, std::size_t stage) {
  const LaunchNode::Stage& one = node.stages()[stage];
  if (one.from == SimTime::max()) return "not_begun";
  if (node.roll_back() && node.roll_back()->stage == stage) return "rolled_back";
  if (one.until == SimTime::max()) return "running";
  return stage + 1 == node.stages().size() ? "launched" : "next";
}

void add_stages(const LaunchSpec& spec, const LaunchNode& node, LaunchResult& result) {
  for (std::size_t i = 0; i < node.stages().size(); ++i) {
    const LaunchNode::Stage& stage = node.stages()[i];
    LaunchStageResult one;
    one.share = spec.stages[i].share.value();
    one.cells = stage.cells;
    one.started_at_s = seconds_or_none(stage.from);
    one.ended_at_s = seconds_or_none(stage.until);
    one.requests = stage.ended;
    one.hit_ratio = ratio_or_none(stage.hits, stage.looked_up);
    one.p95_ttfb_ms = LaunchNode::p95_of(stage.latencies);
    one.error_ratio = ratio_or_none(stage.failed, stage.ended);
    one.decision = decision_of(node, i);
    result.stages.push_back(std::move(one));
  }
}

}  // namespace

std::vector<LaunchResult> launches_of(const Scenario& scenario, const Network& network) {
  std::vector<LaunchResult> results;
  auto node = network.launches.begin();
  for (const auto& [pop, spec] : scenario.launches) {
    const LaunchNode& launch = **node++;
    LaunchResult result;
    result.pop = pop;
    result.place = launch.id();
    result.warming = warming_of(spec);
    result.outcome = outcome_of(launch.state());
    result.warming_started_at_s = seconds(spec.at);
    result.warmed_at_s = seconds_or_none(launch.warmed_at());
    result.warmed_objects = launch.warmed_objects();
    result.warmed_bytes = launch.warmed_bytes();
    result.cells = launch.cells();
    result.p95_before_ms = launch.p95_before();
    judge_hit_ratio(scenario, launch, result);
    add_stages(spec, launch, result);
    if (const auto& back = launch.roll_back()) {
      result.rolled_back = LaunchRollBack{
          std::string(LaunchNode::kCriteria[static_cast<std::size_t>(back->criterion)]),
          back->stage,
          seconds(back->at - kTimeZero),
          back->value,
          back->limit,
          seconds(back->back - kTimeZero),
          seconds(back->back - back->at)};
    }
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace cdnsim::assembly
