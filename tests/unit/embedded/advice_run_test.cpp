// Figures per GB, the return of a PoP, ports at exchanges against transit, and where the next PoP
// would pay: by hand, from presets' prices and the rates of a run.

#include <cmath>

#include <tests/support/catch.hpp>

#include "boxed_scenario.hpp"

namespace cdnsim::test {
namespace advice_run_test {

// 100 films a second, the same at any hour, at 0.005 USD/GB. All ten come in during the warm-up.
Scenario films(Bytes size) {
  Scenario s = boxed_scenario();
  s.network.embedded.clear();
  s.content["pages"].size.law = FixedSize{size};
  add_steady(s, "base", 100, "pages");
  s.duration = 900s;
  s.warmup = 300s;
  s.caching.edge.memory = Bytes{10'000'000'000};
  s.network.client_networks["isp0"].access_rate = 10_Gbps;
  s.network.pops["pop0"].place = "frankfurt";
  s.billing.emplace();
  s.billing->profile = Curve::constant();
  s.billing->prices["pages"] = PricePerGb{Money{5'000'000}};
  return s;
}

void join(Scenario& s, const std::string& from, const std::string& to, LinkKind kind) {
  LinkSpec link;
  link.from = from;
  link.to = to;
  link.kind = kind;
  link.delay = 1ms;
  s.network.links[from + "-" + to] = link;
}

void set_transit(Scenario& s, Money price) {
  TransitTariff transit;
  transit.price = PricePerMbps{price};
  s.billing->tariffs["transit"] = transit;
}

const LinkResult& link_of(const Result& result, const std::string& id) {
  for (const LinkResult& link : result.links) {
    if (link.id == id) return link;
  }
  return result.links.front();
}

TEST_CASE("cost, revenue and margin of a GB, of a class, a network, a link and a PoP") {
  const Result result = run(films(Bytes{1'000'000})).result;
  const CostResult& cost = *result.cost;
  const double gb = cost.served_gb;
  CHECK(gb == Approx(0.8 * 324'000).epsilon(0.02));
  // A server of 17,500 USD for 48 months, 0.5 kW at 275 USD, and 0.10 USD/Mbps.
  const double total = 17'500 / 48.0 + 137.5 + cost.transit;
  CHECK(cost.transit == Approx(80).epsilon(0.02));
  CHECK(cost.monthly_total == Approx(total).epsilon(1e-9));

  const ClassMoney& pages = *result.classes.at("pages").month;
  CHECK(pages.served_gb == gb);
  CHECK(pages.usd_per_gb == Approx(total / gb).epsilon(0).margin(1e-9));
  CHECK(*pages.revenue_per_gb == Approx(0.005).epsilon(0).margin(1e-9));
  CHECK(*pages.margin_per_gb == Approx(0.005 - total / gb).epsilon(0).margin(1e-9));
  CHECK(*cost.margin_per_gb == Approx(0.005 - total / gb).epsilon(0).margin(1e-9));

  const IspResult& isp = result.isps.front();
  CHECK(*isp.served_gb == gb);
  CHECK(*isp.usd_per_gb == Approx(total / gb).epsilon(0).margin(1e-9));
  const LinkResult& link = link_of(result, "pop0-isp0");
  CHECK(link.month->usd_per_gb ==
        Approx(cost.transit / link.month->sent_gb).epsilon(0).margin(1e-9));

  const SiteMonth& pop = *node_of(result, "pop0").month;
  CHECK(pop.served_gb == gb);
  CHECK(pop.usd_per_gb == Approx(total / gb).epsilon(0).margin(1e-9));
  CHECK(pop.earns == Approx(0.005 * gb).epsilon(1e-9));
  CHECK(pop.margin == Approx(0.005 * gb - total).epsilon(1e-9));
  CHECK(pop.roi_per_year == Approx(12 * (0.005 * gb - total) / 17'500).epsilon(1e-9));
}

TEST_CASE("two networks share the cost of what they share by bytes, and each GB costs as much") {
  Scenario s = films(Bytes{1'000'000});
  s.network.client_networks["isp1"] = s.network.client_networks["isp0"];
  s.network.client_networks["isp1"].users = 3'000'000;
  join(s, "pop0", "isp1", LinkKind::pni);  // 2 cross-connects of 300 USD
  const Result result = run(s).result;
  const double gb = *result.isps[0].served_gb + *result.isps[1].served_gb;
  CHECK(gb == Approx(result.cost->served_gb).epsilon(1e-9));
  CHECK(*result.isps[1].served_gb == Approx(0.75 * gb).epsilon(0.02));
  const double shared = (17'500 / 48.0 + 137.5) / gb;
  CHECK(*result.isps[1].usd_per_gb == Approx(shared + 600 / *result.isps[1].served_gb));
}

TEST_CASE("a port at an exchange pays from the rate at which transit costs as much") {
  struct Row {
    Money price;
    double threshold_bps, port_bps, monthly_usd;
    bool pays;
  };
  // Ports of 10, 100 and 400 Gbps cost 770, 4,400 and 12,650 USD, and 300 for the cross-connect.
  // 0.8 Gbps flow. One bit/s more than where both cost the same.
  const Row rows[] = {{Money{100'000'000}, 47e9 + 1, 100e9, 4'700, false},
                      {Money{500'000'000}, 2.14e9 + 1, 10e9, 1'070, false},
                      {2_USD, 535e6 + 1, 10e9, 1'070, true}};
  for (const Row& row : rows) {
    for (const bool joined : {false, true}) {
      INFO(row.threshold_bps << (joined ? " joined" : ""));
      Scenario s = films(Bytes{1'000'000});
      set_transit(s, row.price);
      s.network.ixps["ix"].place = "frankfurt";
      s.network.ixps["elsewhere"].place = "paris";
      if (joined) join(s, "pop0", "ix", LinkKind::ixp);
      join(s, "isp0", "ix", LinkKind::ixp);
      const Result result = run(s).result;
      REQUIRE(result.cost->exchanges.size() == 1);
      const ExchangeResult& found = result.cost->exchanges.front();
      CHECK(found.ixp == "ix");
      CHECK(found.site == "pop0");
      CHECK(found.link == (joined ? "pop0-ix" : ""));
      CHECK(found.threshold_bps == row.threshold_bps);
      CHECK(found.port_bps == row.port_bps);
      CHECK(found.monthly_usd == row.monthly_usd);
      CHECK(found.transit_usd_per_mbps == static_cast<double>(row.price.count()) / 1e9);
      CHECK(found.rate_bps == Approx(800e6).epsilon(0.03));
      CHECK(found.rate_bps ==
            link_of(result, joined ? "pop0-ix" : "pop0-isp0").month->sent_p95_bps);
      CHECK(found.pays == row.pays);
    }
  }
}

TEST_CASE("the next PoP: metros without one, those of enough demand first") {
  Scenario s = films(Bytes{100'000'000});  // 80 Gbps
  for (const char* isp : {"isp1", "isp2"}) {
    s.network.client_networks[isp] = s.network.client_networks["isp0"];
    join(s, "pop0", isp, LinkKind::transit);
  }
  const auto place = [&](const char* isp, const char* metro, std::uint64_t users, Duration access) {
    ClientNetworkSpec& network = s.network.client_networks[isp];
    network.place = metro;
    network.users = users;
    network.access_delay = access;
  };
  place("isp0", "frankfurt", 1'400'000, 1ms);
  place("isp1", "madrid", 6'000'000, 6ms);
  place("isp2", "paris", 600'000, 2ms);
  const Result result = run(s).result;
  const auto& sites = result.cost->site_candidates;
  REQUIRE(sites.size() == 2);
  // Both would have a PoP next door. Madrid's users are 12.1 ms away from any, by their own lines.
  CHECK(sites[0].metro == "madrid");
  CHECK(sites[0].round_trip_ms == Approx(12.1));
  CHECK(sites[0].demand_bps == Approx(60e9).epsilon(0.02));
  CHECK(sites[0].enough_demand);
  CHECK(sites[1].metro == "paris");
  CHECK(sites[1].round_trip_ms == Approx(4.1));  // 2 x (2 ms + 50 us)
  CHECK(sites[1].demand_bps == Approx(6e9).epsilon(0.05));
  CHECK(sites[1].enough_demand);
  // A sustained Gbps earns 324,000 x 0.005 USD, less 15 % of 1000 Mbps at 0.10. 24 servers: 12 kW
  // at 275, 17,500 USD each for 48 months, 49,992 GB of SSD at 0.09 for 48 and 250,008 GB of HDD at
  // 0.0175 for 54. Ports of 10 and 100 Gbps cost 770 and 4,400, the cross-connect 300.
  const double fixed =
      12 * 275 + 24 * 17'500 / 48.0 + 49'992 * 0.09 / 48 + 250'008 * 0.0175 / 54 + 300;
  CHECK(sites[0].margin ==
        Approx(sites[0].demand_bps / 1e9 * (1'620 - 15) - fixed - 4'400).epsilon(1e-5));
  CHECK(sites[1].margin ==
        Approx(sites[1].demand_bps / 1e9 * (1'620 - 15) - fixed - 770).epsilon(1e-5));
  s.billing->prices.clear();
  CHECK(run(s).result.cost->site_candidates.empty());
}

}  // namespace advice_run_test

}  // namespace cdnsim::test
