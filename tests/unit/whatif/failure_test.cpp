// Scenarios with something taken away.
#include <cdnsim/whatif/failure.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace cdnsim::whatif {
namespace failure_test {

LinkSpec link(const std::string& from, const std::string& to, LinkKind kind) {
  LinkSpec spec;
  spec.from = from;
  spec.to = to;
  spec.kind = kind;
  spec.delay = 1ms;
  return spec;
}

// small_scenario(2, true) with a second shield that stands in, two routers of one provider, one of
// another, and an exchange.
Scenario with_everything() {
  Scenario s = test::small_scenario(2, true);
  NetworkSpec& network = s.network;
  network.shields["spare"] = ShieldSpec{1};
  network.shields["shield"].failover = "spare";
  network.pops["pop0"].shield = "shield";
  network.pops["pop1"].shields["origin"] = "shield";
  network.pops["pop1"].peers = {"pop0"};
  for (const char* id : {"big-east", "big-west", "other"}) network.transit_providers[id] = {};
  network.ixps["ix"] = IxpSpec{};
  network.links["east-west"] = link("big-east", "big-west", LinkKind::backbone);
  network.links["big-other"] = link("big-west", "other", LinkKind::pni);
  network.links["pop0-big"] = link("pop0", "big-east", LinkKind::transit);
  network.links["pop0-ix"] = link("pop0", "ix", LinkKind::ixp);
  network.links["isp1-ix"] = link("isp1", "ix", LinkKind::ixp);
  network.links["spare-origin"] = link("spare", "origin", LinkKind::backbone);
  return s;
}

std::vector<std::string> ids_of(const NetworkSpec& network, FailureKind kind) {
  std::vector<std::string> ids;
  for (const Failure& failure : failures_of(network, kind)) ids.push_back(failure.id);
  return ids;
}

Scenario without(FailureKind kind, const std::string& id) {
  const Scenario s = with_everything();
  for (const Failure& failure : failures_of(s.network, kind)) {
    if (failure.id == id) return without(s, failure);
  }
  FAIL(id << " is none");
  return s;
}

TEST_CASE("everything that can be away, by kind") {
  const NetworkSpec network = with_everything().network;
  using Ids = std::vector<std::string>;
  CHECK(ids_of(network, FailureKind::pop) == Ids{"pop0", "pop1"});
  CHECK(ids_of(network, FailureKind::shield) == Ids{"shield", "spare"});
  CHECK(ids_of(network, FailureKind::ixp) == Ids{"ix"});
  CHECK(ids_of(network, FailureKind::origin) == Ids{"origin"});
  CHECK(failures_of(network, FailureKind::link).size() == network.links.size());
  // Two routers are one provider, named by what they have in common.
  const std::vector<Failure> transit = failures_of(network, FailureKind::transit);
  REQUIRE(transit.size() == 2);
  CHECK(transit[0] == Failure{FailureKind::transit, "big", {"big-east", "big-west"}});
  CHECK(transit[1] == Failure{FailureKind::transit, "other", {"other"}});
}

TEST_CASE("links that leave through one port go together; those of nobody's are none") {
  Scenario s = with_everything();
  s.network.links["pop0-ix"].pricing.port = "wide";
  s.network.links["pop0-big"].pricing.port = "wide";
  std::size_t ports = 0;
  for (const Failure& failure : failures_of(s.network, FailureKind::port)) {
    ++ports;
    if (failure.id == "wide") {
      CHECK(failure.members == std::vector<std::string>{"pop0-big", "pop0-ix"});
      const Scenario left = without(s, failure);
      CHECK_FALSE(left.network.links.contains("pop0-ix"));
      CHECK_FALSE(left.network.links.contains("pop0-big"));
      CHECK(left.network.links.contains("isp1-ix"));
    }
  }
  // small_scenario's five, spare-origin, and the two that share one.
  CHECK(ports == 7);
}

TEST_CASE("without a PoP its links, its events and who asked it are gone") {
  Scenario s = with_everything();
  DownEvent down;
  down.node = "pop0";
  s.events["down"] = EventSpec{1s, down};
  s.network.pops["pop1"].shield = "pop0";  // a PoP that relays
  const Scenario left = without(s, Failure{FailureKind::pop, "pop0", {}});
  CHECK_FALSE(left.network.pops.contains("pop0"));
  for (const auto& [id, spec] : left.network.links) {
    CHECK(spec.from != "pop0");
    CHECK(spec.to != "pop0");
  }
  CHECK(left.network.pops.at("pop1").peers.empty());
  CHECK(left.network.pops.at("pop1").shield == "nearest");
  CHECK(left.events.empty());
  CHECK(stranded_in(left).networks == std::vector<std::string>{"isp0"});
  CHECK(stranded_in(left).users == 1'000'000);
  CHECK(stranded_in(left).reason == "isp0 reaches no PoP");
}

TEST_CASE("who asked a shield that is away asks its stand-in") {
  const Scenario left = without(FailureKind::shield, "shield");
  CHECK(left.network.pops.at("pop0").shield == "spare");
  CHECK(left.network.pops.at("pop1").shields.at("origin") == "spare");
  const Scenario other = without(FailureKind::shield, "spare");
  CHECK(other.network.shields.at("shield").failover.empty());
  CHECK(other.network.pops.at("pop0").shield == "shield");
}

TEST_CASE("an exchange, a provider and a link take what ends at them along") {
  CHECK_FALSE(without(FailureKind::ixp, "ix").network.links.contains("isp1-ix"));
  const NetworkSpec left = without(FailureKind::transit, "big").network;
  CHECK(left.transit_providers.size() == 1);
  CHECK_FALSE(left.links.contains("big-other"));
  CHECK_FALSE(left.links.contains("pop0-big"));
  const NetworkSpec cut = without(FailureKind::link, "pop0-ix").network;
  CHECK_FALSE(cut.links.contains("pop0-ix"));
  CHECK(cut.links.size() == with_everything().network.links.size() - 1);
}

TEST_CASE("an origin stays where it is, and is down all the time") {
  const Scenario left = without(FailureKind::origin, "origin");
  CHECK(left.network.origins.contains("origin"));
  REQUIRE(left.events.size() == 1);
  const EventSpec& event = left.events.begin()->second;
  CHECK(event.at == 0s);
  CHECK(std::get<DownEvent>(event.what).node == "origin");
  CHECK_FALSE(std::get<DownEvent>(event.what).lasts.has_value());
}

// with_everything() with a cache inside, five servers in pods of two at pop0, and two domains.
Scenario with_groups() {
  Scenario s = with_everything();
  s.network.embedded["box"].host = "isp0";
  s.network.links["box-isp0"] = link("box", "isp0", LinkKind::on_net);
  s.network.pops["pop0"].servers = 5;
  s.network.pops["pop0"].kit.pod_servers = 2;
  FailureDomainSpec& building = s.network.failure_domains["building"];
  building.places = {"pop1", "ix"};
  building.links = {"big-other"};
  building.servers["pop0"] = {3};
  s.network.failure_domains["all of pop0"].pods["pop0"] = {0, 1, 2};
  return s;
}

TEST_CASE("caches inside, pods where there are several, and failure domains can be away") {
  const NetworkSpec network = with_groups().network;
  using Ids = std::vector<std::string>;
  CHECK(ids_of(network, FailureKind::embedded) == Ids{"box"});
  CHECK(ids_of(network, FailureKind::pod) == Ids{"pop0/0", "pop0/1", "pop0/2"});
  CHECK(ids_of(network, FailureKind::domain) == Ids{"all of pop0", "building"});
}

TEST_CASE("servers of a pod stay and are down, all of them from the start") {
  const Scenario left = without(with_groups(), Failure{FailureKind::pod, "pop0/2", {"pop0"}});
  CHECK(left.network.pops.at("pop0").servers == 5);
  REQUIRE(left.events.size() == 1);
  const auto& down = std::get<DownEvent>(left.events.begin()->second.what);
  CHECK(down.node == "pop0");
  CHECK(down.server == 4U);
  CHECK(down.noticed_after == 0s);
  CHECK(without(with_groups(), Failure{FailureKind::pod, "pop0/1", {"pop0"}}).events.size() == 2);
}

TEST_CASE(
    "a failure domain takes places, links and servers along, or a site with all of its pods") {
  const Scenario left = without(with_groups(), Failure{FailureKind::domain, "building", {}});
  CHECK_FALSE(left.network.pops.contains("pop1"));
  CHECK_FALSE(left.network.ixps.contains("ix"));
  CHECK_FALSE(left.network.links.contains("pop0-ix"));
  CHECK_FALSE(left.network.links.contains("big-other"));
  REQUIRE(left.events.size() == 1);
  CHECK(std::get<DownEvent>(left.events.begin()->second.what).server == 3U);
  const Scenario other = without(with_groups(), Failure{FailureKind::domain, "all of pop0", {}});
  CHECK_FALSE(other.network.pops.contains("pop0"));
  CHECK(other.network.pops.contains("pop1"));
  CHECK(other.events.empty());
}

TEST_CASE("without a cache inside its link is gone too, and its users stay") {
  const Scenario left = without(with_groups(), Failure{FailureKind::embedded, "box", {}});
  CHECK(left.network.embedded.empty());
  CHECK_FALSE(left.network.links.contains("box-isp0"));
  CHECK(stranded_in(left).networks.empty());
  // The peers of this scenario have no way to each other, with the cache or without.
  CHECK(stranded_in(left).reason == stranded_in(with_groups()).reason);
}

TEST_CASE("without networks the others ask for what they asked before") {
  Scenario s = test::small_scenario(2, false);
  s.network.client_networks["isp1"].users = 3'000'000;
  test::add_content(s, "pages", 10, 0.0, "max-age=60");
  test::add_steady(s, "all", 100, "pages");
  const std::optional<Scenario> left = without_networks(s, {"isp1"});
  REQUIRE(left.has_value());
  CHECK(left->network.client_networks.size() == 1);
  CHECK_FALSE(left->network.links.contains("pop1-isp1"));
  // A quarter of the users is left, of a quarter of the rate.
  CHECK(std::get<Steady>(left->traffic.at("all")).rate == Rate{25.0});
  CHECK_FALSE(without_networks(s, {"isp0", "isp1"}).has_value());
  TraceReplay trace;
  s.traffic["trace"] = trace;
  CHECK_FALSE(without_networks(s, {"isp1"}).has_value());
}

TEST_CASE("who can still work is not stranded, and who cannot fetch is") {
  CHECK_FALSE(stranded_in(test::small_scenario(2, false)).any());
  Scenario s = test::small_scenario(2, false);
  test::add_content(s, "pages", 10, 0.0, "max-age=60");
  s.network.links.erase("pop0-origin");
  const Stranded stranded = stranded_in(s);
  CHECK(stranded.networks.empty());
  CHECK_THAT(stranded.reason,
             Catch::StartsWith("/network/pops/pop0: cannot reach the origin \"origin\""));
}

}  // namespace failure_test

}  // namespace cdnsim::whatif
