// Caches inside client networks that are away: who serves their users then.
#include <cdnsim/config/embedded_links.hpp>
#include <cdnsim/whatif/what_if.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

namespace cdnsim::whatif {
namespace embedded_loss_test {

// A cache in `host` that serves a customer behind it too; both are 5 ms from the PoP.
Scenario host_and_customer() {
  Scenario s = test::ways_scenario(100);
  s.duration = 20s;
  test::add_pop(s, "pop");
  for (const char* isp : {"customer", "host"}) {
    test::add_isp(s, isp, 2);
    test::join(s, "pop", isp, LinkKind::pni, 5ms);
  }
  test::join(s, "customer", "host", LinkKind::transit, 1ms);
  s.network.links["customer-host"].relation = Relation::from_buys;
  s.network.embedded["box"].host = "host";
  s.network.embedded["box"].neighbours = {"customer"};
  config::join_embedded(s.network);
  return s;
}

// After the warm-up; the same whoever serves it.
std::uint64_t asked_by(Scenario s, const std::string& network) {
  s.network.embedded.clear();
  return test::drawn(s, network, s.warmup, s.duration);
}

Loss loss_of(const Scenario& s, FailureKind kind, const std::string& id) {
  for (const Failure& failure : failures_of(s.network, kind)) {
    if (failure.id == id) return what_if(s, {failure}).losses.front();
  }
  throw std::out_of_range(id);
}

TEST_CASE("who was served by a cache is displaced when it is away") {
  const Scenario s = host_and_customer();
  const std::uint64_t host = asked_by(s, "host"), customer = asked_by(s, "customer");
  for (const auto& [kind, id] : {std::pair(FailureKind::embedded, std::string("box")),
                                 std::pair(FailureKind::link, std::string("box on-net"))}) {
    INFO(id);
    const Loss loss = loss_of(s, kind, id);
    REQUIRE(loss.has_run);
    CHECK_FALSE(loss.stranded.any());
    CHECK(loss.figures.displaced == host + customer);
    CHECK(loss.figures.errors == 0);
  }
}

TEST_CASE("a neighbour that loses the way to its only cache goes to the PoP, and is counted") {
  const Scenario s = host_and_customer();
  const Loss loss = loss_of(s, FailureKind::link, "customer-host");
  REQUIRE(loss.has_run);
  CHECK(loss.figures.displaced == asked_by(s, "customer"));
  CHECK(loss.figures.requests == asked_by(s, "customer") + asked_by(s, "host"));
}

TEST_CASE("who comes to a cache for want of a PoP is displaced too") {
  Scenario s = host_and_customer();
  for (const char* isp : {"customer", "host"}) s.network.client_networks[isp].cells = 16;
  s.network.embedded["twin"] = s.network.embedded["box"];
  config::join_embedded(s.network);
  const Scenario alone = without(s, Failure{FailureKind::embedded, "twin", {}});
  const std::uint64_t all = asked_by(s, "host") + asked_by(s, "customer");
  const Loss loss = loss_of(s, FailureKind::embedded, "twin");
  REQUIRE(alone.network.embedded.size() == 1);
  // What the twin had goes to the other cache: not all, and not nothing.
  CHECK(loss.figures.displaced > 0);
  CHECK(loss.figures.displaced < all);
  CHECK(loss.figures.displaced + loss_of(s, FailureKind::embedded, "box").figures.displaced == all);
}

TEST_CASE("a source that is cut off from a cache is not asked") {
  Scenario s = host_and_customer();
  s.network.shields["shield"] = ShieldSpec{1};
  test::join(s, "shield", "origin", LinkKind::backbone, 10ms);
  test::join(s, "shield", "host", LinkKind::pni, 10ms);
  s.network.embedded["box"].source = "shield";
  const Loss loss = loss_of(s, FailureKind::link, "shield-host");
  CHECK(loss.has_run);
  CHECK(loss.figures.displaced == 0);
  CHECK(loss.figures.errors == 0);
}

TEST_CASE("a failure domain says all that is in it") {
  Scenario s = host_and_customer();
  s.network.pops["pop"].servers = 3;
  FailureDomainSpec& building = s.network.failure_domains["building"];
  building.places = {"box"};
  building.links = {"customer-host"};
  building.servers["pop"] = {0, 2};
  const std::vector<Failure> domains = failures_of(s.network, FailureKind::domain);
  REQUIRE(domains.size() == 1);
  CHECK(domains.front().members ==
        std::vector<std::string>{"box", "customer-host", "pop server 0", "pop server 2"});
}

}  // namespace embedded_loss_test

}  // namespace cdnsim::whatif
