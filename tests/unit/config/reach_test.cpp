#include <cdnsim/config/reach.hpp>
#include <cdnsim/models/topology/topology.hpp>
#include <tests/support/rapidcheck.hpp>

namespace cdnsim::config {
namespace {

LinkSpec link(const std::string& from, const std::string& to, LinkKind kind = LinkKind::backbone) {
  LinkSpec spec;
  spec.kind = kind;
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
  CHECK(reach.around({"b"}) == std::set<std::string, std::less<>>{"a", "b", "s", "users"});
  CHECK(reach.around({}).empty());
  CHECK(reach.why_not("c", "nobody").empty());
  CHECK(reach.why_not("c", "a") == "4, 3, 2, 1 is no way, valley: peers then peers at users");
}

TEST_CASE("two ways bought of providers that are not drawn are no way together") {
  NetworkSpec network;
  network.pops = {{"pop", {}}};
  network.shields = {{"shield", {}}};
  network.origins = {{"origin", {}}};
  network.links = {{"low", link("pop", "shield", LinkKind::transit)},
                   {"high", link("shield", "origin", LinkKind::transit)}};
  CHECK(Reach(network).joined("pop", "shield"));
  CHECK_FALSE(Reach(network).joined("pop", "origin"));
  CHECK_THAT(Reach(network).why_not("pop", "origin"), Catch::StartsWith("low, high is no way, v"));
  network.links["low"].kind = LinkKind::backbone;
  CHECK(Reach(network).joined("pop", "origin"));
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
    const std::string from = *rc::gen::elementOf(places);
    const std::string to = *rc::gen::elementOf(places);
    const bool networks = from[0] == 'c' && to[0] == 'c';  // nobody carries for both of them
    network.links[std::to_string(i)] =
        link(from, to, networks ? LinkKind::pni : LinkKind::backbone);
  }
  return network;
}

TEST_CASE("who is joined is who has a path") {
  rc::prop("over a backbone, joined(a, b) == the topology finds a path from a to b", [] {
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
        RC_ASSERT(reach.around({pop}).contains(topology.place(to).id) == has_path);
      }
    }
  });
}

}  // namespace
}  // namespace cdnsim::config
