#include <cdnsim/assembly/collector.hpp>
#include <cdnsim/assembly/identities.hpp>
#include <cdnsim/assembly/network.hpp>
#include <cdnsim/assembly/replay.hpp>
#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/assembly/run_network.hpp>
#include <cdnsim/assembly/summary.hpp>
#include <cdnsim/observe/digest.hpp>
#include <cdnsim/scenario/run.hpp>

namespace cdnsim {
namespace {

std::uint64_t client_requests(const assembly::Network& network) {
  std::uint64_t requests = 0;
  for (const auto& node : network.nodes) {
    if (!serves_clients(node->role())) continue;
    requests += node->recorder().total(Phase::warmup).requests() +
                node->recorder().total(Phase::measured).requests();
  }
  return requests;
}

// How far a run has come, told in the time that the scenario speaks of.
SimTime share_of(Duration asked, SimTime reached, Duration played) {
  if (asked == played) return reached;
  return SimTime{asked} -
         Duration{static_cast<std::int64_t>(seconds(SimTime{played} - reached) / seconds(played) *
                                            static_cast<double>(asked.count()))};
}

}  // namespace

RunOutcome run(const Scenario& scenario, const RunOptions& options) {
  return assembly::run_network(scenario, options, [](const assembly::Network&) {});
}

// The collector reads all counters at the end of each second.
Engine assembly::engine_for(const Network& network, std::uint32_t threads, Exchange& exchange) {
  std::vector<Node*> nodes;
  for (const auto& node : network.nodes) nodes.push_back(node.get());
  return Engine(std::move(nodes),
                {network.lookahead, threads, network.reach, std::chrono::seconds(1)}, exchange);
}

RunOutcome assembly::run_network(const Scenario& asked, const RunOptions& options,
                                 const std::function<void(const Network&)>& look) {
  const assembly::Replay replay = assembly::prepare_replay(asked);
  const Scenario scenario = assembly::in_time_of(replay, asked);
  assembly::Network network = assembly::build_network(scenario, replay);
  Sha256 series_digest;
  assembly::Collector collector(network, scenario, [&](std::string_view text) {
    series_digest.update(text);
    if (options.series) options.series(text);
  });
  LocalExchange exchange;
  Engine engine = engine_for(network, options.threads, exchange);
  const auto happened_before = [&](SimTime time) {
    collector.close_until(time);
    if (options.progress) options.progress(share_of(asked.duration, time, scenario.duration));
  };
  engine.run(SimTime{scenario.duration}, happened_before);
  happened_before(SimTime{scenario.duration});
  collector.finish();

  if (options.before_checks) {
    for (const auto& node : network.nodes) options.before_checks(node->recorder());
  }
  const assembly::InFlight in_flight = assembly::in_flight(engine.mailboxes());
  RunOutcome outcome;
  Result& result = outcome.result;
  result = assembly::summarise(asked, network, collector, in_flight);
  assembly::describe_replay(asked, replay, result);
  result.identities = assembly::identities(network, collector, in_flight);
  if (replay.clock) result.identities.push_back(assembly::requests_were_alone(network));
  assembly::require_all(result.identities);
  result.scenario.digest = assembly::digest_of(asked);
  result.slo = assembly::judge_targets(asked, result);
  result.digest = assembly::digest_of(result, series_digest.hex());

  const EngineStatistics& engine_statistics = engine.statistics();
  outcome.statistics = RunStatistics{engine_statistics.windows, engine_statistics.visits,
                                     engine_statistics.parallel_windows, client_requests(network),
                                     seconds(network.lookahead) * 1e3};
  look(network);
  return outcome;
}

}  // namespace cdnsim
