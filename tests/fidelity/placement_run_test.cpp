// Loads of servers as a result tells them, against published figures of rings, bounded rings and
// Maglev. A run has one set of servers, the published figures are means over many: what a single
// set may differ is drawn here from sets of other names.

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/data_path/bounded_ring.hpp>
#include <cdnsim/data_path/maglev.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>
#include <tests/support/scratch_files.hpp>
#include <tests/support/servers.hpp>
#include <tests/support/small_scenario.hpp>

#include "sample.hpp"

namespace {

using namespace cdnsim;
using nlohmann::json;
using test::Sample;

constexpr int kSets = 20;

std::vector<json> published_rows(const std::filesystem::path& folder, const std::string& name) {
  std::ifstream file(folder / "published" / name);
  const json all = json::parse(file);
  const json& rows = all.is_array() ? all : all.at("table");
  return {rows.begin(), rows.end()};
}

// A PoP whose servers never keep anybody waiting.
Scenario pop_with(std::uint32_t servers, const std::string& placement) {
  Scenario s = test::small_scenario(1, false);
  s.network.pops["pop0"].servers = servers;
  s.network.origins["origin"].service_time = 0s;
  s.caching.edge.placement = *parse<PolicyText>(placement).value;
  s.caching.edge.service_time = 0s;
  s.caching.edge.memory = Bytes{1'000'000'000};
  s.slot = 1s;
  return s;
}

const NodeResult& pop_of(const Result& result) {
  for (const NodeResult& node : result.nodes) {
    if (node.id == "pop0") return node;
  }
  throw std::logic_error("the PoP has a result");
}

// As a node names them.
std::vector<RingMember> servers_of_a_node(std::uint32_t count) {
  return test::servers(count, "server ");
}

// What the fullest of n equal servers has by luck alone: at least its share, and hardly more than
// the largest of n normal deviations beyond it.
void check_fullest(const NodeResult& pop, double share, std::uint32_t servers, double requests) {
  const double deviation = std::sqrt(share * servers / requests);
  CHECK(pop.fullest_server > share - 4 * deviation);
  CHECK(pop.fullest_server < share + (std::sqrt(2 * std::log(servers)) + 3) * deviation);
}

struct Spread {
  Sample fullest, spilled;

  void add(BoundedRing ring, std::uint64_t first_key, std::uint64_t keys) {
    ring.start_window(keys);
    for (std::uint64_t i = 0; i < keys; ++i) ring.assign(mix64(first_key + i));
    std::uint64_t most = 0;
    const auto servers = static_cast<std::uint32_t>(ring.members().size());
    for (std::uint32_t m = 0; m < servers; ++m) most = std::max(most, ring.load(m));
    fullest.add(static_cast<double>(most) * servers / static_cast<double>(keys));
    spilled.add(static_cast<double>(ring.counters().spilled) / static_cast<double>(keys));
  }
};

// Every object once, all in one window.
Result bounded_run(std::uint32_t servers, const std::string& placement, std::uint64_t keys,
                   const std::string& trace) {
  Scenario s = pop_with(servers, placement);
  s.duration = 3s;
  test::add_content(s, "objects", 1, 0, "max-age=3600");
  TraceReplay replay;
  replay.file.given = trace;
  replay.content = "objects";
  s.traffic["each once"] = replay;
  Result result = run(s).result;
  REQUIRE(result.requests.outcomes.requests == keys);
  return result;
}

std::string each_once(std::uint64_t keys) {
  std::string csv = "time,id\n";
  for (std::uint64_t i = 0; i < keys; ++i) csv += fmt::format("0.{:06},{}\n", i, i);
  return csv;
}

}  // namespace

TEST_CASE("the servers of a PoP with bounded loads are as full as published, and spill as much",
          "[reference]") {
  const auto folder = test::reference_folder();
  if (!folder) return;
  const test::ScratchFiles files;
  int rows = 0;
  for (const json& row : published_rows(*folder, "bounded_loads_rows.json")) {
    const auto servers = row.at("servers").get<std::uint32_t>();
    const auto nodes = row.at("vnodes").get<std::uint32_t>();
    const auto c = row.at("c").get<double>();
    const auto keys = row.at("keys").get<std::uint64_t>();
    const std::string trace = files.write(fmt::format("{}.csv", keys), each_once(keys));
    const bool bounded = c > 0;
    const Result result = bounded_run(servers,
                                      bounded ? fmt::format("bounded:c={},nodes={}", c, nodes)
                                              : fmt::format("ring:nodes={}", nodes),
                                      keys, trace);
    const NodeResult& pop = pop_of(result);
    const double limit = bounded ? c : 1000;
    Spread others, same;
    // Few sets of ten servers spill at all with many points each.
    for (int set = 0; set < (servers > 10 ? kSets : 5 * kSets); ++set) {
      const auto names = test::servers(servers, fmt::format("set-{}-", set));
      others.add(BoundedRing(names, nodes, limit), 0, keys);
      same.add(BoundedRing(servers_of_a_node(servers), nodes, limit), (set + 1) * keys, keys);
    }
    INFO(row.dump() << ": " << pop.fullest_server << " " << pop.spilled_share);
    const auto fullest = row.at("max_over_avg").get<double>();
    const auto spilled = row.at("spilled_fraction").get<double>();
    // Where the bound is reached there is nothing to be lucky about; a key is 0.001 of a mean load.
    if (bounded && fullest >= c) CHECK(pop.fullest_server == Approx(fullest).margin(2e-3));
    CHECK(std::abs(pop.fullest_server - fullest) <= 4 * others.fullest.deviation() + 2e-3);
    CHECK(std::abs(pop.fullest_server - same.fullest.mean()) <=
          5 * same.fullest.deviation() + 2e-3);
    if (bounded) {
      CHECK(std::abs(pop.spilled_share - spilled) <= 4 * others.spilled.deviation() + 1e-4);
      CHECK(std::abs(pop.spilled_share - same.spilled.mean()) <=
            5 * same.spilled.deviation() + 1e-4);
    }
    ++rows;
  }
  CHECK(rows == 20);
}

namespace {

constexpr double kPerSecond = 20'000;

// Objects that are all alike, a minute's requests after a second to warm up. Server `gone` goes at
// its end.
Result steady_run(std::uint32_t servers, const std::string& placement,
                  std::optional<std::uint32_t> gone) {
  Scenario s = pop_with(servers, placement);
  s.warmup = 1s;
  s.duration = 62s;
  test::add_content(s, "objects", 1'000'000, 0, "max-age=3600");
  test::add_steady(s, "requests", kPerSecond, "objects");
  if (gone) {
    DownEvent down;
    down.node = "pop0";
    down.server = gone;
    down.noticed_after = 0s;
    s.events["one goes"] = EventSpec{1s, down};
  }
  return run(s).result;
}

// The share of Maglev's places that change hands when a member goes.
double change(const Maglev& whole, std::uint32_t gone) {
  Maglev rest = whole;
  rest.set_down(gone, true);
  double changed = 0;
  for (std::size_t i = 0; i < whole.table().size(); ++i) {
    changed += whole.table()[i] != rest.table()[i];
  }
  return changed / static_cast<double>(whole.table().size());
}

}  // namespace

TEST_CASE("the servers of a PoP on a ring are as full as published", "[reference]") {
  const auto folder = test::reference_folder();
  if (!folder) return;
  int rows = 0;
  for (const json& row : published_rows(*folder, "consistent_hash_ring_imbalance.json")) {
    const auto servers = row.at("servers").get<std::uint32_t>();
    const auto nodes = row.at("vnodes").get<std::uint32_t>();
    if ((servers != 10 && servers != 100) || (nodes != 10 && nodes != 160)) continue;
    const Result result = steady_run(servers, fmt::format("ring:nodes={}", nodes), {});
    const auto fullest_share = [&](const std::vector<RingMember>& members) {
      const RingShape shape(members, nodes);
      double most = 0;
      for (std::uint32_t m = 0; m < servers; ++m) most = std::max(most, shape.share_of(m));
      return most * servers;
    };
    INFO(row.dump() << ": " << pop_of(result).fullest_server);
    check_fullest(pop_of(result), fullest_share(servers_of_a_node(servers)), servers,
                  62 * kPerSecond);
    Sample others;
    for (int set = 0; set < 50; ++set) {
      others.add(fullest_share(test::servers(servers, fmt::format("set-{}-", set))));
    }
    CHECK(std::abs(pop_of(result).fullest_server - row.at("mean_peak_over_avg").get<double>()) <=
          4 * others.deviation());
    ++rows;
  }
  CHECK(rows == 4);
}

TEST_CASE("when a server of a PoP with Maglev goes, the published share of objects moves",
          "[reference]") {
  const auto folder = test::reference_folder();
  if (!folder) return;
  int rows = 0;
  for (const json& row : published_rows(*folder, "maglev_simulated_rows.json")) {
    const auto places = row.at("M").get<std::uint32_t>();
    const auto servers = row.at("backends").get<std::uint32_t>();
    const std::uint32_t gone = servers / 2;
    const std::string placement = fmt::format("maglev:table={}", places);
    const NodeResult full = pop_of(steady_run(servers, placement, {}));
    const Result result = steady_run(servers, placement, gone);
    REQUIRE(result.events.size() == 1);
    const double moved = result.events.front().moved_share;
    INFO(row.dump() << ": " << full.fullest_server << " " << moved);
    // Places differ by one at most; what is more is luck.
    check_fullest(full, row.at("max_over_avg"), servers, 61 * kPerSecond);
    const double expected = change(Maglev(servers_of_a_node(servers), places), gone);
    const double luck = std::sqrt(expected / (60 * kPerSecond) + expected / 1e6);
    CHECK(std::abs(moved - expected) <= 4 * luck);
    Sample others;
    for (int set = 0; set < (places < 100'000 ? kSets : 4); ++set) {
      const auto names = test::servers(servers, fmt::format("set-{}-", set));
      others.add(change(Maglev(names, places), gone));
    }
    const double published = 1.0 / servers + row.at("unneeded_change_remove1").get<double>();
    CHECK(std::abs(moved - published) <= 4 * (luck + others.deviation()));
    ++rows;
  }
  CHECK(rows == 6);
}
