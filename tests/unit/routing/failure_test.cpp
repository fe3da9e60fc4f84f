// What a failure and a repair make routing search for again, and what it keeps.

#include <string>

#include <tests/support/catch.hpp>
#include <tests/support/small_map.hpp>

namespace failure_test {

using namespace cdnsim;

// Two PoPs joined by a backbone, an ISP at each; the western ISP has a second, worse way.
struct Twins {
  Twins() {
    map.pop("west").pop("east").isp("western").isp("eastern").provider("big");
    map.link(LinkKind::backbone, "west", "east");
    map.link(LinkKind::pni, "west", "western").link(LinkKind::pni, "east", "eastern");
    map.link(LinkKind::transit, "west", "big").link(LinkKind::transit, "western", "big");
  }
  // Asks for ways to both ISPs.
  void ask(const Routing& routing) const {
    routing.best_path(map.at("west"), map.at("western"));
    routing.best_path(map.at("west"), map.at("eastern"));
  }
  SmallMap map;
};

TEST_CASE("ways are searched for when a place is first asked for, and once") {
  const Twins twins;
  const Routing routing = twins.map.routing();
  CHECK(routing.trees_computed() == 0);
  twins.ask(routing);
  CHECK(routing.trees_computed() == 2);
  twins.ask(routing);
  CHECK(routing.trees_computed() == 2);
}

TEST_CASE("a failure costs only the places that some way led to over the link") {
  const Twins twins;
  Routing routing = twins.map.routing();
  twins.ask(routing);
  routing.set_link_up(twins.map.link_at("west-western"), false);
  twins.ask(routing);
  CHECK(routing.trees_computed() == 3);  // ways to the eastern ISP never cross the western PNI
  CHECK(way(twins.map, routing, "west", "western") == "west-big <western-big");
  CHECK(way(twins.map, routing, "east", "western") == "<west-east west-big <western-big");
}

TEST_CASE("a repair costs only the places that are reached better over the link") {
  const Twins twins;
  Routing routing = twins.map.routing();
  routing.set_link_up(twins.map.link_at("west-western"), false);
  twins.ask(routing);
  CHECK(routing.trees_computed() == 2);
  routing.set_link_up(twins.map.link_at("west-western"), true);
  twins.ask(routing);
  CHECK(routing.trees_computed() == 3);
  CHECK(way(twins.map, routing, "west", "western") == "west-western");
}

TEST_CASE("a link that is already up or already down changes nothing") {
  const Twins twins;
  Routing routing = twins.map.routing();
  twins.ask(routing);
  routing.set_link_up(twins.map.link_at("west-western"), true);
  twins.ask(routing);
  CHECK(routing.trees_computed() == 2);
  CHECK(routing.is_up(twins.map.link_at("west-western")));
}

}  // namespace failure_test
