// Simulations on maps of the Topology Zoo: every request for what may not be cached goes to the
// origin and back, so that its time to first byte is what the ways there come to by hand.
#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <cdnsim/models/topology/graphml.hpp>
#include <cdnsim/scenario/run.hpp>
#include <cdnsim/world/graph_scenario.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>

using namespace cdnsim;

namespace {

struct Map {
  const char* name;
  std::size_t pops;  // of the largest part, as another XML reader counted
  bool needs_delay, needs_part;
};
constexpr Map kMaps[] = {
    {"Abilene", 11, false, false},      {"Ai3", 10, true, false},
    {"BtLatinAmerica", 45, true, true}, {"Geant2012", 40, true, false},
    {"Highwinds", 18, false, false},    {"HurricaneElectric", 24, false, false},
    {"Kdl", 754, true, false},          {"Ntt", 32, false, true},
};

constexpr double kAccessMs = 5, kNextDoorMs = 0.05, kLeastMs = 1, kOriginMs = 40;

// Fewest links first, then least delay: what an organisation's own ways are. By levels from the
// origin's PoP.
std::map<std::string, double> delays_ms_to(const NetworkSpec& network, const std::string& root) {
  std::map<std::string, double> found = {{root, 0.0}};
  std::vector<std::string> level = {root};
  while (!level.empty()) {
    std::map<std::string, double> next;
    for (const std::string& here : level) {
      for (const auto& [id, link] : network.links) {
        if (link.from != here && link.to != here) continue;
        const std::string& other = link.from == here ? link.to : link.from;
        if (!network.pops.contains(other) || found.contains(other)) continue;
        const double delay = found.at(here) + seconds(*link.delay) * 1e3;
        const auto [known, is_new] = next.try_emplace(other, delay);
        known->second = std::min(known->second, delay);
      }
    }
    found.insert(next.begin(), next.end());
    level.clear();
    for (const auto& [id, delay] : next) level.push_back(id);
  }
  return found;
}

// Nothing waits: small objects, wide links, servers that take no time. Networks are reported each
// for itself, on the largest map in groups of some thirty.
void make_plain(Scenario& scenario) {
  scenario.duration = 12s;
  scenario.warmup = 2s;
  const bool is_large = scenario.network.pops.size() > 64;
  std::size_t index = 0;
  for (auto& [id, users] : scenario.network.client_networks) {
    users.region = std::to_string(is_large ? index % 24 : index);
    ++index;
    users.new_connections = Ratio{0.0};
    users.access_delay = 5ms;
  }
  for (auto& [id, link] : scenario.network.links) link.capacity = 10_Tbps;
  scenario.content.at("objects").size.law = FixedSize{Bytes{1}};
  scenario.content.at("objects").cache_control = *parse<CacheControl>("no-store").value;
  scenario.caching.edge.service_time = Duration{0};
}

void check_run(const world::GraphScenario& made) {
  const NetworkSpec& network = made.scenario.network;
  const std::map<std::string, double> delays = delays_ms_to(network, made.origin_at);
  REQUIRE(delays.size() == network.pops.size());
  const Result result = run(made.scenario, {.threads = 2}).result;  // throws unless identities hold
  CHECK(static_cast<double>(result.origin.requests) ==              // some were under way
        Approx(static_cast<double>(result.requests.outcomes.passes)).epsilon(0.01));
  CHECK(result.requests.outcomes.hits == 0);
  CHECK(result.requests.outcomes.passes == result.requests.outcomes.requests);
  CHECK(result.availability.errors == 0);
  std::map<std::string, std::pair<double, double>> sums;  // by group: requests, milliseconds
  for (const IspResult& isp : result.isps) {
    CHECK("users-" + isp.served_by == isp.id);  // the PoP next door
    const double up = std::max(kLeastMs, delays.at(isp.served_by) + kNextDoorMs);
    const double ms = 2 * (kAccessMs + kNextDoorMs) + 2 * up + kOriginMs;
    const auto requests = static_cast<double>(isp.requests);
    sums[isp.region].first += requests;
    sums[isp.region].second += requests * ms;
  }
  for (const auto& [group, sum] : sums) {
    CAPTURE(group);
    // Exact where a group is one network; else those under way at the end are not all as many.
    const double tolerance = network.pops.size() <= 64 ? 1e-5 : 0.01;
    CHECK(result.latency.by_region.at(group).ttfb.mean ==
          Approx(sum.second / sum.first).epsilon(tolerance));
  }
}

}  // namespace

TEST_CASE("a request to the origin takes as long as the way there, on every map", "[reference]") {
  const auto folder = cdnsim::test::reference_folder();
  if (!folder) return;
  for (const Map& map : kMaps) {
    CAPTURE(map.name);
    const std::string file = (*folder / "topologies" / map.name).string() + ".graphml";
    world::GraphChoices choices;
    if (map.needs_delay) choices.delay = 3ms;
    choices.largest_part = map.needs_part;
    world::GraphScenario made = world::scenario_of(read_graphml(file).document, choices);
    CHECK(made.scenario.network.pops.size() == map.pops);
    make_plain(made.scenario);
    check_run(made);
  }
}

TEST_CASE("maps that lack lengths or hang apart are refused with what would help", "[reference]") {
  const auto folder = cdnsim::test::reference_folder();
  if (!folder) return;
  for (const Map& map : kMaps) {
    CAPTURE(map.name);
    const std::string file = (*folder / "topologies" / map.name).string() + ".graphml";
    const GraphDocument graph = read_graphml(file).document;
    if (!map.needs_delay && !map.needs_part) {
      CHECK_NOTHROW(world::scenario_of(graph, {}));
      continue;
    }
    world::GraphChoices choices;
    if (map.needs_delay) {
      CHECK_THROWS_WITH(world::scenario_of(graph, choices), Catch::Contains("--delay 1ms"));
      choices.delay = 1ms;
    }
    if (!map.needs_part) continue;
    CHECK_THROWS_WITH(world::scenario_of(graph, choices), Catch::Contains("--largest-part"));
  }
}
