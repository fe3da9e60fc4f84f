// Anycast: a network goes where it likes to go, which is not always near.

#include <cdnsim/models/routing/catchment.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_map.hpp>

namespace catchment_test {

using namespace cdnsim;

using Reached = std::vector<std::optional<std::uint32_t>>;

TEST_CASE("a network peers with a far PoP and pays to reach the near one") {
  SmallMap map;
  map.pop("near").pop("far").isp("isp").isp("alone").provider("big");
  map.link(LinkKind::transit, "near", "big", 1ms).link(LinkKind::transit, "isp", "big", 1ms);
  map.link(LinkKind::pni, "isp", "far", 60ms);
  const Routing routing = map.routing();
  const std::vector<std::uint32_t> networks = {map.at("isp"), map.at("alone")};
  CHECK(catchment(routing, networks, {0, 1}) == Reached{1, std::nullopt});
  CHECK(catchment(routing, networks, {0}) == Reached{0, std::nullopt});  // the far one withdrew
  CHECK(catchment(routing, networks, {}) == Reached{std::nullopt, std::nullopt});
}

TEST_CASE("as liked, fewer links go before delay, and delay before names") {
  SmallMap map;
  map.pop("first").pop("second").isp("isp").provider("a").provider("b");
  map.link(LinkKind::transit, "isp", "a", 1ms).link(LinkKind::transit, "a", "b", 1ms);
  map.link(LinkKind::transit, "first", "b", 1ms).link(LinkKind::transit, "second", "a", 50ms);
  CHECK(catchment(map.routing(), {map.at("isp")}, {0, 1}) == Reached{1});
  map.link(LinkKind::transit, "first", "a", 49ms);
  CHECK(catchment(map.routing(), {map.at("isp")}, {0, 1}) == Reached{0});
  map.pop("third").link(LinkKind::transit, "third", "a", 49ms);
  CHECK(catchment(map.routing(), {map.at("isp")}, {map.at("third"), 0, 1}) == Reached{0});
}

TEST_CASE("an embedded cache wins its own network and no other") {
  SmallMap map;
  map.pop("pop").place(PlaceKind::embedded_cache, "cache").isp("isp").isp("other");
  map.link(LinkKind::on_net, "cache", "isp", 9ms).link(LinkKind::pni, "pop", "isp", 1ms);
  map.link(LinkKind::pni, "pop", "other", 1ms).link(LinkKind::pni, "isp", "other", 1ms);
  CHECK(catchment(map.routing(), {map.at("isp"), map.at("other")}, {0, 1}) == Reached{1, 0});
}

}  // namespace catchment_test
