// Failure domains: all that is in one goes and comes back at once. Counts by hand from the draws.

#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

namespace domain_run_test {

using namespace cdnsim;
using namespace cdnsim::test;

constexpr std::uint64_t kBytes = 1000;  // of an object

EventSpec fail_domain(Duration at, const std::string& domain, std::optional<Duration> lasts) {
  FailEvent event;
  event.domain = domain;
  event.lasts = lasts;
  return EventSpec{at, event};
}

// To the clients a PNI of 5 ms, an exchange of 10 and a provider of 30 ms.
Scenario three_ways() {
  Scenario s = ways_scenario(200);
  add_isp(s, "isp");
  add_pop(s, "pop");
  s.network.ixps["ix"] = IxpSpec{};
  s.network.transit_providers["big"] = TransitProviderSpec{};
  join(s, "pop", "isp", LinkKind::pni, 5ms);
  join(s, "pop", "ix", LinkKind::ixp, 4ms);
  join(s, "isp", "ix", LinkKind::ixp, 6ms);
  join(s, "pop", "big", LinkKind::transit, 20ms);
  join(s, "isp", "big", LinkKind::transit, 10ms);
  return s;
}

// Two PoPs, 5 and 20 ms from the clients, in two cities.
Scenario two_cities() {
  Scenario s = ways_scenario(200);
  add_isp(s, "isp", 4);
  add_pop(s, "home");
  add_pop(s, "other");
  s.network.pops["home"].place = "frankfurt";
  s.network.pops["other"].place = "paris";
  s.network.client_networks["isp"].place = "frankfurt";
  join(s, "home", "isp", LinkKind::pni, 5ms);
  join(s, "other", "isp", LinkKind::pni, 20ms);
  return s;
}

std::uint64_t requests_at(const Result& result, const std::string& node) {
  return node_of(result, node).activity.outcomes.requests;
}

TEST_CASE("links in one duct fail together: the way that shares nothing with them is left") {
  Scenario s = three_ways();
  s.network.failure_domains["duct"].links = {"pop-isp", "isp-ix"};
  s.events["digger"] = fail_domain(20s, "duct", 60s);
  const Result result = run(s).result;
  CHECK(ways_of(result).links_failed == 2);
  CHECK(result.events.front().servers_failed == 0);
  // Lost until routing reacts after 10 s, and then over the provider until 80 + 10 s.
  CHECK(result.requests.outcomes.dropped == drawn(s, "isp", 20s, 30s));
  CHECK(link_of(result, "pop-big").forward.bytes == drawn(s, "isp", 30s, 90s) * kBytes);
  CHECK(link_of(result, "pop-ix").dearer.bytes == 0);
}

TEST_CASE("a domain does what events for each of its members at one time would do") {
  Scenario s = three_ways();
  s.network.failure_domains["duct"].links = {"pop-isp", "isp-ix"};
  s.events["digger"] = fail_domain(20s, "duct", 60s);
  const Result together = run(s).result;
  s.events.clear();
  s.events["a"] = fail_link(20s, "pop-isp", 60s);
  s.events["b"] = fail_link(20s, "isp-ix", 60s);
  const Result each = run(s).result;
  CHECK(together.requests.outcomes.hits == each.requests.outcomes.hits);
  CHECK(together.requests.outcomes.dropped == each.requests.outcomes.dropped);
  CHECK(together.latency.all.ttfb.mean == each.latency.all.ttfb.mean);
  for (std::size_t i = 0; i < together.links.size(); ++i) {
    CHECK(together.links[i].forward.bytes == each.links[i].forward.bytes);
  }
}

TEST_CASE("a building that fails takes its PoP and its exchange with it") {
  Scenario s = two_cities();
  s.network.ixps["ix"] = IxpSpec{};
  join(s, "home", "ix", LinkKind::ixp, 1ms);
  join(s, "isp", "ix", LinkKind::ixp, 1ms);
  s.network.failure_domains["building"].places = {"home", "ix"};
  s.events["fire"] = fail_domain(20s, "building", 60s);
  const Result result = run(s).result;
  CHECK(ways_of(result).links_failed == 4);  // home-origin, home-isp, home-ix, isp-ix
  CHECK(ways_of(result).cells_moved == 4);
  CHECK(result.requests.outcomes.dropped == drawn(s, "isp", 20s, 30s));
  CHECK(requests_at(result, "other") == drawn(s, "isp", 30s, 90s));
}

TEST_CASE("a metro and a region are all places in them but client networks") {
  for (const bool by_region : {false, true}) {
    Scenario s = two_cities();
    if (by_region) s.network.pops["other"].place = "new-york";
    FailureDomainSpec& domain = s.network.failure_domains["there"];
    if (by_region) domain.regions = {"europe"};
    if (!by_region) domain.metros = {"frankfurt"};
    s.events["storm"] = fail_domain(20s, "there", 60s);
    const Result result = run(s).result;
    INFO("region: " << by_region);
    CHECK(ways_of(result).links_failed == 2);  // home-origin and home-isp, not other-isp
    CHECK(requests_at(result, "other") == drawn(s, "isp", 30s, 90s));
    CHECK(requests_at(result, "home") == drawn(s, "isp", 10s, 30s) + drawn(s, "isp", 90s, 120s));
  }
}

TEST_CASE("domains that share a member: it works again when the last of them does") {
  Scenario s = three_ways();
  s.network.failure_domains["duct"].links = {"pop-isp"};
  s.network.failure_domains["cable"].links = {"pop-isp", "pop-ix", "pop-big"};
  s.events["a"] = fail_domain(20s, "cable", 20s);
  s.events["b"] = fail_domain(30s, "duct", 40s);
  const Result result = run(s).result;
  // Nothing until 40 + 10 s, when exchange and provider are back; the PNI is from 70 + 10 s.
  CHECK(result.requests.outcomes.dropped == drawn(s, "isp", 20s, 50s));
  CHECK(link_of(result, "pop-ix").forward.bytes == drawn(s, "isp", 50s, 80s) * kBytes);
}

TEST_CASE("a place of any kind fails by itself") {
  Scenario s = ways_scenario(100);
  add_isp(s, "isp");
  s.network.pops["pop"] = PopSpec{1, "shield"};
  s.network.shields["shield"] = ShieldSpec{1};
  join(s, "pop", "isp", LinkKind::pni, 5ms);
  join(s, "pop", "shield", LinkKind::backbone, 10ms);
  join(s, "shield", "origin", LinkKind::backbone, 15ms);
  s.content.clear();
  add_content(s, "pages", 1000, 0.0, "no-store");
  for (const bool is_origin : {false, true}) {
    FailEvent event;
    (is_origin ? event.origin : event.shield) = is_origin ? "origin" : "shield";
    s.events["cut"] = EventSpec{20s, event};
    const Result result = run(s).result;
    CHECK(ways_of(result).links_failed == (is_origin ? 1 : 2));
    // Nothing is kept, so that nothing is served from then on.
    CHECK(result.requests.timed_out + result.requests.errors >= drawn(s, "isp", 20s, 116s));
    CHECK(result.requests.timed_out + result.requests.errors <= drawn(s, "isp", 19s, 120s));
  }
}

TEST_CASE("domains fail the same for any number of threads") {
  Scenario s = two_cities();
  s.network.failure_domains["there"].metros = {"frankfurt"};
  s.network.failure_domains["there"].servers["other"] = {0};
  s.events["storm"] = fail_domain(20s, "there", 30s);
  const std::string digest = run(s, {.threads = 1}).result.digest;
  CHECK(run(s, {.threads = 2}).result.digest == digest);
  CHECK(run(s, {.threads = 3}).result.digest == digest);
}

}  // namespace domain_run_test
