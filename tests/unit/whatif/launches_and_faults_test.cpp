// Events and launches that name what is taken away.
#include <cdnsim/whatif/what_if.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

namespace cdnsim::whatif {
namespace launches_and_faults_test {

using Ids = std::vector<std::string>;

Failure away(FailureKind kind, const std::string& id) { return Failure{kind, id, {}}; }

FaultsEvent faults() {
  FaultsEvent event;
  event.mtbf = 20s;
  event.mttr = 5s;
  return event;
}

// pop0 with its network, pop1 with its own, an exchange, a carrier, and a building around pop0.
Scenario with_events() {
  Scenario s = test::small_scenario(2, false);
  s.network.ixps["ix"] = IxpSpec{};
  s.network.transit_providers["carrier"] = {};
  s.network.failure_domains["building"].places = {"pop0"};
  PurgeEvent purge;
  purge.everything = true;
  s.events["purge"] = EventSpec{1s, purge};
  DownEvent down;
  down.node = "pop0";
  s.events["down"] = EventSpec{1s, down};
  FailEvent fail;
  fail.pop = "pop0";
  s.events["fail"] = EventSpec{1s, fail};
  FailEvent domain;
  domain.domain = "building";
  s.events["fail domain"] = EventSpec{1s, domain};
  s.events["fail link"] = test::fail_link(1s, "pop0-isp0", 1s);
  WithdrawEvent withdraw;
  withdraw.pop = "pop0";
  s.events["withdraw"] = EventSpec{1s, withdraw};
  DegradeEvent degrade;
  degrade.node = "pop0";
  degrade.delay = 1s;
  s.events["degrade"] = EventSpec{1s, degrade};
  FaultsEvent alone = faults();
  alone.servers_of = {"pop0"};
  alone.links = {"pop0-origin"};
  s.events["faults of pop0"] = EventSpec{1s, alone};
  FaultsEvent many = faults();
  many.servers_of = {"pop0", "pop1"};
  many.sites = {"origin", "pop0", "pop1"};
  many.links = {"pop0-isp0", "pop1-isp1"};
  many.ixps = {"ix"};
  many.transit_providers = {"carrier"};
  many.domains = {"building"};
  s.events["faults of many"] = EventSpec{1s, many};
  return s;
}

FaultsEvent faults_without(FailureKind kind, const std::string& id) {
  const Scenario s = with_events();
  for (const Failure& failure : failures_of(s.network, kind)) {
    if (failure.id != id) continue;
    return std::get<FaultsEvent>(without(s, failure).events.at("faults of many").what);
  }
  throw std::out_of_range(id);
}

TEST_CASE("events of every kind go with the PoP that they name, and faults go on with the rest") {
  REQUIRE(with_events().events.size() == 9);
  const Scenario left = without(with_events(), away(FailureKind::pop, "pop0"));
  CHECK(left.events.size() == 2);
  CHECK(left.events.contains("purge"));
  const auto& many = std::get<FaultsEvent>(left.events.at("faults of many").what);
  CHECK(many.servers_of == Ids{"pop1"});
  CHECK(many.sites == Ids{"origin", "pop1"});
  CHECK(many.links == Ids{"pop1-isp1"});
  CHECK(many.ixps == Ids{"ix"});
  CHECK(many.transit_providers == Ids{"carrier"});
  CHECK(many.domains.empty());
}

TEST_CASE("faults leave out whatever is away") {
  CHECK(faults_without(FailureKind::ixp, "ix").ixps.empty());
  CHECK(faults_without(FailureKind::transit, "carrier").transit_providers.empty());
  CHECK(faults_without(FailureKind::link, "pop1-isp1").links == Ids{"pop0-isp0"});
  CHECK(faults_without(FailureKind::domain, "building").domains.empty());
  CHECK(faults_without(FailureKind::domain, "building").sites == Ids{"origin", "pop1"});
  // An origin is there, and nothing brings it back.
  CHECK(faults_without(FailureKind::origin, "origin").sites == Ids{"pop0", "pop1"});
}

TEST_CASE("faults leave out links and caches of networks that are left out") {
  Scenario s = with_events();
  s.network.embedded["box"].host = "isp1";
  std::get<FaultsEvent>(s.events.at("faults of many").what).servers_of = {"box", "pop0"};
  const std::optional<Scenario> left = without_networks(s, {"isp1"});
  REQUIRE(left.has_value());
  CHECK(left->events.size() == 9);
  const auto& many = std::get<FaultsEvent>(left->events.at("faults of many").what);
  CHECK(many.servers_of == Ids{"pop0"});
  CHECK(many.links == Ids{"pop0-isp0"});
}

// One network and PoPs 10 ms and 2 ms away, old and new; new is launched, and old warms it.
Scenario with_launch() {
  Scenario s = test::ways_scenario(100);
  s.duration = 60s;
  test::add_isp(s, "isp", 8);
  for (const char* pop : {"new", "old"}) test::add_pop(s, pop);
  test::join(s, "old", "isp", LinkKind::pni, 10ms);
  test::join(s, "new", "isp", LinkKind::pni, 2ms);
  test::join(s, "new", "old", LinkKind::backbone, 10ms);
  PeerWarming peers;
  peers.from = "old";
  LaunchSpec& launch = s.launches["new"];
  launch.at = 15s;
  launch.warming = peers;
  launch.starts = 20s;
  launch.stages = {LaunchStage{Ratio{1.0}, 20s}};
  return s;
}

// The same with a third PoP, 30 ms away, where the launch is decided.
Scenario with_third() {
  Scenario s = with_launch();
  test::add_pop(s, "third");
  test::join(s, "third", "isp", LinkKind::pni, 30ms);
  for (const char* pop : {"new", "old"}) test::join(s, pop, "third", LinkKind::backbone, 10ms);
  s.launches.at("new").place = "third";
  return s;
}

TEST_CASE("a launch goes with its PoP, and is not warmed by one that is away") {
  CHECK(without(with_third(), away(FailureKind::pop, "new")).launches.empty());
  const Scenario left = without(with_third(), away(FailureKind::pop, "old"));
  REQUIRE(left.launches.size() == 1);
  CHECK(std::holds_alternative<std::monostate>(left.launches.at("new").warming));
  CHECK(left.launches.at("new").place == "third");
  const Scenario other = without(with_third(), away(FailureKind::pop, "third"));
  CHECK(std::holds_alternative<PeerWarming>(other.launches.at("new").warming));
  CHECK(other.launches.at("new").place.empty());
}

TEST_CASE("without any one of three PoPs a launch goes on, or there is none") {
  const Scenario s = with_third();
  const WhatIf found = what_if(s, failures_of(s.network, FailureKind::pop));
  REQUIRE(found.losses.size() == 3);
  for (const Loss& loss : found.losses) {
    INFO(loss.failure.id);
    CHECK(loss.has_run);
    CHECK_FALSE(loss.stranded.any());
    CHECK(loss.figures.requests == found.as_it_is.requests);
  }
}

TEST_CASE("where nobody serves before the launch, it is told and not run") {
  const WhatIf found = what_if(with_launch(), {away(FailureKind::pop, "old")});
  CHECK(found.as_it_is.requests > 0);
  CHECK_FALSE(found.losses[0].has_run);
  CHECK(found.losses[0].stranded.users == 0);
  CHECK_THAT(found.losses[0].stranded.reason,
             Catch::StartsWith("/launches: every PoP is launched"));
}

TEST_CASE("both are told where networks are stranded and the others cannot go on") {
  Scenario s = with_launch();
  test::add_isp(s, "village");
  test::join(s, "old", "village", LinkKind::pni, 1ms);
  const WhatIf found = what_if(s, {away(FailureKind::pop, "old")});
  CHECK_FALSE(found.losses[0].has_run);
  CHECK(found.losses[0].stranded.networks == Ids{"village"});
  CHECK_THAT(found.losses[0].stranded.reason,
             Catch::StartsWith("village reaches no PoP; /launches: every PoP is launched"));
}

TEST_CASE("a launch that steering gives nobody is a row that is not run") {
  const WhatIf found = what_if(with_launch(), {away(FailureKind::link, "new-isp")});
  CHECK(found.as_it_is.requests > 0);
  CHECK_FALSE(found.losses[0].has_run);
  CHECK_THAT(found.losses[0].stranded.reason,
             Catch::StartsWith("/launches/new: steering gives this PoP no clients"));
}

TEST_CASE("a scenario with faults runs without the PoP that they name") {
  Scenario s = with_third();
  s.launches.clear();
  FaultsEvent event = faults();
  event.servers_of = {"old"};
  event.sites = {"new", "old"};
  event.links = {"old-isp"};
  s.events["faults"] = EventSpec{10s, event};
  CHECK(what_if(s, {away(FailureKind::pop, "old")}).losses[0].has_run);
}

}  // namespace launches_and_faults_test

}  // namespace cdnsim::whatif
