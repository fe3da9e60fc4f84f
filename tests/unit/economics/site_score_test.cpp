// Candidate sites for a PoP, scored by hand.

#include <cdnsim/models/economics/site_score.hpp>
#include <tests/support/catch.hpp>

namespace site_score_test {

using namespace cdnsim;

SiteCandidate candidate(const char* id, BitRate demand) {
  SiteCandidate site;
  site.id = id;
  site.demand = demand;
  site.round_trip = 5ms;
  site.power = Power{24'000};
  site.colocation = PricePerKw{275_USD};
  site.transit = PricePerMbps{Money{100'000'000}};
  site.ports = 7'400_USD;
  site.written_off = 18'000_USD;
  site.earns = PricePerGbps{1'620_USD};
  return site;
}

TEST_CASE("a site is scored by what it leaves in a month") {
  // 40 * 1620 - 24 * 275 - 6000 * 0.10 - 7400 - 18,000
  const SiteScore of = score(candidate("a", 40_Gbps));
  CHECK(of.margin == 64'800_USD - 6'600_USD - 600_USD - 25'400_USD);
  CHECK(of.suits());
}

TEST_CASE("demand of 5 Gbps is not enough, and 10 ms are not near") {
  SiteCandidate site = candidate("a", 5_Gbps);
  CHECK_FALSE(score(site).enough_demand);
  site.demand += BitRate{1};
  CHECK(score(site).enough_demand);
  site.round_trip = 10ms;
  CHECK_FALSE(score(site).near);
  site.round_trip -= 1ns;
  CHECK(score(site).near);
}

TEST_CASE("sites that suit come first, then those that leave most") {
  SiteCandidate dear = candidate("dear", 40_Gbps);
  dear.transit = PricePerMbps{16_USD};  // 96,000 USD a month
  SiteCandidate far = candidate("far", 90_Gbps);
  far.round_trip = 30ms;
  const auto order = ranked({far, dear, candidate("twin", 40_Gbps), candidate("one", 40_Gbps)});
  REQUIRE(order.size() == 4);
  CHECK(order[0].id == "one");
  CHECK(order[1].id == "twin");
  CHECK(order[2].id == "dear");
  CHECK(order[2].margin < Money{0});
  CHECK(order[3].id == "far");
}

}  // namespace site_score_test
