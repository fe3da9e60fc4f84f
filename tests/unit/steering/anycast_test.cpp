// Anycast goes where a network likes to go, nearest where it is short.

#include <cdnsim/models/steering/anycast.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_map.hpp>

namespace anycast_test {

using namespace cdnsim;

TEST_CASE("anycast comes to a far PoP over a PNI, nearest to a near one over transit") {
  SmallMap map;
  map.isp("isp").pop("far").pop("near").provider("big");
  map.link(LinkKind::pni, "isp", "far", 40ms);
  map.link(LinkKind::transit, "isp", "big", 2ms).link(LinkKind::transit, "near", "big", 3ms);
  const Routing routing = map.routing();
  const std::vector<std::uint32_t> isp = {map.at("isp")}, pops = {map.at("far"), map.at("near")};
  CHECK(steer_by_anycast(routing, isp, {2}, pops).place_of_cell ==
        std::vector<std::vector<std::uint32_t>>{{map.at("far"), map.at("far")}});
  CHECK(steer_to_nearest(routing, isp, {2}, pops).place_of_cell ==
        std::vector<std::vector<std::uint32_t>>{{map.at("near"), map.at("near")}});
}

TEST_CASE("whom no PoP reaches goes nowhere") {
  SmallMap map;
  map.isp("isp").pop("pop");
  const std::vector<std::vector<std::uint32_t>> nowhere = {{kNowhere}};
  CHECK(steer_by_anycast(map.routing(), {map.at("isp")}, {1}, {map.at("pop")}).place_of_cell ==
        nowhere);
  CHECK(steer_to_nearest(map.routing(), {map.at("isp")}, {1}, {map.at("pop")}).place_of_cell ==
        nowhere);
}

}  // namespace anycast_test
