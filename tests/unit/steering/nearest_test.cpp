// Steering by the nearest PoP: least delay, the first in the order of ids at a tie.

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/steering/nearest.hpp>
#include <tests/support/catch.hpp>

namespace {

using namespace cdnsim;

void join(Topology& topology, const std::string& from, const std::string& to, Duration delay) {
  LinkSpec spec;
  spec.from = from;
  spec.to = to;
  spec.delay = delay;
  topology.add_link(from + "-" + to, spec);
}

// isp - amsterdam 9 ms, isp - berlin 4 ms, berlin - cologne 5 ms; oslo stands alone.
struct Europe {
  Europe() {
    isp = topology.add_place(PlaceKind::client_network, "isp");
    amsterdam = topology.add_place(PlaceKind::pop, "amsterdam");
    berlin = topology.add_place(PlaceKind::pop, "berlin");
    cologne = topology.add_place(PlaceKind::pop, "cologne");
    oslo = topology.add_place(PlaceKind::pop, "oslo");
    join(topology, "isp", "amsterdam", 9ms);
    join(topology, "isp", "berlin", 4ms);
    join(topology, "berlin", "cologne", 5ms);
  }
  Topology topology;
  std::uint32_t isp, amsterdam, berlin, cologne, oslo;
};

}  // namespace

TEST_CASE("the candidate of least delay is the nearest") {
  const Europe e;
  CHECK(nearest(e.topology, e.isp, {e.amsterdam, e.berlin, e.cologne}) == e.berlin);
  CHECK(nearest(e.topology, e.isp, {e.amsterdam}) == e.amsterdam);
}

TEST_CASE("at a tie the first candidate is the nearest") {
  const Europe e;  // amsterdam and cologne are both 9 ms away
  CHECK(nearest(e.topology, e.isp, {e.amsterdam, e.cologne}) == e.amsterdam);
  CHECK(nearest(e.topology, e.isp, {e.cologne, e.amsterdam}) == e.cologne);
}

TEST_CASE("what cannot be reached is nobody's nearest") {
  const Europe e;
  CHECK(nearest(e.topology, e.isp, {e.oslo, e.amsterdam}) == e.amsterdam);
  CHECK(nearest(e.topology, e.isp, {e.oslo}) == kNowhere);
  CHECK(nearest(e.topology, e.isp, {}) == kNowhere);
}

TEST_CASE("every cell of a network is steered to its nearest PoP") {
  Europe e;
  const auto second = e.topology.add_place(PlaceKind::client_network, "isp-2");
  join(e.topology, "isp-2", "oslo", 1ms);
  const SteeringTable table =
      steer_to_nearest(e.topology, {e.isp, second}, {4, 1}, {e.amsterdam, e.berlin, e.oslo});
  REQUIRE(table.place_of_cell.size() == 2);
  CHECK(table.place_of_cell[0] == std::vector<std::uint32_t>(4, e.berlin));
  CHECK(table.place_of_cell[1] == std::vector<std::uint32_t>(1, e.oslo));
  CHECK_THROWS_AS(steer_to_nearest(e.topology, {e.isp}, {1}, {e.oslo}), InternalError);
}
