// Arrivals: who serves them changes none, and their counts, times and objects follow their laws.

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <tuple>
#include <vector>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/arrivals.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace demand_test {

using namespace cdnsim;
using namespace cdnsim::test;

// Three PoPs, each near one client network and further from the others, so that one may go.
Scenario three_pops(bool shield = false) {
  Scenario s = small_scenario(3, shield);
  s.duration = 3s;
  for (const char* isp : {"isp0", "isp1", "isp2"}) {
    s.network.client_networks[isp].cells = 4;
    for (const char* pop : {"pop0", "pop1", "pop2"}) {
      LinkSpec link;
      link.from = pop;
      link.to = isp;
      link.delay = 30ms;
      s.network.links.emplace(std::string(pop) + "+" + isp, link);
    }
  }
  s.network.client_networks["isp1"].users = 3'000'000;
  add_content(s, "images", 10'000, 0.9, "max-age=3600");
  add_content(s, "pages", 500, 0.0, "no-store");
  add_steady(s, "base", 2000, "images");
  std::get<Steady>(s.traffic["base"]).mix["pages"] = 0.5;
  Viral clip;
  clip.peak = Rate{3000};
  clip.starts = 1s;
  clip.rise = 500ms;
  clip.size.law = FixedSize{Bytes{50'000}};
  clip.origin = "origin";
  s.traffic["clip"] = clip;
  return s;
}

void remove_pop(Scenario& s, const std::string& pop) {
  s.network.pops.erase(pop);
  std::erase_if(s.network.links, [&](const auto& entry) {
    return entry.second.from == pop || entry.second.to == pop;
  });
}
void add_pop_near(Scenario& s, const std::string& pop, const std::string& isp) {
  s.network.pops[pop] = PopSpec{2, "none"};
  for (const std::string& other : {isp, std::string("origin")}) {
    LinkSpec link;
    link.from = pop;
    link.to = other;
    link.delay = 1ms;
    s.network.links[pop + "-" + other] = link;
  }
}

std::map<std::string, std::uint64_t> requests_by_isp(const Scenario& s) {
  std::map<std::string, std::uint64_t> requests;
  for (const IspResult& isp : run(s).result.isps) requests[isp.id] = isp.requests;
  return requests;
}
std::map<std::string, std::string> served_by(const Scenario& s) {
  std::map<std::string, std::string> pops;
  for (const IspResult& isp : run(s).result.isps) pops[isp.id] = isp.served_by;
  return pops;
}

TEST_CASE("whoever serves the requests, every arrival stays as it was") {
  const Scenario base = three_pops();
  const auto expected = arrivals_by_network(base);
  std::size_t arrivals = 0;
  for (const auto& [network, stream] : expected) arrivals += stream.size();
  REQUIRE(arrivals > 6000);
  const auto check_same = [&](const Scenario& variant) {
    const auto found = arrivals_by_network(variant);
    REQUIRE(found.size() == expected.size());
    for (const auto& [network, stream] : expected) {
      INFO(network);
      CHECK(found.at(network) == stream);
    }
    CHECK(requests_by_isp(variant) == requests_by_isp(base));
  };

  SECTION("a PoP more, nearer to some users than the one that served them") {
    Scenario s = base;
    add_pop_near(s, "a new one", "isp1");
    CHECK(served_by(s).at("isp1") == "a new one");
    CHECK(served_by(base).at("isp1") == "pop1");
    check_same(s);
  }
  SECTION("a PoP less") {
    Scenario s = base;
    remove_pop(s, "pop0");
    CHECK(served_by(s).at("isp0") != "pop0");
    check_same(s);
  }
  SECTION("other steering, because the ways have changed") {
    Scenario s = base;
    for (auto& [id, link] : s.network.links) {
      if (id == "pop2+isp0") link.delay = 1ms;
    }
    CHECK(served_by(s).at("isp0") == "pop2");
    check_same(s);
  }
  SECTION("a shield in between") { check_same(three_pops(true)); }
  SECTION("other caches, rings, queues, origins and message delays") {
    Scenario s = base;
    for (auto& [id, pop] : s.network.pops) pop.servers = 7;
    s.caching.edge.policy = PolicyText{"sieve", {}};
    s.caching.edge.memory = Bytes{50'000};
    s.caching.edge.coalesce = 0s;
    s.caching.edge.virtual_nodes = 3;
    s.caching.edge.max_wait = 0s;
    s.network.origins["origin"].capacity = Rate{10};
    s.min_message_delay = 5ms;
    check_same(s);
  }
}

TEST_CASE("a workload more leaves the others' arrivals as they were") {
  Scenario s = three_pops();
  const auto expected = arrivals_by_network(s);
  add_content(s, "a film", 10, 1.0, "");
  add_steady(s, "another", 500, "a film");
  auto found = arrivals_by_network(s);
  for (auto& [network, stream] : found) {
    INFO(network);
    const auto added = std::erase_if(stream, [](const Seen& a) { return a.content == "a film"; });
    CHECK(added > 100);
    CHECK(stream == expected.at(network));
  }
}

TEST_CASE("another seed, and another network's name, give other arrivals") {
  Scenario s = three_pops();
  const auto one = arrivals_by_network(s);
  s.seed = 2;
  const auto two = arrivals_by_network(s);
  for (const char* network : {"isp0", "isp1", "isp2"}) {
    std::vector<Seen> common;
    std::set_intersection(one.at(network).begin(), one.at(network).end(), two.at(network).begin(),
                          two.at(network).end(), std::back_inserter(common));
    CHECK(common.empty());
  }
  CHECK(one.at("isp0") != one.at("isp2"));  // as many users, the same rates
}

TEST_CASE("a cell's arrivals are the same alone and among others") {
  const Scenario s = three_pops();
  const auto plan = assembly::make_plan(s);
  for (std::int64_t slot = 0; slot < 30; ++slot) {
    std::vector<Arrival> together;
    const std::vector<LabelledCell> cells = {{2, 7}, {0, 8}, {3, 9}};
    plan->demand->append_arrivals(1, cells, slot, together);
    for (const LabelledCell& cell : cells) {
      const std::vector<Arrival> alone = arrivals(*plan->demand, 1, cell.cell, slot);
      std::vector<std::int64_t> times;
      for (const Arrival& arrival : together) {
        if (arrival.cell == cell.label) times.push_back(arrival.at_ns);
      }
      std::vector<std::int64_t> expected;
      for (const Arrival& arrival : alone) expected.push_back(arrival.at_ns);
      std::sort(times.begin(), times.end());
      std::sort(expected.begin(), expected.end());
      CHECK(times == expected);
    }
  }
}

}  // namespace demand_test
