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

// Two networks behind the exchange, and a third with a line of its own to the PoP.
Scenario with_own_line() {
  Scenario s = over("exchange", LinkKind::ixp);
  s.network.client_networks["isp2"] = s.network.client_networks["isp1"];
  LinkSpec line;
  line.from = "pop0";
  line.to = "isp2";
  line.kind = LinkKind::pni;
  line.delay = std::chrono::milliseconds(2);
  s.network.links["pop0-isp2"] = line;
  return s;
}

double cost_of_link(const Result& result, const std::string& id) {
  for (const LinkResult& link : result.links) {
    if (link.id == id) return *link.monthly_cost;
  }
  throw std::out_of_range(id);
}

// What of the bill is neither the exchange's port nor the line: by the bytes of all three.
double rest_of(const Result& result) {
  return result.cost->monthly_total - cost_of_link(result, "pop0-exchange") -
         cost_of_link(result, "pop0-isp2");
}

TEST_CASE("a network with a line of its own pays for that, and nothing of the exchange's port") {
  const Result result = run_boxed(with_own_line());
  const auto bytes = [&](std::size_t isp) { return static_cast<double>(result.isps[isp].bytes); };
  const double port = cost_of_link(result, "pop0-exchange");
  const double line = cost_of_link(result, "pop0-isp2");
  REQUIRE(port > 0);
  REQUIRE(line > 0);
  const double rest = rest_of(result) / (bytes(0) + bytes(1) + bytes(2));
  const double each = port / (bytes(0) + bytes(1));
  CHECK(std::abs(*result.isps[0].monthly_cost - bytes(0) * (each + rest)) < 1e-6);
  CHECK(std::abs(*result.isps[1].monthly_cost - bytes(1) * (each + rest)) < 1e-6);
  CHECK(std::abs(*result.isps[2].monthly_cost - line - bytes(2) * rest) < 1e-6);
}

TEST_CASE("while its line is cut its bytes cross the port, and pay for so much of it") {
  Scenario s = with_own_line();
  LinkSpec port = s.network.links["isp0-exchange"];
  port.from = "isp2";
  s.network.links["isp2-exchange"] = port;
  s.network.convergence = Duration{0};
  FailEvent cut;
  cut.link = "pop0-isp2";
  cut.lasts = std::chrono::seconds(4);
  s.events["digger"] = EventSpec{std::chrono::seconds(3), cut};
  const Result result = run_boxed(s);
  const auto bytes = [&](std::size_t isp) { return static_cast<double>(result.isps[isp].bytes); };
  double by_line = 0;
  for (const LinkResult& link : result.links) {
    if (link.id == "pop0-isp2") by_line = static_cast<double>(link.forward.bytes);
  }
  const double crossed = bytes(2) - by_line;
  // 4 of 10 s.
  REQUIRE(crossed / bytes(2) == Approx(0.4).epsilon(0.05));
  const double rest = rest_of(result) / (bytes(0) + bytes(1) + bytes(2));
  const double each = cost_of_link(result, "pop0-exchange") / (bytes(0) + bytes(1) + crossed);
  const double expected = cost_of_link(result, "pop0-isp2") + bytes(2) * rest + crossed * each;
  // Some answers are on the wire at the moments of change and at the end.
  CHECK(*result.isps[2].monthly_cost == Approx(expected).epsilon(0.001));
}

TEST_CASE("what fills a cache inside a network over the exchange is for that network") {
  Scenario s = with_own_line();
  s.network.links.erase("isp1-exchange");
  s.network.client_networks.erase("isp1");
  s.network.embedded["box"].host = "isp0";
  s.network.embedded["box"].fill_window = *parse<FillWindow>("12:00-13:00").value;
  const Result result = run_boxed(s);
  const double port = cost_of_link(result, "pop0-exchange");
  // The PoP has no client of isp0, whose cache has them all: without what it fills, isp2 had it
  // all.
  CHECK(*result.isps[0].monthly_cost > port);
  double total = 0;
  for (const IspResult& isp : result.isps) total += *isp.monthly_cost;
  CHECK(std::abs(total + result.cost->of_no_isp - result.cost->monthly_total) < 1e-8);
}

TEST_CASE("prices per GB are whole nano-dollars") {
  Scenario s = over("exchange", LinkKind::ixp);
  s.billing->prices["pages"] = *parse<PricePerGb>("0.01 USD/GB").value;
  const Result result = run_boxed(s);
  // One class at one price: the revenue of a GB is that price, to the nano-dollar.
  CHECK(*result.cost->revenue_per_gb == 0.01);
  CHECK(*result.classes.at("pages").month->revenue_per_gb == 0.01);
  const auto nano = std::llround(*result.cost->margin_per_gb * 1e9);
  CHECK(*result.cost->margin_per_gb == static_cast<double>(nano) / 1e9);
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
