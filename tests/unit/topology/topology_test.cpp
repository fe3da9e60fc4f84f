// Places and links as they were added.

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/topology/topology.hpp>
#include <tests/support/catch.hpp>

using namespace cdnsim;

TEST_CASE("places are found by id, and know what they are") {
  Topology topology;
  CHECK(topology.add_place(PlaceKind::shield, "s") == 0);
  CHECK(topology.add_place(PlaceKind::origin, "o") == 1);
  CHECK(topology.size() == 2);
  CHECK(topology.find("o") == 1u);
  CHECK_FALSE(topology.find("x").has_value());
  CHECK(topology.place(0).id == "s");
  CHECK(name_of(topology.place(1).kind) == "origin");
}

TEST_CASE("a link joins two places that are there") {
  Topology topology;
  topology.add_place(PlaceKind::shield, "s");
  topology.add_place(PlaceKind::origin, "o");
  LinkSpec link;
  link.from = "o";
  link.to = "s";
  topology.add_link("line", link);
  CHECK(topology.links().at(0).id == "line");
  CHECK(topology.links().at(0).from == 1);
  CHECK(topology.links().at(0).to == 0);
  link.to = "x";
  CHECK_THROWS_AS(topology.add_link("nowhere", link), InternalError);
}
