// Where the next PoP would pay: candidate sites in the order of what each leaves in a month.
// Does not know maps or demand models: who calls it estimates what a site would serve.
#pragma once

#include <string>
#include <vector>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/economics/units.hpp>

namespace cdnsim {

struct SiteCandidate {
  std::string id;
  BitRate demand;  // sustained, of users that it would serve
  Power power;     // of its servers
  PricePerKw colocation;
  PricePerMbps transit;
  Ratio paid_share{0.15};  // of its traffic, over transit
  Money ports;             // exchange ports and cross-connects, per month
  Money written_off;       // of the hardware, per month
  PricePerGbps earns;      // per sustained Gbps and month
};

struct SiteScore {
  std::string id;
  Money margin;                // per month: earnings less colocation, transit, ports and hardware
  bool enough_demand = false;  // more than 5 Gbps sustained
};

SiteScore score(const SiteCandidate& site);
// Those of enough demand first, then by margin, then by name.
std::vector<SiteScore> ranked(const std::vector<SiteCandidate>& sites);

}  // namespace cdnsim
