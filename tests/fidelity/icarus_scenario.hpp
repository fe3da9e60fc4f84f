// icarus' networks as scenarios: caches that receivers come to first are PoPs, the others shields;
// each asks, about each source's contents, the next cache on the shortest way there. Routers
// without a cache only make links longer. Does not know what hits to expect.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/scenario/scenario.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/scratch_files.hpp>

#include "icarus_model.hpp"

namespace cdnsim::test::icarus {

// Our names for theirs.
inline const std::map<std::string, std::string> kPolicies = {{"LRU", "lru"}, {"FIFO", "fifo"}};
inline const std::map<std::string, std::string> kStrategies = {
    {"LCE", "everywhere"}, {"LCD", "down"}, {"EDGE", "edge"}};

class ScenarioMaker {
 public:
  ScenarioMaker(const Network& network, const std::vector<Event>& events, const Setup& setup,
                const ScratchFiles& files)
      : network_(network) {
    for (const int source : network_.all(Stack::source)) add_source(source);
    write_traces(events, files);
    for (TierSpec* tier : {&s_.caching.edge, &s_.caching.shield}) {
      tier->memory = Bytes{static_cast<std::int64_t>(setup.cache_size)};
      tier->policy = *parse<PolicyText>(kPolicies.at(setup.policy)).value;
      tier->copies = *parse<CopyPlaces>(kStrategies.at(setup.strategy)).value;
    }
    s_.replay = ReplayMode::atomic;
  }

  Scenario take() { return std::move(s_); }

 private:
  void add_source(int source) {
    const std::string origin = std::to_string(source);
    s_.network.origins[origin];
    ContentSpec& contents = s_.content["contents of " + origin];
    contents.origin = origin;
    contents.cache_control = *parse<CacheControl>("max-age=315360000").value;
    TraceReplay& trace = traces_[source];
    trace.content = "contents of " + origin;
    const Ways ways = ways_to(network_, source);
    for (const int receiver : network_.all(Stack::receiver)) {
      std::vector<int> hops;  // that can have a copy
      for (const int node : ways.from(receiver)) {
        CHECK((node == source || ways.count.at(node) == 1));  // no ties
        if (network_.nodes.at(node) == Stack::cache) hops.push_back(node);
      }
      REQUIRE(!hops.empty());
      const std::string pop = std::to_string(hops.front());
      const std::string client = std::to_string(receiver) + " to " + pop;
      trace.clients[std::to_string(receiver)] = client;
      s_.network.client_networks[client].region = "region";
      s_.network.client_networks[client].users = 1000;
      s_.network.pops[pop].servers = 1;
      s_.network.shields.erase(pop);
      link(client, pop, ways.delay_ms.at(receiver) - ways.delay_ms.at(hops.front()));
      hops.push_back(source);
      for (std::size_t i = 1; i < hops.size(); ++i) {
        link(std::to_string(hops[i - 1]), std::to_string(hops[i]),
             ways.delay_ms.at(hops[i - 1]) - ways.delay_ms.at(hops[i]));
        ask(hops[i - 1], origin, i + 1 == hops.size() ? "none" : std::to_string(hops[i]));
      }
    }
    // A PoP for one source may have become a shield for another before it.
    for (const auto& [pop, spec] : s_.network.pops) s_.network.shields.erase(pop);
    for (const auto& [node, parents] : parents_) {
      const auto pop = s_.network.pops.find(node);
      if (pop != s_.network.pops.end()) {
        pop->second = PopSpec{1, "none", parents};
      } else {
        s_.network.shields[node] = ShieldSpec{1, "none", parents};
      }
    }
  }

  void ask(int node, const std::string& origin, const std::string& parent) {
    const auto known = parents_[std::to_string(node)].emplace(origin, parent).first;
    CHECK(known->second == parent);
  }

  void link(const std::string& from, const std::string& to, int delay_ms) {
    LinkSpec& link = s_.network.links[from + "-" + to];
    link.from = from;
    link.to = to;
    link.delay = Duration{1ms} * delay_ms;
  }

  // A request every millisecond, so that warm-up and end fall on whole seconds.
  void write_traces(const std::vector<Event>& events, const ScratchFiles& files) {
    std::map<int, std::string> texts;
    std::size_t number = 0;
    for (const Event& event : events) {
      if (!event.measured) s_.warmup = Duration{1ms} * (number + 1);
      const int source = network_.source_of(event.content);
      // Where a trace begins, the scenario says: without this each would begin at once.
      if (texts[source].empty()) traces_[source].starts = Duration{1ms} * number;
      texts[source] += fmt::format("{}.{:03},{},{}\n", number / 1000, number % 1000, event.content,
                                   event.receiver);
      ++number;
    }
    s_.duration = Duration{1ms} * number;
    for (auto& [source, trace] : traces_) {
      const std::string name = std::to_string(source);
      trace.file.given = files.write(name + ".csv", "time,id,client\n" + texts[source]);
      s_.traffic["for " + name] = trace;
    }
  }

  const Network& network_;
  Scenario s_;
  std::map<int, TraceReplay> traces_;                                  // by source
  std::map<std::string, std::map<std::string, std::string>> parents_;  // by cache and origin
};

}  // namespace cdnsim::test::icarus
