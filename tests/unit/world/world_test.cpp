// The generated world: how much of everything, who reaches whom, and how far it is.
#include <map>
#include <set>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/config/reach.hpp>
#include <cdnsim/config/scenario_text.hpp>
#include <cdnsim/models/geography/metros.hpp>
#include <cdnsim/models/topology/client_network.hpp>
#include <cdnsim/world/world.hpp>
#include <tests/support/catch.hpp>

namespace cdnsim::world {
namespace world_test {

template <class Specs>
std::set<std::string> places_of(const Specs& specs) {
  std::set<std::string> places;
  for (const auto& [id, spec] : specs) places.insert(spec.place);
  return places;
}

void check_counts(const WorldSpec& spec, std::size_t places) {
  const NetworkSpec network = make_world(spec).network;
  CHECK(network.pops.size() == spec.pops);
  CHECK(places_of(network.pops).size() == places);
  CHECK(network.client_networks.size() == spec.networks);
  CHECK(network.shields.size() == spec.shields);
  CHECK(network.ixps.size() == spec.ixps);
}

TEST_CASE("there is as much of everything as asked for") {
  check_counts({}, 200);  // 380 PoPs in 200 places
  WorldSpec large;
  large.pops = 700;
  large.shields = 13;
  check_counts(large, 255);  // all there are
  WorldSpec small;
  small.pops = 19;
  small.places = 7;
  small.shields = 0;
  small.ixps = 0;
  small.transit = 1;
  small.networks = 300;
  check_counts(small, 7);
}

TEST_CASE("every internet user of the table has a network, in the own metro") {
  std::map<std::string, std::uint64_t> users;
  for (const auto& [id, network] : make_world({}).network.client_networks) {
    CHECK(network.users > 0);
    users[network.place] += network.users;
  }
  for (const Metro& metro : metros()) {
    CAPTURE(std::string(metro.id));
    CHECK(users[std::string(metro.id)] == metro.internet_users);
  }
}

TEST_CASE("large markets have most PoPs, and hubs the largest") {
  const NetworkSpec network = make_world({}).network;
  std::map<std::string, int> pops;
  for (const auto& [id, pop] : network.pops) ++pops[pop.place];
  // By D'Hondt from one each: 34.5 M users get so many more than 5.55 M.
  CHECK(pops["tokyo"] >= 5 * pops["frankfurt"]);
  CHECK(pops["frankfurt"] >= 1);
  CHECK(network.pops.at("frankfurt").servers > network.pops.at("lagos-2").servers);
}

// What a scenario needs to run: checked by the plan's own search, with 1 to 32 of each.
TEST_CASE("everybody is served and every PoP finds its way to the origins") {
  for (const std::uint32_t transit : {1u, 6u}) {
    for (const std::uint32_t pops : {1u, 40u, 380u}) {
      WorldSpec spec;
      spec.pops = pops;
      spec.transit = transit;
      spec.shields = pops == 40 ? 0 : 3;
      CAPTURE(transit, pops);
      const Scenario scenario = make_world(spec);
      const config::Reach reach(scenario.network);
      std::vector<std::string> ids;
      for (const auto& [id, pop] : scenario.network.pops) {
        ids.push_back(id);
        CHECK(reach.joined(id, "origin-pages"));
        CHECK(reach.joined(id, "origin-video"));
        if (spec.shields > 0) CHECK(reach.joined(id, "shield-ashburn"));
      }
      const auto served = reach.around(ids);
      for (const auto& [id, client] : scenario.network.client_networks) CHECK(served.contains(id));
    }
  }
}

TEST_CASE("ways are as long as they are in the world") {
  const Scenario scenario = make_world({});
  const auto plan = assembly::make_plan(scenario);
  double users = 0, way_ms = 0, near = 0;
  std::map<std::string, std::uint64_t> at_pop;
  for (const assembly::ClientNetwork& network : plan->networks) {
    const auto weight = static_cast<double>(network.spec->users);
    users += weight;
    way_ms += weight * seconds(network.way_delay) * 1e3;
    if (network.round_trip <= 50ms) near += weight;
    at_pop[plan->topology.place(network.pop_place).id] += network.spec->users;
  }
  // 96 % of users are in a metro with a PoP, mostly on a PNI or an exchange there (0.05 and 0.1
  // ms); who buys transit goes to a hub and back, some 1,000 km of fibre and 8.3 ms a leg.
  CHECK(way_ms / users < 5.0);
  CHECK(way_ms / users > 0.1);
  CHECK(near / users > 0.95);  // the goal that the trade names
  // Every PoP of a metro with people has somebody to serve, and none a tenth of the world.
  std::uint64_t most = 0;
  for (const auto& [pop, served] : at_pop) most = std::max(most, served);
  CHECK(static_cast<double>(most) / users < 0.1);
  CHECK(at_pop.size() > 360);
}

TEST_CASE("the same seed gives the same bytes, another one others") {
  WorldSpec spec;
  spec.pops = 60;
  const std::string text = config::scenario_text(make_world(spec));
  CHECK(config::scenario_text(make_world(spec)) == text);
  spec.seed = 2;
  const Scenario other = make_world(spec);
  CHECK(config::scenario_text(other) != text);
  CHECK(other.network.pops.size() == 60);
}

// Draws are keyed by names, so one more of something leaves the draws of others alone.
TEST_CASE("one exchange more changes nothing but who is at it") {
  WorldSpec spec;
  const NetworkSpec before = make_world(spec).network;
  ++spec.ixps;
  const NetworkSpec after = make_world(spec).network;
  std::size_t changed = 0;
  for (const auto& [id, network] : before.client_networks) {
    changed += after.client_networks.at(id).users != network.users;
  }
  CHECK(changed == 0);
  CHECK(places_of(after.pops) == places_of(before.pops));
}

TEST_CASE("ports are sizes that are sold, with room in the busiest hour") {
  for (const auto& [id, link] : make_world({}).network.links) {
    std::int64_t size = link.capacity.count();
    while (size % 10 == 0) size /= 10;
    CAPTURE(id);
    CHECK((size == 1 || size == 2 || size == 5));
    CHECK(link.capacity >= 100_Mbps);
  }
}

TEST_CASE("numbers that cannot be are told with what can") {
  const auto told = [](auto change) {
    WorldSpec spec;
    change(spec);
    return problem_of(spec);
  };
  CHECK(told([](WorldSpec&) {}).empty());
  CHECK(told([](WorldSpec& s) { s.pops = 0; }) == "0 PoPs; there can be 1 to 4000");
  CHECK(told([](WorldSpec& s) { s.places = 300; }) ==
        "300 places with a PoP; there can be 1 to 255");
  CHECK(told([](WorldSpec& s) {
          s.pops = 3;
          s.places = 4;
        }) == "4 places with a PoP; there can be 1 to 3");
  CHECK(told([](WorldSpec& s) { s.networks = 9; }) ==
        "9 client networks; there can be 255 to 4000");
  CHECK(told([](WorldSpec& s) { s.shields = 21; }) == "21 shields; there can be 0 to 20");
  CHECK(told([](WorldSpec& s) { s.ixps = 200; }) == "200 exchanges; there can be 0 to 199");
  CHECK(told([](WorldSpec& s) { s.transit = 0; }) == "0 transit providers; there can be 1 to 32");
  CHECK(told([](WorldSpec& s) { s.embedded = 4001; }) ==
        "4001 embedded caches; there can be 0 to 4000");
}

TEST_CASE("embedded caches stand in the networks of most users") {
  WorldSpec spec;
  spec.pops = 700;
  spec.shields = 13;
  spec.embedded = 900;
  const Scenario made = make_world(spec);
  CHECK(made.network.pops.size() == 700);
  CHECK(made.network.shields.size() == 13);
  CHECK(made.network.embedded.size() == 900);
  // Whoever has n of them has at least n / (n + 1) of the users that anybody has who might have had
  // one more, as the method says.
  std::map<std::string, double> caches;
  for (const auto& [id, cache] : made.network.embedded) ++caches[cache.host];
  double least_served = 1e18;
  double most_unserved = 0;
  for (const auto& [id, network] : made.network.client_networks) {
    const auto users = static_cast<double>(network.users);
    const double n = caches[id];
    if (n > 0) least_served = std::min(least_served, users / n);
    if (n < 16) most_unserved = std::max(most_unserved, users / (n + 1));
  }
  CHECK(least_served >= most_unserved);
}

}  // namespace world_test

}  // namespace cdnsim::world
