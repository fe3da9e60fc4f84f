// What a cache inside a network is worth to the network and to the CDN, and a PoP to the CDN: by
// hand, from the rates of a run.

#include <cmath>

#include <tests/support/catch.hpp>

#include "boxed_scenario.hpp"

namespace cdnsim::test {
namespace worth_run_test {

// 100 requests a second for films of a megabyte: 800 Mbps, the same at any hour. All ten come in
// during the warm-up.
Scenario films() {
  Scenario s = boxed_scenario();
  s.content["pages"].size.law = FixedSize{Bytes{1'000'000}};
  add_steady(s, "base", 100, "pages");
  s.duration = 900s;
  s.warmup = 300s;
  s.network.client_networks["isp0"].transit_price = PricePerMbps{1_USD};
  s.network.client_networks["isp0"].access_rate = 10_Gbps;
  s.billing.emplace();
  s.billing->profile = Curve::constant();
  return s;
}

TEST_CASE("a network saves the transit of what its cache serves, less its room and power") {
  const Result with = run_boxed(films());
  REQUIRE(with.isps.front().month);
  const IspMonth& month = *with.isps.front().month;
  CHECK(month.transit_without == Approx(800).epsilon(0.02));
  CHECK(month.transit_with == 0);
  CHECK(month.hosting == 137.5);  // 0.5 kW at 275 USD
  CHECK(month.saved == Approx(month.transit_without - 137.5));

  Scenario s = films();
  s.network.embedded.clear();
  const Result without = run_boxed(s);
  const IspMonth& as_it_is = *without.isps.front().month;
  CHECK(as_it_is.transit_with == Approx(month.transit_without).epsilon(0.01));
  CHECK(as_it_is.transit_with == as_it_is.transit_without);
  CHECK(as_it_is.saved == 0);
}

TEST_CASE("behind private peering a cache spares no transit and costs its room") {
  Scenario s = films();
  s.network.links["pop0-isp0"].kind = LinkKind::pni;
  const Result result = run_boxed(s);
  const IspMonth& month = *result.isps.front().month;
  CHECK(month.transit_without == 0);
  CHECK(month.saved == -137.5);
  const SiteMonth& box = *node_of(result, "box").month;
  CHECK(box.earns_per_gbps == 0);
  CHECK(std::isnan(box.break_even_bps));
}

TEST_CASE("a network pays the one of which it buys transit, which pays for both") {
  Scenario s = films();
  s.network.embedded.clear();
  s.network.client_networks["customer"] = s.network.client_networks["isp0"];
  LinkSpec& link = s.network.links["customer-isp0"];
  link.from = "customer";
  link.to = "isp0";
  link.kind = LinkKind::transit;
  link.capacity = 10_Gbps;
  link.delay = 1ms;
  const Result result = run_boxed(s);
  REQUIRE(result.isps.size() == 2);
  REQUIRE(result.isps[0].id == "customer");
  CHECK(result.isps[0].month->transit_with == Approx(400).epsilon(0.03));
  CHECK(result.isps[1].month->transit_with == Approx(800).epsilon(0.02));
}

TEST_CASE("a cache pays the CDN where it spares transit") {
  const Result result = run_boxed(films());
  const SiteMonth& box = *node_of(result, "box").month;
  // 800 Mbps at 0.10 USD/Mbps are 80 USD a month: 100 for each Gbps. A server of 17,500 USD is
  // written off in 48 months, and its host gives the rest.
  CHECK(box.sustained_bps == Approx(800e6).epsilon(0.02));
  CHECK(box.purchase == 17'500);
  CHECK(box.written_off == Approx(364.583333333).epsilon(1e-9));
  CHECK(box.fixed == 0);
  CHECK(box.costs_per_gbps == 0);
  CHECK(box.earns_per_gbps == Approx(100).epsilon(0.005));
  CHECK(box.break_even_bps == Approx(3.64583e9).epsilon(0.005));
  CHECK(box.payback_months == Approx(17'500 / 80.0).epsilon(0.02));
}

TEST_CASE("a PoP is worth what customers pay for what it serves") {
  Scenario s = films();
  s.network.embedded.clear();
  s.billing->prices["pages"] = PricePerGb{Money{5'000'000}};  // 0.005 USD
  const Result result = run_boxed(s);
  const SiteMonth& pop = *node_of(result, "pop0").month;
  // 324,000 GB are a Gbps for 30 days: 1620 USD. Transit is 100 of them. One server and 0.5 kW.
  CHECK(pop.earns_per_gbps == Approx(1620).epsilon(0.001));
  CHECK(pop.costs_per_gbps == Approx(100).epsilon(0.02));
  CHECK(pop.fixed == Approx(137.5).epsilon(1e-6));
  CHECK(pop.break_even_bps == Approx((137.5 + 364.583) / 1520 * 1e9).epsilon(0.005));
  CHECK(pop.payback_months == Approx(17'500 / (0.8 * 1520 - 137.5)).epsilon(0.03));
}

}  // namespace worth_run_test

}  // namespace cdnsim::test
