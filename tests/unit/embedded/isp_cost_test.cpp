// Whom a bill is for where traffic goes over exchanges and providers.

#include <cmath>

#include <tests/support/catch.hpp>

#include "boxed_scenario.hpp"

namespace cdnsim::test {
namespace isp_cost_test {

// A PoP with a port at an exchange, or transit of a provider, by which it reaches two networks.
Scenario over(const std::string& middle, LinkKind kind) {
  Scenario s = small_scenario(1, false);
  s.network.links.erase("pop0-isp0");
  ClientNetworkSpec other = s.network.client_networks["isp0"];
  other.users = 3'000'000;
  s.network.client_networks["isp1"] = other;
  if (kind == LinkKind::ixp) s.network.ixps[middle] = {};
  if (kind == LinkKind::transit) s.network.transit_providers[middle] = {};
  for (const char* end : {"pop0", "isp0", "isp1"}) {
    LinkSpec link;
    link.from = end;  // of networks too: the bytes go against the link's direction
    link.to = middle;
    link.kind = kind;
    link.delay = std::chrono::milliseconds(2);
    s.network.links[std::string(end) + "-" + middle] = link;
  }
  add_content(s, "pages", 100, 0.0, "max-age=31536000");
  add_steady(s, "base", 2000, "pages");
  s.billing.emplace();
  return s;
}

void check_parts(const Result& result) {
  REQUIRE(result.isps.size() == 2);
  const double total = result.cost->monthly_total;
  const double bytes = static_cast<double>(result.isps[0].bytes + result.isps[1].bytes);
  CHECK(total > 0);
  CHECK(result.cost->of_no_isp == 0);
  double sum = 0;
  for (const IspResult& isp : result.isps) {
    // To the nano-dollar of each of a handful of lines.
    const double part = total * static_cast<double>(isp.bytes) / bytes;
    CHECK(std::abs(*isp.monthly_cost - part) < 1e-7);
    sum += *isp.monthly_cost;
  }
  CHECK(std::abs(sum - total) < 1e-8);
  // A quarter of the users are of isp0.
  CHECK(*result.isps[0].monthly_cost / total == Approx(0.25).epsilon(0.05));
}

TEST_CASE("the cost of an exchange's port is shared by the bytes of the networks behind it") {
  check_parts(run_boxed(over("exchange", LinkKind::ixp)));
}

TEST_CASE("so is the cost of transit over a provider that is drawn") {
  check_parts(run_boxed(over("provider", LinkKind::transit)));
}

TEST_CASE("what reaches users is counted once, whichever end a link is drawn from") {
  for (const auto& [name, kind] :
       {std::pair("exchange", LinkKind::ixp), std::pair("provider", LinkKind::transit)}) {
    const Result result = run_boxed(over(name, kind));
    // 20 Mbps or so of 1000-byte pages: 2000 x 1000 x 86,400 x 30 bytes a month.
    CHECK(result.cost->served_gb == Approx(5184).epsilon(0.03));
    CHECK(result.traffic_share.at(std::string(enum_name(kind))) == 1.0);
  }
}

TEST_CASE("fills of a cache inside are not served twice in the month") {
  Scenario s = boxed_scenario();
  s.duration = 600s;
  add_steady(s, "base", 100, "pages");
  s.network.embedded["box"].fill_window = *parse<FillWindow>("12:00-13:00").value;
  s.billing.emplace();
  const Result result = run_boxed(s);
  // 100 x 1000 x 86,400 x 30 bytes, most of which come in from outside as well.
  CHECK(result.cost->served_gb == Approx(259.2).epsilon(0.02));
  CHECK(result.cost->traffic_share.at("embedded") == Approx(1.0).epsilon(0.01));
  // All that is spared are those who wait for somebody else's fetch: 10 requests a second for each
  // page, and 2 x 10.05 ms and two servers' 20 us for a fetch. x / (1 + x) with x = 10 x 20.14 ms.
  CHECK(result.isps.front().external_offload_ratio == Approx(0.2014 / 1.2014).margin(0.006));
}

TEST_CASE("a month that a link cannot carry is told") {
  Scenario s = over("exchange", LinkKind::ixp);
  CHECK(run_boxed(s).cost->beyond_capacity.empty());
  s.network.links["pop0-exchange"].capacity = 18_Mbps;  // the mean is 16; the busiest hour 1.55 x
  const Result result = run_boxed(s);
  REQUIRE(result.cost->beyond_capacity.size() == 1);
  CHECK(result.cost->beyond_capacity.front().link == "pop0-exchange");
  CHECK(result.cost->beyond_capacity.front().capacity_bps == 18e6);
  CHECK(result.cost->beyond_capacity.front().highest_bps == Approx(24.8e6).epsilon(0.03));
}

}  // namespace isp_cost_test

}  // namespace cdnsim::test
