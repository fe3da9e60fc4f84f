// Which chains of links are ways at all: up, at most one peering, down.

#include <string>

#include <tests/support/catch.hpp>
#include <tests/support/small_map.hpp>

namespace valley_free_test {

using namespace cdnsim;

TEST_CASE("a way climbs to a provider and goes down to its other customers") {
  SmallMap map;
  map.pop("pop").provider("big").provider("small").isp("isp");
  map.link(LinkKind::transit, "pop", "small")
      .link(LinkKind::transit, "small", "big")
      .link(LinkKind::transit, "isp", "big");
  CHECK(way(map, "pop", "isp") == "pop-small small-big <isp-big");
  CHECK(way(map, "isp", "pop") == "isp-big <small-big <pop-small");
}

TEST_CASE("nobody carries traffic between two of its providers") {
  SmallMap map;
  map.provider("west").provider("east").isp("isp").pop("pop");
  map.link(LinkKind::transit, "isp", "west").link(LinkKind::transit, "isp", "east");
  map.link(LinkKind::transit, "pop", "east");
  CHECK(way(map, "west", "east") == "none");
  CHECK(way(map, "west", "pop") == "none");
  CHECK(way(map, "west", "isp") == "<isp-west");
}

SCENARIO("peers give each other their own customers only") {
  SmallMap map;
  map.pop("pop").isp("isp").isp("other").isp("customer").provider("big");
  map.link(LinkKind::pni, "pop", "isp");
  THEN("not their other peers") {
    map.link(LinkKind::pni, "isp", "other");
    CHECK(way(map, "pop", "other") == "none");
  }
  THEN("not their providers") {
    map.link(LinkKind::transit, "isp", "big");
    CHECK(way(map, "pop", "big") == "none");
    CHECK(way(map, "big", "pop") == "none");
  }
  THEN("a client network that sells transit carries its customers' traffic") {
    map.link(LinkKind::transit, "customer", "isp");
    CHECK(way(map, "pop", "customer") == "pop-isp <customer-isp");
    CHECK(way(map, "customer", "pop") == "customer-isp <pop-isp");
  }
  THEN("and what belongs to them") {
    map.link(LinkKind::backbone, "isp", "other");
    CHECK(way(map, "pop", "other") == "pop-isp isp-other");
    CHECK(way(map, "other", "pop") == "<isp-other <pop-isp");
  }
}

TEST_CASE("the backbone joins places of the CDN before and after a way leaves it") {
  SmallMap map;
  map.pop("west").pop("east").place(PlaceKind::shield, "shield").isp("isp").provider("big");
  map.link(LinkKind::backbone, "west", "shield").link(LinkKind::backbone, "shield", "east");
  map.link(LinkKind::pni, "east", "isp");
  CHECK(way(map, "west", "isp") == "west-shield shield-east east-isp");
  CHECK(way(map, "isp", "west") == "<east-isp <shield-east <west-shield");
}

TEST_CASE("a transit link without a provider on the map ends all climbing, as a peering does") {
  SmallMap map;
  map.pop("pop").isp("isp").isp("other").provider("big");
  map.place(PlaceKind::origin, "origin");
  map.link(LinkKind::transit, "pop", "isp").link(LinkKind::transit, "origin", "pop");
  map.link(LinkKind::pni, "isp", "other");
  CHECK(way(map, "pop", "isp") == "pop-isp");
  CHECK(way(map, "origin", "pop") == "origin-pop");
  CHECK(way(map, "pop", "other") == "none");
  CHECK(way(map, "origin", "isp") == "none");
}

SCENARIO("an embedded cache stands inside its network and is the end of ways") {
  SmallMap map;
  map.pop("pop").isp("isp").provider("big").place(PlaceKind::embedded_cache, "cache");
  map.link(LinkKind::on_net, "cache", "isp").link(LinkKind::transit, "isp", "big");
  map.link(LinkKind::transit, "pop", "big");
  THEN("it fills over what its network buys") {
    CHECK(way(map, "pop", "cache") == "pop-big <isp-big <cache-isp");
    CHECK(way(map, "cache", "pop") == "cache-isp isp-big <pop-big");
  }
  THEN("a line of its own to the CDN is no way for its network") {
    map.link(LinkKind::backbone, "pop", "cache");
    CHECK(way(map, "pop", "cache") == "pop-cache");
    CHECK(way(map, "pop", "isp") == "pop-big <isp-big");
  }
}

TEST_CASE("a PoP inside a network is a peer of it: the network does not sell it transit") {
  SmallMap map;
  map.pop("inner").pop("outer").isp("isp").provider("big");
  map.link(LinkKind::on_net, "inner", "isp").link(LinkKind::transit, "isp", "big");
  map.link(LinkKind::transit, "outer", "big");
  CHECK(way(map, "inner", "isp") == "inner-isp");
  CHECK(way(map, "inner", "outer") == "none");
}

SCENARIO("members of an exchange") {
  SmallMap map;
  map.pop("pop").isp("open").isp("choosy").exchange("ix");
  map.link(LinkKind::ixp, "pop", "ix").link(LinkKind::ixp, "open", "ix");
  map.link(LinkKind::ixp, "choosy", "ix", 1ms, false);
  THEN("those at its route server peer with each other") {
    CHECK(way(map, "pop", "open") == "pop-ix <open-ix");
  }
  THEN("one who is not there peers with nobody") {
    CHECK(way(map, "pop", "choosy") == "none");
    CHECK(way(map, "choosy", "open") == "none");
  }
  THEN("a session of two is for these two") {
    map.session("ix", "choosy", "pop");
    CHECK(way(map, "pop", "choosy") == "pop-ix <choosy-ix");
    CHECK(way(map, "choosy", "pop") == "choosy-ix <pop-ix");
    CHECK(way(map, "choosy", "open") == "none");
  }
  THEN("the fabric is nobody's destination") { CHECK(way(map, "pop", "ix") == "none"); }
  THEN("it is one peering, so that no second one follows") {
    map.isp("far").link(LinkKind::pni, "open", "far");
    CHECK(way(map, "pop", "far") == "none");
  }
}

}  // namespace valley_free_test
