#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include <cdnsim/assembly/replay.hpp>
#include <cdnsim/base/check.hpp>

namespace cdnsim::assembly {
namespace {

constexpr Duration kWholeSecond = std::chrono::seconds(1);
// A run's clock has room for this, and for sums of two such times.
constexpr Duration kLongestRun = std::chrono::hours(24) * 366 * 100;

Duration up_to(Duration unit, Duration time) { return (time + unit - Duration{1}) / unit * unit; }

// Calls fn(name, trace) for every trace.
template <class Fn>
void for_each_trace(const Scenario& scenario, Fn&& fn) {
  for (const auto& [name, workload] : scenario.traffic) {
    if (const auto* trace = std::get_if<TraceReplay>(&workload)) fn(name, *trace);
  }
}

// Of one trace: the file tells, or the class of content for as many objects as there can be.
std::int64_t largest_object(const ContentClass& content, const TraceReplay& trace,
                            const TraceSurvey& survey) {
  if (trace.sizes == TraceSizes::trace) return survey.largest;
  const auto objects = std::min<std::uint64_t>(survey.requests, UINT32_MAX);
  std::int64_t largest = 0;
  for (std::uint64_t object = 0; object < objects; ++object) {
    largest = std::max(largest, content.size_of(static_cast<std::uint32_t>(object)).count());
  }
  return largest;
}

AtomicClock make_clock(const Scenario& scenario, const Replay& replay) {
  const Network network = build_network(scenario);
  AtomicClock clock;
  std::int64_t largest = 0;
  for_each_trace(scenario, [&](const std::string& name, const TraceReplay& trace) {
    const TraceSurvey& survey = replay.surveys.at(name);
    const Catalogue& catalogue = network.plan->catalogue;
    const ContentClass& content = catalogue[catalogue.index_of_name(trace.content)];
    largest = std::max(largest, largest_object(content, trace, survey));
    clock.warmup_requests += requests_before(SimTime{scenario.warmup}, trace, survey);
    clock.requests += requests_before(SimTime{scenario.duration}, trace, survey);
  });
  clock.gap = up_to(Duration{1ms}, longest_journey(network, scenario, Bytes{largest}));
  const auto longest = static_cast<std::uint64_t>(kLongestRun / clock.gap);
  CDNSIM_REQUIRE_USER(clock.requests > clock.warmup_requests,
                      fmt::format("#/duration: no request of a trace comes between {} and {}",
                                  to_text(scenario.warmup), to_text(scenario.duration)));
  CDNSIM_REQUIRE_USER(clock.requests < longest,
                      fmt::format("#/replay: {} requests, {} after one another, last longer than "
                                  "can be simulated",
                                  clock.requests, to_text(clock.gap)));
  clock.measured_from =
      SimTime{up_to(kWholeSecond, static_cast<std::int64_t>(clock.warmup_requests) * clock.gap)};
  return clock;
}

// The ways of requests for one class of content.
class Journey {
 public:
  Journey(const Network& network, const Scenario& scenario, Bytes largest, std::size_t content)
      : network_(network),
        scenario_(scenario),
        largest_(largest),
        joins_(network.nodes.size()),
        on_the_way_(network.nodes.size()) {
    for (const Join& join : network.joins) {
      if (join.content == content) joins_[join.child].push_back(join);
    }
  }

  // From the moment at which the node is asked until it is idle again. All its parents are added
  // up: a request may go to one after another. One that is on the way already is not asked again.
  Duration from(std::uint32_t index) {
    Duration sum = alone(index);
    on_the_way_[index] = true;
    for (const Join& join : joins_[index]) {
      if (on_the_way_[join.parent]) continue;
      sum += std::max(join.delay, scenario_.min_message_delay) +
             std::max(join.back, scenario_.min_message_delay) +
             (join.is_peer ? alone(join.parent) : from(join.parent));
    }
    on_the_way_[index] = false;
    return sum;
  }

  // The node's own part of it.
  Duration alone(std::uint32_t index) const {
    const ObservedNode& node = *network_.nodes[index];
    return own_time(node) + node.egress().longest_transfer(largest_);
  }

  // An idle origin starts at once, but only so often and with so many tokens.
  Duration own_time(const ObservedNode& node) const {
    if (node.role() == NodeRole::edge) return scenario_.caching.edge.service_time.mean();
    if (node.role() == NodeRole::shield) return scenario_.caching.shield.service_time.mean();
    const OriginSpec& origin = scenario_.network.origins.at(node.id());
    const auto between = [](const std::optional<Rate>& rate) {
      return Duration{rate ? static_cast<std::int64_t>(1e9 / rate->per_second()) + 1 : 0};
    };
    return origin.service_time.mean() + between(origin.capacity) + between(origin.rate_limit);
  }

 private:
  const Network& network_;
  const Scenario& scenario_;
  Bytes largest_;
  std::vector<std::vector<Join>> joins_;  // by child
  std::vector<bool> on_the_way_;
};

constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

void forget_rates(Result& result) {
  OriginTotals& origin = result.origin;
  for (double* figure : {&origin.mean_rps, &origin.peak_rps, &origin.p95_rps}) *figure = kNoValue;
  for (auto& [name, content] : result.classes) {
    content.edge_peak_rps = kNoValue;
    content.origin_peak_rps = kNoValue;
  }
  for (LinkResult& link : result.links) {
    for (TrafficFigures* traffic : {&link.dearer, &link.forward, &link.backward}) {
      traffic->peak_bps = kNoValue;
      traffic->p95_bps = kNoValue;
      traffic->utilisation = {kNoValue, kNoValue, kNoValue, kNoValue, 0};
    }
    link.utilisation_p95 = kNoValue;
  }
  for (NodeResult& node : result.nodes) node.servers.busy = node.servers.busiest = kNoValue;
}

}  // namespace

Replay prepare_replay(const Scenario& scenario) {
  Replay replay;
  for_each_trace(scenario, [&](const std::string& name, const TraceReplay& trace) {
    replay.surveys[name] = survey(trace);
  });
  if (scenario.replay == ReplayMode::atomic) {
    CDNSIM_REQUIRE_USER(replay.surveys.size() == scenario.traffic.size(),
                        "#/replay: only traces can be replayed atomically");
    replay.clock = make_clock(scenario, replay);
  }
  return replay;
}

Scenario in_time_of(const Replay& replay, const Scenario& scenario) {
  Scenario played = scenario;
  if (!replay.clock) return played;
  played.warmup = replay.clock->measured_from.time_since_epoch();
  const SimTime last = replay.clock->at(replay.clock->requests);
  played.duration = up_to(kWholeSecond, last.time_since_epoch());
  return played;
}

Duration longest_journey(const Network& network, const Scenario& scenario, Bytes largest) {
  Duration longest{0};
  for (std::size_t content = 0; content < network.plan->catalogue.size(); ++content) {
    Journey journey(network, scenario, largest, content);
    for (std::uint32_t i = 0; i < network.nodes.size(); ++i) {
      const ObservedNode& node = *network.nodes[i];
      if (!serves_clients(node.role())) continue;
      // A new connection takes two round trips before the request's own.
      longest = std::max(longest, journey.from(i) + 3 * node.egress().longest_round_trip());
    }
  }
  return longest + network.lookahead;
}

void describe_replay(const Scenario& scenario, const Replay& replay, Result& result) {
  result.scenario.replay = enum_name(scenario.replay);
  for_each_trace(scenario, [&](const std::string& name, const TraceReplay& trace) {
    const TraceSurvey& survey = replay.surveys.at(name);
    result.scenario.traces[name] = TraceResult{trace.file.given, survey.sha256, survey.requests};
  });
  if (!replay.clock) return;
  result.scenario.replay_gap_s = seconds(replay.clock->gap);
  forget_rates(result);
}

IdentityResult requests_were_alone(const Network& network) {
  std::uint64_t met = 0;
  for (const auto& node : network.nodes) {
    for (const Phase phase : {Phase::warmup, Phase::measured}) {
      met += node->recorder().total(phase)[Outcome::delayed_hit];
    }
  }
  return IdentityResult{"atomic replay: requests that met another under way = 0", met, 0, met == 0};
}

}  // namespace cdnsim::assembly
