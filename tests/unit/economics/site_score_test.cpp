// Candidate sites for a PoP, scored by hand.

#include <cdnsim/models/economics/site_score.hpp>
#include <tests/support/catch.hpp>

namespace site_score_test {

using namespace cdnsim;

SiteCandidate candidate(const char* id, BitRate demand) {
  SiteCandidate site;
  site.id = id;
  site.demand = demand;
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
  CHECK(of.enough_demand);
}

TEST_CASE("demand of 5 Gbps is not enough") {
  SiteCandidate site = candidate("a", 5_Gbps);
  CHECK_FALSE(score(site).enough_demand);
  site.demand += BitRate{1};
  CHECK(score(site).enough_demand);
}

TEST_CASE("sites of enough demand come first, then those that leave most") {
  SiteCandidate dear = candidate("dear", 40_Gbps);
  dear.transit = PricePerMbps{16_USD};  // 96,000 USD a month
  SiteCandidate small = candidate("small", 5_Gbps);
  small.written_off = Money{0};
  small.earns = PricePerGbps{100'000_USD};  // more than all others leave
  const auto order = ranked({small, dear, candidate("twin", 40_Gbps), candidate("one", 40_Gbps)});
  REQUIRE(order.size() == 4);
  CHECK(order[0].id == "one");
  CHECK(order[1].id == "twin");
  CHECK(order[2].id == "dear");
  CHECK(order[2].margin < Money{0});
  CHECK(order[3].id == "small");
  CHECK(order[3].margin > order[0].margin);
}

}  // namespace site_score_test
