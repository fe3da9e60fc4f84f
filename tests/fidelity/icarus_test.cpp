// Hits per node of icarus' run on a path of caches, by atomic replay of its requests; and on
// networks of which there is no such run, against a second writing down of what icarus does.

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/scenario/run.hpp>
#include <cdnsim/trace/generated_trace.hpp>
#include <tests/support/reference.hpp>

#include "icarus_scenario.hpp"

namespace {

using namespace cdnsim;
using namespace cdnsim::test::icarus;
using nlohmann::json;

json read_json(const std::filesystem::path& path) {
  std::ifstream file(path);
  return json::parse(file);
}

std::vector<Event> read_events(const std::string& file, std::size_t warmup) {
  const auto reader =
      open_trace(file, {"csv", {{"time", "t"}, {"id", "content"}, {"client", "receiver"}}});
  std::vector<TraceRequest> block(4096);
  std::vector<std::uint64_t> clients(block.size());
  std::vector<Event> events;
  for (std::size_t got = reader->read_with_clients(block, clients); got > 0;
       got = reader->read_with_clients(block, clients)) {
    for (std::size_t i = 0; i < got; ++i) {
      events.push_back({static_cast<int>(clients[i]), block[i].id, events.size() >= warmup});
    }
  }
  return events;
}

Network read_network(const json& topology) {
  const std::map<std::string, Stack> stacks = {
      {"receiver", Stack::receiver}, {"router", Stack::cache}, {"source", Stack::source}};
  Network network;
  for (const auto& [node, what] : topology.at("nodes").items()) {
    network.nodes[std::stoi(node)] = stacks.at(what.at("stack"));
  }
  for (const json& edge : topology.at("edges")) {
    network.links.push_back({edge.at(0), edge.at(1), edge.at(2)});
  }
  return network;
}

void check_hits(const Network& network, const Hits& expected, const Result& result) {
  std::map<int, NodeResult> nodes;
  for (const NodeResult& node : result.nodes) nodes[std::stoi(node.id)] = node;
  const auto count = [](const std::map<int, std::uint64_t>& counts, int node) {
    return counts.contains(node) ? counts.at(node) : 0;
  };
  for (const auto& [id, stack] : network.nodes) {
    if (stack == Stack::receiver || stack == Stack::router) continue;
    INFO("node " << id);
    const NodeResult& node = nodes[id];  // without hits where no way leads through
    CHECK(node.activity.outcomes.hits + node.relayed_hits == count(expected.all, id));
    if (node.kind == "edge") CHECK(node.relayed_hits == count(expected.in_transit, id));
  }
}

// Independent requests of all receivers, a third of them to warm up.
std::vector<Event> draw_events(const Network& network, std::uint64_t seed) {
  constexpr std::size_t kRequests = 60'000;
  TraceLaws laws;
  laws.requests = kRequests;
  laws.objects = 1000;
  laws.exponent = 0.8;
  laws.seed = seed;
  GeneratedTrace trace(laws);
  std::vector<TraceRequest> requests(kRequests);
  REQUIRE(trace.read(requests) == kRequests);
  const std::vector<int> receivers = network.all(Stack::receiver);
  std::vector<Event> events;
  for (const TraceRequest& request : requests) {
    const std::size_t number = events.size();
    const std::uint64_t lot = mix64(seed * kRequests + number);
    events.push_back({receivers[lot % receivers.size()], request.id, number >= kRequests / 3});
  }
  return events;
}

void check_network(const Network& network, std::size_t cache_size) {
  const std::vector<Event> events = draw_events(network, 11);
  const test::ScratchFiles files;
  for (const auto& [policy, ours] : kPolicies) {
    for (const auto& [strategy, where] : kStrategies) {
      INFO(strategy << " " << policy);
      const Setup setup{strategy, policy, cache_size};
      const Hits expected = play(network, events, setup);
      check_hits(network, expected,
                 run(ScenarioMaker(network, events, setup, files).take()).result);
    }
  }
}

// As icarus names them: the source at the root, receivers at the leaves.
Network tree_of_height(int height) {
  Network network;
  const int leaves = 1 << height;
  for (int node = 0; node < 2 * leaves - 1; ++node) {
    network.nodes[node] = node == 0            ? Stack::source
                          : node >= leaves - 1 ? Stack::receiver
                                               : Stack::cache;
    if (node > 0) network.links.push_back({(node - 1) / 2, node, 1});
  }
  return network;
}

// A receiver at every router, the source behind router 0.
Network ring_of(int routers) {
  Network network;
  for (int router = 0; router < routers; ++router) {
    network.nodes[router] = Stack::cache;
    network.nodes[routers + router] = Stack::receiver;
    network.links.push_back({router, (router + 1) % routers, 2});
    network.links.push_back({router, routers + router, 2});
  }
  network.nodes[2 * routers] = Stack::source;
  network.links.push_back({0, 2 * routers, 34});
  return network;
}

// Everybody is joined with everybody; sources behind the first routers.
Network mesh_of(int routers, int sources) {
  Network network;
  for (int router = 0; router < routers; ++router) {
    network.nodes[router] = Stack::cache;
    network.nodes[routers + router] = Stack::receiver;
    network.links.push_back({router, routers + router, 1});
    for (int other = 0; other < router; ++other) network.links.push_back({other, router, 1});
  }
  for (int i = 0; i < sources; ++i) {
    network.nodes[2 * routers + i] = Stack::source;
    network.links.push_back({i, 2 * routers + i, 5});
  }
  return network;
}

// Eleven routers like those of an early research network; delays tell all ways apart. Receivers
// stand everywhere but at 4 and 7, and two routers have no cache.
Network backbone() {
  Network network;
  for (int router = 0; router < 11; ++router) {
    network.nodes[router] = router == 3 || router == 9 ? Stack::router : Stack::cache;
    if (router == 4 || router == 7) continue;
    network.nodes[100 + router] = Stack::receiver;
    network.links.push_back({router, 100 + router, 2});
  }
  network.links.insert(network.links.end(), {{0, 1, 11},
                                             {0, 3, 17},
                                             {1, 2, 5},
                                             {1, 3, 19},
                                             {2, 5, 23},
                                             {3, 4, 10},
                                             {4, 5, 13},
                                             {4, 7, 8},
                                             {5, 8, 14},
                                             {6, 7, 3},
                                             {6, 10, 15},
                                             {7, 8, 9},
                                             {8, 9, 12},
                                             {9, 10, 4}});
  for (const int router : {2, 5, 10}) {
    network.nodes[200 + router] = Stack::source;
    network.links.push_back({router, 200 + router, 34});
  }
  return network;
}

}  // namespace

TEST_CASE("every cache of icarus' path has its hits", "[reference]") {
  const auto folder = test::reference_folder();
  if (!folder) return;
  const Network network = read_network(read_json(*folder / "icarus/path_topology.json"));
  const json rows = read_json(*folder / "icarus/path_results.json");
  const test::ScratchFiles files;
  int played = 0;
  for (const auto& [name, row] : rows.items()) {
    const json& config = row.at("config");
    const Setup setup{config.at("strategy").at("name"), config.at("cache_policy").at("name"),
                      row.at("cache_size_objects").begin()->get<std::size_t>()};
    if (!kPolicies.contains(setup.policy) || !kStrategies.contains(setup.strategy)) continue;
    INFO(name);
    const std::vector<Event> events =
        read_events(*folder / "icarus/path_events.csv.gz", config.at("workload").at("n_warmup"));
    Hits expected;
    for (const char* of : {"per_node_cache_hits", "per_source_hits"}) {
      for (const auto& [node, hits] : row.at(of).items()) expected.all[std::stoi(node)] = hits;
    }
    CHECK(play(network, events, setup).all == expected.all);  // what the other cases rely on
    const Result result = run(ScenarioMaker(network, events, setup, files).take()).result;
    CHECK(result.requests.outcomes.requests == row.at("measured_requests"));
    check_hits(network, expected, result);
    ++played;
  }
  CHECK(played == 6);
}

TEST_CASE("a tree of caches with receivers at its leaves has icarus' hits") {
  check_network(tree_of_height(3), 50);
  check_network(tree_of_height(4), 20);
}

TEST_CASE("a ring of caches with a receiver at each has icarus' hits") {
  check_network(ring_of(7), 30);
}

TEST_CASE("caches joined each with each before two sources have icarus' hits") {
  check_network(mesh_of(6, 2), 30);
}

TEST_CASE("a backbone with three sources and many receivers has icarus' hits") {
  check_network(backbone(), 25);
}
