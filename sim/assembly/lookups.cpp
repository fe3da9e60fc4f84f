#include <algorithm>
#include <string_view>

#include <cdnsim/assembly/collector.hpp>
#include <cdnsim/assembly/lookups.hpp>
#include <cdnsim/assembly/network.hpp>
#include <cdnsim/assembly/replay.hpp>
#include <cdnsim/assembly/run_network.hpp>

namespace cdnsim::assembly {

LookupsFound lookups_of(const Scenario& scenario, const LookupsAsked& asked) {
  const Replay replay = prepare_replay(scenario);
  const Scenario played = in_time_of(replay, scenario);
  Network network = build_network(played, replay);
  std::vector<LookupLog> logs(asked.nodes.size(), LookupLog(asked.from, asked.until));
  for (std::size_t i = 0; i < logs.size(); ++i) {
    const auto node = std::ranges::find(network.nodes, asked.nodes[i],
                                        [](const auto& each) { return each->id(); });
    if (node != network.nodes.end()) (*node)->log_lookups(logs[i]);
  }
  LookupsFound found;
  Collector collector(network, played, [&](std::string_view text) { found.series.append(text); });
  LocalExchange exchange;
  Engine engine = engine_for(network, asked.threads, exchange);
  const SimTime until = std::min(asked.until, SimTime{played.duration});
  engine.run(until, [&](SimTime time) { collector.close_until(time); });
  collector.close_until(until);
  for (const LookupLog& log : logs) found.by_node.push_back(log.list());
  for (std::size_t i = 0; i < network.plan->catalogue.size(); ++i) {
    found.classes.push_back(network.plan->catalogue[i].name);
  }
  return found;
}

}  // namespace cdnsim::assembly
