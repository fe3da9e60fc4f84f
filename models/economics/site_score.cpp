#include <algorithm>
#include <tuple>

#include <cdnsim/models/economics/exact.hpp>
#include <cdnsim/models/economics/site_score.hpp>

namespace cdnsim {
namespace {

constexpr BitRate kLeastDemand = 5_Gbps;

}  // namespace

SiteScore score(const SiteCandidate& site) {
  const std::int64_t paid_ppm = static_cast<std::int64_t>(site.paid_share.value() * 1e6 + 0.5);
  const std::int64_t paid_bps = scaled_to_nearest(site.demand.count(), paid_ppm, 1'000'000);
  SiteScore result;
  result.id = site.id;
  result.margin = amount_of(site.earns.money(), site.demand.count(), 1'000'000'000) -
                  amount_of(site.colocation.money(), site.power.count(), 1'000) -
                  amount_of(site.transit.money(), paid_bps, 1'000'000) - site.ports -
                  site.written_off;
  result.enough_demand = site.demand > kLeastDemand;
  return result;
}

std::vector<SiteScore> ranked(const std::vector<SiteCandidate>& sites) {
  std::vector<SiteScore> scores;
  for (const SiteCandidate& site : sites) scores.push_back(score(site));
  std::sort(scores.begin(), scores.end(), [](const SiteScore& a, const SiteScore& b) {
    return std::tuple(!a.enough_demand, -a.margin, a.id) <
           std::tuple(!b.enough_demand, -b.margin, b.id);
  });
  return scores;
}

}  // namespace cdnsim
