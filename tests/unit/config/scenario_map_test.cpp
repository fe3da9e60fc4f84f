// Places give delays, regions and local time; what is said by hand wins.

#include <cdnsim/config/scenario_map.hpp>
#include <cdnsim/models/topology/client_network.hpp>
#include <tests/support/catch.hpp>

namespace cdnsim::config {
namespace scenario_map_test {

NetworkSpec two_cities() {
  NetworkSpec network;
  network.pops["pop"].place = "frankfurt";
  network.client_networks["isp"].place = "berlin";
  network.origins["origin"].place = "frankfurt";
  network.shields["shield"] = {};
  LinkSpec link;
  link.from = "pop";
  link.to = "isp";
  network.links["a"] = link;
  return network;
}

TEST_CASE("a link without a delay takes as long as fibre between the places of its ends") {
  NetworkSpec network = two_cities();
  // Frankfurt 50.11 N 8.68 E, Berlin 52.52 N 13.41 E. By the law of cosines, in another form than
  // the code's: cos d = sin a sin b + cos a cos b cos(4.73 deg), on a sphere of 6371 km: 424.0 km.
  // 5 ns a metre are 2.1199 ms, times 1.66: 3.519 ms.
  const Duration by_hand{3'519'000};
  const Duration delay = delay_of(network, network.links["a"]).value();
  CHECK(delay > by_hand - Duration{1'000});
  CHECK(delay < by_hand + Duration{1'000});
  network.path_inflation = 3.32;
  const Duration twice = delay_of(network, network.links["a"]).value();
  CHECK(twice >= 2 * delay - Duration{1});
  CHECK(twice <= 2 * delay + Duration{1});
  network.links["a"].delay = 7ms;
  CHECK(delay_of(network, network.links["a"]) == 7ms);
}

TEST_CASE("inside a metro a link takes 50 microseconds") {
  NetworkSpec network = two_cities();
  network.links["a"].to = "origin";
  CHECK(delay_of(network, network.links["a"]) == Duration{50us});
}

TEST_CASE("without a place at both ends there is no delay to work out") {
  NetworkSpec network = two_cities();
  network.links["a"].to = "shield";
  CHECK_FALSE(delay_of(network, network.links["a"]));
  network.shields["shield"].place = "nowhere";
  CHECK_FALSE(delay_of(network, network.links["a"]));
}

TEST_CASE("a client network is where its place is") {
  ClientNetworkSpec spec;
  CHECK(region_of(spec).empty());
  CHECK(utc_offset_of(spec) == 0s);
  spec.place = "new-york";
  CHECK(region_of(spec) == "north-america");
  CHECK(utc_offset_of(spec) == -5h);
  spec.region = "coast";
  spec.utc_offset = -4h;
  CHECK(region_of(spec) == "coast");
  CHECK(utc_offset_of(spec) == -4h);
}

TEST_CASE("access gives delay and rate, and each can be said otherwise") {
  ClientNetworkSpec spec;
  CHECK(access_delay_of(spec) == 5ms);
  CHECK(access_rate_of(spec) == BitRate{50'000'000});
  spec.access = AccessKind::dsl;
  CHECK(access_delay_of(spec) == 16ms);
  CHECK(access_rate_of(spec) == BitRate{30'000'000});
  spec.access_rate = BitRate{16'000'000};
  CHECK(access_delay_of(spec) == 16ms);
  CHECK(access_rate_of(spec) == BitRate{16'000'000});
}

TEST_CASE("places and links come in one order, with relations and sessions") {
  NetworkSpec network = two_cities();
  network.transit_providers["tier1"] = {};
  network.ixps["ix"].sessions = {{"pop", "isp"}};
  const auto add = [&](const char* id, const char* from, const char* to, LinkKind kind) {
    LinkSpec link;
    link.from = from;
    link.to = to;
    link.kind = kind;
    network.links[id] = link;
  };
  add("b", "pop", "tier1", LinkKind::transit);
  add("c", "pop", "ix", LinkKind::ixp);
  add("d", "isp", "ix", LinkKind::ixp);
  network.links["d"].route_server = false;
  network.links["a"].relation = Relation::to_buys;
  const NetworkMap map = map_of(network);
  std::string ids;
  for (const cdnsim::Place& place : map.places) ids += place.id + " ";
  CHECK(ids == "isp pop shield origin tier1 ix ");
  REQUIRE(map.links.size() == 4);
  CHECK(map.links[0].relation == Relation::to_buys);
  CHECK(map.links[1].relation == Relation::from_buys);
  CHECK(map.links[2].route_server);
  CHECK_FALSE(map.links[3].route_server);
  REQUIRE(map.sessions.size() == 1);
  CHECK(map.sessions[0].exchange == 5);
  CHECK(map.sessions[0].one == 1);
  CHECK(map.sessions[0].other == 0);
}

}  // namespace scenario_map_test

}  // namespace cdnsim::config
