// Runs in which a cache stands inside a client network: who is asked, what comes from outside.

#include <set>

#include <cdnsim/assembly/network.hpp>
#include <tests/support/catch.hpp>

#include "boxed_scenario.hpp"

namespace cdnsim::test {
namespace embedded_run_test {

TEST_CASE("users of a network with a cache inside ask it, and each object comes in once") {
  Scenario s = boxed_scenario();
  add_steady(s, "base", 200, "pages");
  const Result result = run_boxed(s);
  const IspResult& isp = result.isps.front();
  // Ten objects of 1000 bytes; some 2000 requests ask for all of them.
  CHECK(result.requests.outcomes.requests > 1500);
  CHECK(result.tiers.at("embedded").outcomes.requests == result.requests.outcomes.requests);
  CHECK(result.tiers.at("edge").outcomes.requests == 0);
  CHECK(node_of(result, "pop0").relayed_requests == 10);
  CHECK(result.origin.requests == 10);
  CHECK(isp.requests == result.requests.outcomes.requests);
  CHECK(isp.fill_bytes == 10'000);
  CHECK(isp.external_bytes == 10'000);
  CHECK(isp.embedded_bytes == isp.bytes);
  CHECK(isp.bytes == result.tiers.at("embedded").bytes_served);
  CHECK(isp.external_offload_ratio ==
        Approx(1.0 - 10'000.0 / static_cast<double>(isp.bytes)).epsilon(1e-12));
  CHECK(isp.cacheable_offload_ratio == isp.external_offload_ratio);
  CHECK(isp.way == "embedded");
  CHECK(isp.served_by == "pop0");
  CHECK(isp.embedded == std::vector<std::string>{"box"});
  // What comes in over the PoP's link goes on into the cache, all of it.
  CHECK(result.traffic_share.at("embedded") == 1.0);
  CHECK(result.traffic_share.at("transit") == 0.0);
}

TEST_CASE("what may not be cached goes on asking the PoP, and nobody asks twice or not at all") {
  Scenario s = boxed_scenario();
  add_content(s, "calls", 100, 0.0, "no-store");
  add_steady(s, "base", 200, "pages");
  add_steady(s, "api", 100, "calls");
  const Result with = run_boxed(s);
  s.network.embedded.clear();
  const Result without = run_boxed(s);
  CHECK(with.requests.outcomes.requests == without.requests.outcomes.requests);
  for (const char* name : {"pages", "calls"}) {
    CHECK(with.classes.at(name).edge.outcomes.requests ==
          without.classes.at(name).edge.outcomes.requests);
  }
  const std::uint64_t calls = with.classes.at("calls").edge.outcomes.requests;
  CHECK(with.tiers.at("edge").outcomes.requests == calls);
  CHECK(with.tiers.at("edge").outcomes.passes == calls);
  CHECK(with.tiers.at("embedded").outcomes.passes == 0);
  // Outside: each page once, and every call.
  const IspResult& isp = with.isps.front();
  CHECK(isp.external_bytes == 10'000 + (isp.bytes - isp.embedded_bytes));
  CHECK(without.isps.front().external_bytes == without.isps.front().bytes);
  CHECK(without.isps.front().external_offload_ratio == 0.0);
}

TEST_CASE("only the classes that a cache serves are asked of it") {
  Scenario s = boxed_scenario();
  add_content(s, "films", 10, 0.0, "max-age=31536000");
  add_steady(s, "base", 200, "pages");
  add_steady(s, "more", 100, "films");
  s.network.embedded["box"].serves = {"films"};
  const Result result = run_boxed(s);
  CHECK(result.tiers.at("embedded").outcomes.requests ==
        result.classes.at("films").edge.outcomes.requests);
  CHECK(result.tiers.at("edge").outcomes.requests ==
        result.classes.at("pages").edge.outcomes.requests);
}

TEST_CASE("several caches share the cells of their host by their servers, each cell once") {
  Scenario s = boxed_scenario();
  s.network.client_networks["isp0"].cells = 64;
  s.network.embedded["large"].host = "isp0";
  s.network.embedded["large"].servers = 3;
  config::join_embedded(s.network);
  const auto plan = assembly::make_plan(s);
  REQUIRE(plan->embedded.size() == 2);
  std::set<std::uint32_t> cells;
  for (const assembly::EmbeddedCache& cache : plan->embedded) {
    for (const assembly::CellShare& share : cache.cells) CHECK(cells.insert(share.cell).second);
  }
  CHECK(cells.size() == 64);
  // One server of four: 16 of 64, give or take four times sqrt(64 / 4 x 3 / 4) = 3.5.
  CHECK(plan->embedded[0].cells.size() >= 2);
  CHECK(plan->embedded[0].cells.size() <= 30);
}

TEST_CASE("a cache asks the shield that it names") {
  Scenario s = small_scenario(1, true);
  s.network.embedded["box"].host = "isp0";
  s.network.embedded["box"].source = "shield";
  s.caching.embedded.memory = Bytes{1'000'000'000};
  LinkSpec link;
  link.from = "shield";
  link.to = "isp0";
  link.kind = LinkKind::pni;
  link.delay = std::chrono::milliseconds(5);
  s.network.links["shield-isp0"] = link;
  add_content(s, "pages", 10, 0.0, "max-age=31536000");
  add_steady(s, "base", 200, "pages");
  const Result result = run_boxed(s);
  CHECK(node_of(result, "pop0").relayed_requests == 0);
  CHECK(node_of(result, "shield").activity.outcomes.requests == 10);
}

TEST_CASE("a purge reaches caches inside networks too") {
  Scenario s = boxed_scenario();
  add_steady(s, "base", 200, "pages");
  PurgeEvent purge;
  purge.everything = true;
  purge.spread = Duration{0};
  s.events["purge"] = EventSpec{std::chrono::seconds(5), purge};
  const Result result = run_boxed(s);
  CHECK(result.events.front().copies_purged == 20);  // ten in the cache, ten in the PoP
  CHECK(result.isps.front().fill_bytes == 20'000);
}

}  // namespace embedded_run_test

}  // namespace cdnsim::test
