// Which of several ways is taken: kind, then links, then delay, then the links' order.

#include <string>

#include <tests/support/catch.hpp>
#include <tests/support/small_map.hpp>

namespace preference_test {

using namespace cdnsim;

// A PoP that reaches its ISP over all kinds at once; the better the kind, the slower.
SmallMap all_kinds() {
  SmallMap map;
  map.pop("pop").isp("isp").provider("big").exchange("ix");
  return map.link(LinkKind::transit, "pop", "big", 1ms)
      .link(LinkKind::transit, "isp", "big", 1ms)
      .link(LinkKind::ixp, "pop", "ix", 10ms)
      .link(LinkKind::ixp, "isp", "ix", 10ms)
      .link(LinkKind::pni, "pop", "isp", 30ms)
      .link(LinkKind::on_net, "isp", "pop", 40ms);
}

TEST_CASE("on-net before PNI before exchange before transit, however slow") {
  const SmallMap map = all_kinds();
  Routing routing = map.routing();
  const auto kind = [&] {
    return kind_of(routing.map(), routing.best_path(map.at("pop"), map.at("isp")).value());
  };
  CHECK(way(map, routing, "pop", "isp") == "<isp-pop");
  CHECK(kind() == LinkKind::on_net);
  routing.set_link_up(map.link_at("isp-pop"), false);
  CHECK(way(map, routing, "pop", "isp") == "pop-isp");
  CHECK(kind() == LinkKind::pni);
  routing.set_link_up(map.link_at("pop-isp"), false);
  CHECK(way(map, routing, "pop", "isp") == "pop-ix <isp-ix");
  CHECK(kind() == LinkKind::ixp);
  routing.set_link_up(map.link_at("isp-ix"), false);
  CHECK(way(map, routing, "pop", "isp") == "pop-big <isp-big");
  CHECK(kind() == LinkKind::transit);
  CHECK(routing.best_path(0, 1)->delay == 2ms);
  routing.set_link_up(map.link_at("pop-big"), false);
  CHECK(way(map, routing, "pop", "isp") == "none");
}

TEST_CASE("the kind is that of the link that leaves the sender, each sender's own") {
  SmallMap map;
  map.pop("pop").isp("big isp").isp("isp").exchange("ix");
  map.link(LinkKind::pni, "pop", "big isp").link(LinkKind::transit, "isp", "big isp");
  map.link(LinkKind::ixp, "pop", "ix").link(LinkKind::ixp, "isp", "ix");
  // The CDN likes its PNI; the ISP likes not to pay.
  CHECK(way(map, "pop", "isp") == "pop-big isp <isp-big isp");
  CHECK(way(map, "isp", "pop") == "isp-ix <pop-ix");
}

TEST_CASE("the backbone does not count as leaving") {
  SmallMap map;
  map.pop("west").pop("east").isp("isp").provider("big");
  map.link(LinkKind::transit, "west", "big").link(LinkKind::transit, "isp", "big");
  map.link(LinkKind::backbone, "west", "east", 80ms).link(LinkKind::pni, "east", "isp", 80ms);
  const Routing routing = map.routing();
  CHECK(way(map, routing, "west", "isp") == "west-east east-isp");
  CHECK(kind_of(routing.map(), *routing.best_path(0, 2)) == LinkKind::pni);
  CHECK(kind_of(routing.map(), *routing.best_path(0, 1)) == LinkKind::backbone);
}

TEST_CASE("of two ways of one kind the one with fewer links, then the faster, then the first") {
  SmallMap map;
  map.pop("pop").provider("a").provider("b").provider("c").isp("isp");
  map.link(LinkKind::transit, "pop", "a", 1ms).link(LinkKind::transit, "a", "b", 1ms);
  map.link(LinkKind::transit, "isp", "b", 1ms).link(LinkKind::transit, "isp", "c", 20ms);
  map.link(LinkKind::transit, "pop", "c", 20ms);
  CHECK(way(map, "pop", "isp") == "pop-c <isp-c");
  map.link(LinkKind::transit, "pop", "b", 39ms);
  CHECK(way(map, "pop", "isp") == "pop-c <isp-c");  // 40 ms each, and "pop-c" comes first
  map.provider("d").link(LinkKind::transit, "pop", "d", 19ms).link(LinkKind::transit, "isp", "d");
  CHECK(way(map, "pop", "isp") == "pop-d <isp-d");
}

TEST_CASE("a customer is liked before a peer, so that no way passes one place twice") {
  SmallMap map;
  map.isp("isp").isp("peer and provider").isp("customer");
  map.link(LinkKind::pni, "isp", "peer and provider");
  map.link(LinkKind::transit, "isp", "peer and provider");
  map.link(LinkKind::transit, "customer", "isp");
  CHECK(way(map, "isp", "customer") == "<customer-isp");
}

TEST_CASE("a way has the delay of its links and the capacity of the narrowest") {
  const SmallMap map = all_kinds();
  const Routing routing = map.routing();
  const auto path = routing.best_path(0, 1).value();
  CHECK(path.delay == 40ms);
  CHECK(path.narrowest == BitRate{100'000'000'000});
  CHECK(routing.best_path(0, 0)->ports.empty());
}

}  // namespace preference_test
