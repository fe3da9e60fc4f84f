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
  std::optional<std::size_t> buyer;    // likewise: of transit that one client network sells another
  Duration utc_offset{0};              // of the users behind it, or else of the site
  // Between an embedded cache and its network: the kind of link over which what it receives came
  // in.
  std::optional<LinkKind> fills_over;
  ByteShares shares;
};

// A PoP, a shield or an embedded cache.
struct SiteInput {
  std::string id;
  SitePricing pricing;
  bool is_virtual = false;
  bool is_embedded = false;  // its room and power are its host's
  std::uint32_t servers = 0;
  Bytes ssd;  // of all servers
  Bytes hdd;
  ByteShares shares;
};

// A cache inside a client network, for what it is worth to both.
struct CacheInput {
  std::size_t site = 0;
  std::size_t isp = 0;
  Money hosting;                // what room and power cost the network
  bool fills_paid = false;      // what it receives comes over transit that the network pays
  bool otherwise_paid = false;  // what it serves would
  std::optional<std::size_t> link = {};  // of the CDN's, by which its users' answers would leave
  bool fills_by_link = false;            // and its fills do
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
  std::vector<std::optional<PricePerMbps>> transit_prices = {};  // that each ISP pays
  std::vector<CacheInput> caches = {};
};

struct LinkBill {
  std::string id;
  BitRate sent_p95, received_p95;  // of the month
  Int128 sent = 0, received = 0;   // bytes in the month
  BitRate highest;                 // of its five-minute averages, of the busier direction
  Money cost;                      // its part where a port or a pool is shared
};

// What of a site's cost comes once, whatever it serves, or with what it serves.
struct SiteBill {
  Money purchase;     // of its hardware, before the first byte
  Money written_off;  // of that, in the month
  Money by_traffic;   // rent, and links that are paid by rate or volume
  Int128 sent = 0;    // bytes in the month, on all its links
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
  std::vector<SiteBill> sites;  // as the inputs
  CostParts by_site;            // links and their sites together
  CostParts by_isp;
  std::vector<ClassBill> classes;  // as the inputs
  Money no_class;                  // cost that no class's bytes explain

  Int128 served = 0;                 // bytes that reach users in the month
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
