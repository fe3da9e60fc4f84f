// What a decision is worth: an embedded cache, a PoP, a port at an exchange, shares of traffic.
// Does not know scenarios or runs: pure functions of figures. README.md has the formulas.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <cdnsim/base/int128.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/economics/month.hpp>
#include <cdnsim/models/economics/tariff/list.hpp>
#include <cdnsim/models/topology/spec.hpp>

namespace cdnsim {

// --- An embedded cache, as the ISP sees it ---

// What an ISP's users get, and what its transit costs it, with a cache inside and without.
struct EmbeddedSavings {
  Money transit_without;  // all that users get comes from outside
  Money transit_with;     // users' misses and the cache's own fills come from outside
  Money hosting;          // room and power that the ISP gives the cache
  // May be negative: a cache that is filled at the peak and hardly used costs more than it saves.
  Money saved() const { return transit_without - transit_with - hosting; }
};

// Samples are those of one Month: what users get from outside, from the cache, and what fills it.
// REQUIRES: three lists of equal length.
EmbeddedSavings embedded_savings(const Month& month, std::span<const std::int64_t> from_outside,
                                 std::span<const std::int64_t> from_cache,
                                 std::span<const std::int64_t> fills, const TransitTariff& transit,
                                 Money hosting);

// --- A PoP ---

// What a PoP costs and brings in, by the traffic that it sustains.
struct PopEconomics {
  Money purchase;         // before the first byte
  Money fixed_per_month;  // paid each month whatever is served, without writing off the purchase
  Money written_off;      // of the purchase, per month
  PricePerGbps earns;     // revenue, or cost saved elsewhere, per sustained Gbps and month
  PricePerGbps costs;     // what grows with traffic: transit, fills
};

// The sustained rate from which a PoP earns what it costs, written-off purchase included; nothing
// if each Gbps costs as much as it earns, or more.
std::optional<BitRate> break_even(const PopEconomics& pop);

// Months until the cash that the PoP leaves has paid the purchase back; nothing if it never does.
std::optional<double> payback_months(const PopEconomics& pop, BitRate sustained);

// GB that a sustained rate is in a month.
std::int64_t gb_per_month(BitRate sustained, std::uint32_t days);
// A price per GB as a price per sustained Gbps and month.
PricePerGbps per_sustained_gbps(PricePerGb price, std::uint32_t days);

// --- An exchange ---

// The rate from which a port, and the cross-connect to it, costs less than the same traffic over
// transit; nothing if no port of the tariff ever does before it is full.
struct JoinThreshold {
  BitRate from;
  PortSize port;
};
std::optional<JoinThreshold> exchange_threshold(const PortTariff& port, Money cross_connect,
                                                PricePerMbps transit);

// --- Shares of traffic ---

// By how traffic reaches users: settlement-free (embedded, PNI, IXP), paid transit, backbone.
struct TrafficShares {
  double on_net = 0, pni = 0, ixp = 0, transit = 0, backbone = 0;
  double settlement_free() const { return on_net + pni + ixp; }
};
TrafficShares traffic_shares(const std::map<LinkKind, Int128>& bytes);

struct ShareTarget {
  std::string name;
  double target = 0, value = 0;
  bool met = false;
};
// Against 80 % or more settlement-free, at most 15 % transit and at most 5 % backbone.
std::vector<ShareTarget> against_targets(const TrafficShares& shares);

}  // namespace cdnsim
