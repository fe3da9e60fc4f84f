#include <set>
#include <string>
#include <utility>
#include <vector>

#include <cdnsim/config/reach.hpp>
#include <tests/support/rapidcheck.hpp>

namespace cdnsim::config {
namespace reach_test {

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

// Whoever a walk from `from` meets that goes on from PoPs and shields only.
std::set<std::string> met_by_walking(const NetworkSpec& network, const std::string& from) {
  std::set<std::string> met = {from};
  std::vector<std::string> ahead = {from};
  while (!ahead.empty()) {
    const std::string here = ahead.back();
    ahead.pop_back();
    for (const auto& [id, link] : network.links) {
      for (const auto& [end, other] : {std::pair(link.from, link.to), {link.to, link.from}}) {
        if (end != here || !met.insert(other).second) continue;
        if (network.pops.contains(other) || network.shields.contains(other)) ahead.push_back(other);
      }
    }
  }
  return met;
}

TEST_CASE("who is joined is who can be walked to") {
  rc::prop("over a backbone, joined(a, b) == a walk from a meets b", [] {
    const NetworkSpec network = random_network();
    const Reach reach(network);
    for (const auto& [pop, spec] : network.pops) {
      const std::set<std::string> met = met_by_walking(network, pop);
      for (const char kind : {'p', 's', 'c', 'o'}) {
        for (int i = 0; i < 4; ++i) {
          const std::string to = kind + std::to_string(i);
          const bool is_met = met.contains(to);
          RC_ASSERT(reach.joined(pop, to) == is_met);
          RC_ASSERT(reach.joined(to, pop) == is_met);
          RC_ASSERT(reach.around({pop}).contains(to) == is_met);
        }
      }
    }
  });
}

}  // namespace reach_test

}  // namespace cdnsim::config
