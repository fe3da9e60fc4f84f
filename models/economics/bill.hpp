// The bill of a month: lines that anybody can work out again, and who causes the cost.
// Does not know how bytes were counted; make_bill() needs nothing but its inputs.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/int128.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/economics/bill_line.hpp>
#include <cdnsim/models/economics/month.hpp>
#include <cdnsim/models/economics/spec.hpp>
#include <cdnsim/models/topology/spec.hpp>

namespace cdnsim {

// Whose bytes crossed something during the run, in the order of BillInputs::classes and isps. Left
// empty where it was not counted: then the next larger whole decides (of a link its site, of a site
// and an origin what was served to all clients).
struct ByteShares {
  std::vector<std::int64_t> by_class;
  std::vector<std::int64_t> by_isp;
};

struct LinkInput {
  std::string id;
  LinkKind kind = LinkKind::transit;
  LinkPricing pricing;
  bool pays = true;                    // its kind's tariff where it names none; see link_tariff()
  BitRate capacity;                    // of each direction
  std::vector<std::int64_t> sent;      // bytes by bin of the run: from the CDN's end
  std::vector<std::int64_t> received;  // to the CDN's end
  std::optional<std::size_t> site;     // at the CDN's end, an index of BillInputs::sites
  std::optional<std::size_t> isp;      // at the other end, an index of BillInputs::isps
  Duration utc_offset{0};              // of the users behind it, or else of the site
  ByteShares shares;
};

// A PoP, a shield or an embedded cache.
struct SiteInput {
  std::string id;
  SitePricing pricing;
  bool is_virtual = false;
  std::uint32_t servers = 0;
  Bytes ssd;  // of all servers
  Bytes hdd;
  ByteShares shares;
};

struct OriginInput {
  std::string id;
  OriginPricing pricing;
  std::vector<std::int64_t> sent;  // bytes by bin of the run, on all its ports
  Duration utc_offset{0};
  ByteShares shares;
};

struct BillInputs {
  BillingSpec billing;
  RunBins run;
  std::vector<std::string> classes;  // of content
  std::vector<std::string> isps;     // client networks
  ByteShares served;                 // to all clients
  std::vector<LinkInput> links;
  std::vector<SiteInput> sites;
  std::vector<OriginInput> origins;
};

struct LinkBill {
  std::string id;
  BitRate sent_p95, received_p95;  // of the month
  Int128 sent = 0, received = 0;   // bytes in the month
  Money cost;                      // its part where a port or a pool is shared
};

// Cost by who causes it; what nobody's bytes explain is kept apart, so that the sum is the total.
struct CostParts {
  std::vector<Money> parts;
  Money unassigned;
};

struct ClassBill {
  Int128 served = 0;  // bytes in the month
  Money cost;
  std::optional<Money> revenue;  // where a price is given
  std::optional<Money> margin;   // revenue - cost
};

struct Bill {
  bool is_estimate = false;
  std::uint32_t days = 0;
  std::string basis;

  std::vector<BillLine> lines;
  std::array<Money, kBillCategories> by_category{};
  Money total;

  std::vector<LinkBill> links;  // as the inputs
  CostParts by_site;            // links and their sites together
  CostParts by_isp;
  std::vector<ClassBill> classes;  // as the inputs
  Money no_class;                  // cost that no class's bytes explain

  Int128 served = 0;                 // bytes that reach client networks in the month
  std::optional<PricePerGb> per_gb;  // total / served; nothing when nothing is served
  Money of(BillCategory category) const { return by_category[static_cast<std::size_t>(category)]; }
};

// The tariff that holds for a link unless it names one; none for on_net, the ISP's own network.
std::string_view usual_tariff(LinkKind kind);

// The tariff that a link pays; empty: none. Where an origin is at one end, its own tariff holds,
// and a link `pays` nothing more unless it names a tariff, or a port.
std::string link_tariff(const LinkPricing& pricing, LinkKind kind, bool pays);

// REQUIRES: every list of bins is empty or has run.count of them; indices lie in their lists.
Bill make_bill(const BillInputs& inputs);

}  // namespace cdnsim
