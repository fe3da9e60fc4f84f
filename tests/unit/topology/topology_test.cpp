// The shortest way: by delay, then by links, then by the links' order; never through an end.

#include <string>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/topology/topology.hpp>
#include <tests/support/catch.hpp>

namespace {

using namespace cdnsim;

LinkSpec link(const std::string& from, const std::string& to, Duration delay,
              BitRate capacity = BitRate{10'000'000'000}) {
  LinkSpec spec;
  spec.from = from;
  spec.to = to;
  spec.delay = delay;
  spec.capacity = capacity;
  return spec;
}

// PoPs named by one letter each.
Topology pops(const std::string& letters) {
  Topology topology;
  for (const char letter : letters) topology.add_place(PlaceKind::pop, std::string(1, letter));
  return topology;
}

// The ids of the links on a way, "<" before one that is crossed from its `to` end.
std::string way(const Topology& topology, const std::string& from, const std::string& to) {
  const auto path = topology.shortest_path(*topology.find(from), *topology.find(to));
  if (!path) return "none";
  std::string text;
  for (const PortRef port : path->ports) {
    if (!text.empty()) text += ' ';
    text += (port.forward ? "" : "<") + topology.links()[port.link].id;
  }
  return text;
}
Duration delay(const Topology& topology, const std::string& from, const std::string& to) {
  return topology.shortest_path(*topology.find(from), *topology.find(to)).value().delay;
}

}  // namespace

TEST_CASE("the way of least delay, its delay and its narrowest link") {
  Topology topology = pops("abc");
  topology.add_link("ab", link("a", "b", 3ms, BitRate{40'000'000'000}));
  topology.add_link("cb", link("c", "b", 4ms, BitRate{20'000'000'000}));
  topology.add_link("ac", link("a", "c", 8ms, BitRate{90'000'000'000}));
  CHECK(way(topology, "a", "c") == "ab <cb");
  CHECK(way(topology, "c", "a") == "cb <ab");
  CHECK(delay(topology, "a", "c") == 7ms);
  CHECK(topology.shortest_path(0, 2)->narrowest == BitRate{20'000'000'000});
}

TEST_CASE("from a place to itself there is nothing to cross") {
  Topology topology = pops("ab");
  topology.add_link("ab", link("a", "b", 3ms));
  CHECK(way(topology, "a", "a").empty());
  CHECK(delay(topology, "a", "a") == 0ms);
}

SCENARIO("ways of equal delay") {
  GIVEN("one of them with fewer links") {
    Topology topology = pops("abc");
    topology.add_link("ab", link("a", "b", 3ms));
    topology.add_link("bc", link("b", "c", 4ms));
    topology.add_link("direct", link("a", "c", 7ms));
    THEN("it is taken") { CHECK(way(topology, "a", "c") == "direct"); }
  }
  GIVEN("two links side by side") {
    Topology topology = pops("ab");
    topology.add_link("first", link("b", "a", 3ms));
    topology.add_link("second", link("a", "b", 3ms));
    THEN("the first of them is taken") { CHECK(way(topology, "a", "b") == "<first"); }
  }
  GIVEN("as many links each") {
    Topology topology = pops("abcd");
    topology.add_link("1 cd", link("c", "d", 3ms));
    topology.add_link("2 ab", link("a", "b", 3ms));
    topology.add_link("3 ac", link("a", "c", 3ms));
    topology.add_link("4 bd", link("b", "d", 3ms));
    THEN("the one whose last link comes first is taken") {
      CHECK(way(topology, "a", "d") == "3 ac 1 cd");
    }
  }
  GIVEN("links without any delay") {
    Topology topology = pops("abc");
    topology.add_link("ab", link("a", "b", 0ms));
    topology.add_link("bc", link("b", "c", 0ms));
    topology.add_link("ca", link("c", "a", 0ms));
    THEN("the fewest are taken") {
      CHECK(way(topology, "a", "c") == "<ca");
      CHECK(delay(topology, "a", "c") == 0ms);
    }
  }
}

SCENARIO("client networks and origins are ends") {
  Topology topology;
  topology.add_place(PlaceKind::pop, "west");
  topology.add_place(PlaceKind::pop, "east");
  topology.add_place(PlaceKind::shield, "shield");
  topology.add_place(PlaceKind::client_network, "isp");
  topology.add_place(PlaceKind::origin, "origin");
  topology.add_link("1", link("west", "isp", 1ms));
  topology.add_link("2", link("isp", "east", 1ms));
  topology.add_link("3", link("west", "origin", 2ms));
  topology.add_link("4", link("origin", "east", 2ms));
  WHEN("the only ways lead through them") {
    THEN("there is none") {
      CHECK(way(topology, "west", "east") == "none");
      CHECK(way(topology, "east", "west") == "none");
    }
    THEN("they themselves are reached, and reach others") {
      CHECK(way(topology, "west", "isp") == "1");
      CHECK(way(topology, "isp", "east") == "2");
      CHECK(way(topology, "origin", "east") == "4");
    }
    THEN("one end does not reach another through a third") {
      CHECK(way(topology, "isp", "origin") == "<1 3");  // through a PoP it does
    }
  }
  WHEN("a longer way leads through a shield") {
    topology.add_link("5", link("west", "shield", 50ms));
    topology.add_link("6", link("shield", "east", 50ms));
    THEN("that is the way") { CHECK(way(topology, "west", "east") == "5 6"); }
  }
}

TEST_CASE("what is not joined is not reached, until a link joins it") {
  Topology topology = pops("abc");
  topology.add_link("ab", link("a", "b", 3ms));
  CHECK(way(topology, "a", "c") == "none");
  topology.add_link("bc", link("b", "c", 3ms));
  CHECK(way(topology, "a", "c") == "ab bc");
}

TEST_CASE("places are found by id, and know what they are") {
  Topology topology;
  CHECK(topology.add_place(PlaceKind::shield, "s") == 0);
  CHECK(topology.add_place(PlaceKind::origin, "o") == 1);
  CHECK(topology.size() == 2);
  CHECK(topology.find("o") == 1u);
  CHECK_FALSE(topology.find("x").has_value());
  CHECK(topology.place(0).id == "s");
  CHECK(name_of(topology.place(1).kind) == "origin");
  CHECK_THROWS_AS(topology.add_link("nowhere", link("s", "x", 1ms)), InternalError);
}
