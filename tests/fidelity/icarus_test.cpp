// Hits per node of icarus' run on a path of caches, by atomic replay of its requests.

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/scenario/run.hpp>
#include <cdnsim/trace/trace_reader.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>
#include <tests/support/scratch_files.hpp>

namespace {

using namespace cdnsim;
using nlohmann::json;

json read_json(const std::filesystem::path& path) {
  std::ifstream file(path);
  return json::parse(file);
}

// A request every millisecond, so that warm-up and end fall on whole seconds.
std::string with_even_times(const std::string& events, const test::ScratchFiles& files) {
  const auto reader =
      open_trace(events, {"csv", {{"time", "t"}, {"id", "content"}, {"client", "receiver"}}});
  std::string csv = "time,id,client\n";
  std::vector<TraceRequest> block(4096);
  std::vector<std::uint64_t> clients(block.size());
  std::uint64_t number = 0;
  for (std::size_t got = reader->read_with_clients(block, clients); got > 0;
       got = reader->read_with_clients(block, clients)) {
    for (std::size_t i = 0; i < got; ++i, ++number) {
      csv += fmt::format("{}.{:03},{},{}\n", number / 1000, number % 1000, block[i].id, clients[i]);
    }
  }
  return files.write("events.csv", csv);
}

struct Path {
  std::string receiver;
  std::vector<std::string> caches;  // from the receiver on
  std::string source;
  std::vector<double> delays_ms;  // of the hops: one more than caches
};

std::vector<Path> paths_of(const json& topology) {
  std::map<std::pair<int, int>, double> delays;
  for (const json& edge : topology.at("edges")) {
    delays[{edge.at(0), edge.at(1)}] = delays[{edge.at(1), edge.at(0)}] = edge.at(2);
  }
  std::vector<Path> paths;
  for (const auto& [name, nodes] : topology.at("paths").items()) {
    const auto stack = [&](const json& node) {
      return topology.at("nodes")
          .at(std::to_string(node.get<int>()))
          .at("stack")
          .get<std::string>();
    };
    if (stack(nodes.front()) != "receiver" || stack(nodes.back()) != "source") continue;
    Path path{
        std::to_string(nodes.front().get<int>()), {}, std::to_string(nodes.back().get<int>()), {}};
    for (std::size_t i = 1; i < nodes.size(); ++i) {
      path.delays_ms.push_back(delays.at({nodes[i - 1], nodes[i]}));
      if (i + 1 < nodes.size()) path.caches.push_back(std::to_string(nodes[i].get<int>()));
    }
    paths.push_back(std::move(path));
  }
  return paths;
}

void add_path(Scenario& s, const Path& path) {
  s.network.client_networks[path.receiver].region = "region";
  s.network.client_networks[path.receiver].users = 1000;
  for (std::size_t i = 0; i < path.caches.size(); ++i) {
    const bool is_last = i + 1 == path.caches.size();
    const std::string parent = is_last ? "none" : path.caches[i + 1];
    if (i == 0) {
      s.network.pops[path.caches[i]] = PopSpec{1, parent};
    } else {
      s.network.shields[path.caches[i]] = ShieldSpec{1, parent};
    }
  }
  s.network.origins[path.source];
  std::vector<std::string> hops = {path.receiver};
  hops.insert(hops.end(), path.caches.begin(), path.caches.end());
  hops.push_back(path.source);
  for (std::size_t i = 1; i < hops.size(); ++i) {
    LinkSpec& link = s.network.links[hops[i - 1] + "-" + hops[i]];
    link.from = hops[i - 1];
    link.to = hops[i];
    link.delay = Duration{static_cast<std::int64_t>(path.delays_ms[i - 1] * 1e6)};
  }
}

// Our names for theirs.
const std::map<std::string, std::string> kPolicies = {{"LRU", "lru"}, {"FIFO", "fifo"}};
const std::map<std::string, std::string> kStrategies = {
    {"LCE", "everywhere"}, {"LCD", "down"}, {"EDGE", "edge"}};

Scenario scenario_of(const json& topology, const json& row, const std::string& events) {
  Scenario s;
  TraceReplay trace;
  trace.file.given = events;
  trace.content = "contents";
  for (const Path& path : paths_of(topology)) {
    add_path(s, path);
    trace.clients[path.receiver] = path.receiver;
  }
  const std::int64_t objects = row.at("cache_size_objects").begin()->get<std::int64_t>();
  s.caching.edge.memory = s.caching.shield.memory = Bytes{objects};
  const json& config = row.at("config");
  const std::string& policy = kPolicies.at(config.at("cache_policy").at("name"));
  const std::string& copies = kStrategies.at(config.at("strategy").at("name"));
  s.caching.edge.policy = s.caching.shield.policy = *parse<PolicyText>(policy).value;
  s.caching.edge.copies = s.caching.shield.copies = *parse<CopyPlaces>(copies).value;
  ContentSpec& contents = s.content["contents"];
  contents.origin = s.network.origins.begin()->first;
  contents.cache_control = *parse<CacheControl>("max-age=315360000").value;
  s.traffic["events"] = trace;
  s.replay = ReplayMode::atomic;
  const json& workload = row.at("config").at("workload");
  s.warmup = Duration{1ms} * workload.at("n_warmup").get<std::int64_t>();
  s.duration = s.warmup + Duration{1ms} * workload.at("n_measured").get<std::int64_t>();
  return s;
}

}  // namespace

TEST_CASE("every cache of icarus' path has its hits", "[reference]") {
  const auto folder = test::reference_folder();
  if (!folder) return;
  const json topology = read_json(*folder / "icarus/path_topology.json");
  const json rows = read_json(*folder / "icarus/path_results.json");
  const test::ScratchFiles files;
  const std::string events = with_even_times(*folder / "icarus/path_events.csv.gz", files);
  int played = 0;
  for (const auto& [name, row] : rows.items()) {
    const json& config = row.at("config");
    if (!kPolicies.contains(config.at("cache_policy").at("name").get<std::string>())) continue;
    if (!kStrategies.contains(config.at("strategy").at("name").get<std::string>())) continue;
    INFO(name);
    const Result result = run(scenario_of(topology, row, events)).result;
    CHECK(result.requests.outcomes.requests == row.at("measured_requests"));
    const json& hits = row.at("per_node_cache_hits");
    for (const NodeResult& node : result.nodes) {
      if (node.kind == "origin") continue;
      INFO("node " << node.id);
      CHECK(node.activity.outcomes.hits == hits.value(node.id, 0u));
    }
    CHECK(result.origin.requests == row.at("origin_hits"));
    ++played;
  }
  CHECK(played == 6);
}
