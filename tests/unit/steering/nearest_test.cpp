// Steering by the nearest PoP: least delay, the first in the order of ids at a tie.

#include <cdnsim/models/steering/nearest.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_map.hpp>

namespace nearest_test {

using namespace cdnsim;

// isp - amsterdam 9 ms, isp - berlin 4 ms, berlin - cologne 5 ms; oslo stands alone.
SmallMap europe() {
  SmallMap map;
  map.isp("isp").pop("amsterdam").pop("berlin").pop("cologne").pop("oslo").isp("isp-2");
  map.link(LinkKind::pni, "isp", "amsterdam", 9ms).link(LinkKind::pni, "isp", "berlin", 4ms);
  map.link(LinkKind::backbone, "berlin", "cologne", 5ms);
  return map;
}

struct Europe {
  SmallMap map = europe();
  std::uint32_t isp = map.at("isp"), amsterdam = map.at("amsterdam"), berlin = map.at("berlin"),
                cologne = map.at("cologne"), oslo = map.at("oslo");
};

TEST_CASE("the candidate of least delay is the nearest") {
  const Europe e;
  CHECK(nearest(e.map.routing(), e.isp, {e.amsterdam, e.berlin, e.cologne}) == e.berlin);
  CHECK(nearest(e.map.routing(), e.isp, {e.amsterdam}) == e.amsterdam);
}

TEST_CASE("at a tie the first candidate is the nearest") {
  const Europe e;  // amsterdam and cologne are both 9 ms away
  CHECK(nearest(e.map.routing(), e.isp, {e.amsterdam, e.cologne}) == e.amsterdam);
  CHECK(nearest(e.map.routing(), e.isp, {e.cologne, e.amsterdam}) == e.cologne);
}

TEST_CASE("what cannot be reached is nobody's nearest") {
  const Europe e;
  CHECK(nearest(e.map.routing(), e.isp, {e.oslo, e.amsterdam}) == e.amsterdam);
  CHECK(nearest(e.map.routing(), e.isp, {e.oslo}) == kNowhere);
  CHECK(nearest(e.map.routing(), e.isp, {}) == kNowhere);
}

TEST_CASE("every cell of a network is steered to its nearest PoP") {
  Europe e;
  e.map.link(LinkKind::pni, "isp-2", "oslo", 1ms);
  const Routing routing = e.map.routing();
  const std::uint32_t second = e.map.at("isp-2");
  const SteeringTable table =
      steer_to_nearest(e.map.routing(), {e.isp, second}, {4, 1}, {e.amsterdam, e.berlin, e.oslo});
  REQUIRE(table.place_of_cell.size() == 2);
  CHECK(table.place_of_cell[0] == std::vector<std::uint32_t>(4, e.berlin));
  CHECK(table.place_of_cell[1] == std::vector<std::uint32_t>(1, e.oslo));
  const std::vector<std::vector<std::uint32_t>> nowhere = {{kNowhere}};
  CHECK(steer_to_nearest(e.map.routing(), {e.isp}, {1}, {e.oslo}).place_of_cell == nowhere);
}

}  // namespace nearest_test
