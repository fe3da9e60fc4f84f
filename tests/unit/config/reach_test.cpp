#include <cdnsim/config/reach.hpp>
#include <cdnsim/models/topology/topology.hpp>
#include <tests/support/rapidcheck.hpp>

namespace cdnsim::config {
namespace {

LinkSpec link(const std::string& from, const std::string& to) {
  LinkSpec spec;
  spec.from = from;
  spec.to = to;
  return spec;
}

TEST_CASE("PoPs and shields pass traffic on, client networks and origins do not") {
  NetworkSpec network;
  network.pops = {{"a", {}}, {"b", {}}, {"c", {}}};
  network.shields = {{"s", {}}};
  network.client_networks = {{"users", {}}};
  network.origins = {{"origin", {}}};
  network.links = {{"1", link("a", "s")},
                   {"2", link("s", "b")},
                   {"3", link("b", "users")},
                   {"4", link("c", "users")},
                   {"5", link("origin", "users")}};
  const Reach reach(network);
  CHECK(reach.joined("a", "b"));
  CHECK(reach.joined("a", "users"));
  CHECK(reach.joined("users", "c"));
  CHECK_FALSE(reach.joined("a", "c"));  // only through the users
  CHECK_FALSE(reach.joined("a", "origin"));
  CHECK_FALSE(reach.joined("a", "nobody"));
}

// A few places of each kind, joined at random.
NetworkSpec random_network() {
  NetworkSpec network;
  std::vector<std::string> places;
  const auto add = [&](auto& specs, const std::string& letter) {
    for (int i = 0; i < 4; ++i) {
      places.push_back(letter + std::to_string(i));
      specs[places.back()];
    }
  };
  add(network.pops, "p");
  add(network.shields, "s");
  add(network.client_networks, "c");
  add(network.origins, "o");
  const int links = *rc::gen::inRange(0, 20);
  for (int i = 0; i < links; ++i) {
    network.links[std::to_string(i)] =
        link(*rc::gen::elementOf(places), *rc::gen::elementOf(places));
  }
  return network;
}

TEST_CASE("who is joined is who has a path") {
  rc::prop("joined(a, b) == the topology finds a path from a to b", [] {
    const NetworkSpec network = random_network();
    Topology topology;
    const auto add = [&](PlaceKind kind, const auto& specs) {
      for (const auto& [id, spec] : specs) topology.add_place(kind, id);
    };
    add(PlaceKind::pop, network.pops);
    add(PlaceKind::shield, network.shields);
    add(PlaceKind::client_network, network.client_networks);
    add(PlaceKind::origin, network.origins);
    for (const auto& [id, spec] : network.links) topology.add_link(id, spec);
    const Reach reach(network);
    for (const auto& [pop, spec] : network.pops) {
      for (std::uint32_t to = 0; to < topology.size(); ++to) {
        const bool has_path = topology.shortest_path(*topology.find(pop), to).has_value();
        RC_ASSERT(reach.joined(pop, topology.place(to).id) == has_path);
        RC_ASSERT(reach.joined(topology.place(to).id, pop) == has_path);
      }
    }
  });
}

}  // namespace
}  // namespace cdnsim::config
