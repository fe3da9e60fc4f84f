// What a result says of money: the bill of a month, line by line, and who causes it.
// Does not know JSON, tariffs, nor how the figures came about. Figures in USD are whole
// nano-dollars of the bill, divided once.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/base/describe.hpp>

namespace cdnsim {

struct CostLine {
  std::string category, tariff, subject, item, unit;
  double quantity = 0, unit_price_usd = 0, amount_usd = 0;
};
template <class V>
void describe(V& v, CostLine& s) {
  v.required("category", s.category, "the total that it goes into");
  v.required("tariff", s.tariff, "as the scenario names it, or a tariff that always exists");
  v.required("subject", s.subject,
             "the link, port, pool of ports, PoP, shield or origin that it is paid for");
  v.required("item", s.item, "what of it");
  v.required("unit", s.unit, "piece, Mbps, Gbps, GB or kW");
  v.required("quantity", s.quantity, "of that unit");
  v.required("unit_price_usd", s.unit_price_usd, "for one of it and a month");
  v.required("amount_usd", s.amount_usd,
             "quantity x unit_price_usd, to the nearest billionth; nothing else is rounded");
}

// Against a rule of the trade.
struct TrafficTarget {
  std::string name;
  std::map<std::string, double> target;
  double value = 0;
  bool met = false;
};
template <class V>
void describe(V& v, TrafficTarget& s) {
  v.required("name", s.name,
             "settlement_free (embedded, PNI and exchange together), transit or backbone");
  v.required("target", s.target, "at_least or at_most");
  v.required("value", s.value, "the share of the month's bytes", or_null);
  v.required("met", s.met, "whether the value lies within the target");
}

// A link that cannot carry the month that is billed.
struct BeyondCapacity {
  std::string link;
  double highest_bps = 0, capacity_bps = 0;
};
template <class V>
void describe(V& v, BeyondCapacity& s) {
  v.required("link", s.link, "its id");
  v.required("highest_bps", s.highest_bps,
             "the highest of the month's five-minute averages, of the busier direction");
  v.required("capacity_bps", s.capacity_bps, "what it carries in each direction");
}

// A port at an exchange against transit: one that a site has, or could have in its own metro.
struct ExchangeResult {
  std::string ixp, site, link;
  double port_bps = 0, monthly_usd = 0, transit_usd_per_mbps = 0;
  double threshold_bps = 0, rate_bps = 0;
  bool pays = false;
};
template <class V>
void describe(V& v, ExchangeResult& s) {
  v.required("ixp", s.ixp, "the exchange");
  v.required("site", s.site, "the PoP or shield");
  v.required("link", s.link,
             "its port there; empty: it has none, and the exchange is in its metro");
  v.required("port_bps", s.port_bps, "the port that pays from the least rate on", or_null);
  v.required("monthly_usd", s.monthly_usd, "that port and one cross-connect", or_null);
  v.required("transit_usd_per_mbps", s.transit_usd_per_mbps,
             "what the traffic costs over transit: the price of the site's own transit, the least "
             "of several, or that of the tariff named transit");
  v.required("threshold_bps", s.threshold_bps,
             "95th percentile from which the port costs less than transit; none: it never does",
             or_null);
  v.required("rate_bps", s.rate_bps,
             "the month's 95th percentile of the dearer direction: of the port or, without one, of "
             "all that the site has over transit, of which a part would go over the port");
  v.required("pays", s.pays, "rate_bps is threshold_bps or more");
}

// A metro without a PoP, and what a PoP there would leave.
struct SiteCandidateResult {
  std::string metro;
  std::uint64_t networks = 0;
  double demand_bps = 0, round_trip_ms = 0, margin = 0;
  bool enough_demand = false;
};
template <class V>
void describe(V& v, SiteCandidateResult& s) {
  v.required("metro", s.metro, "where clients are and no PoP is");
  v.required("networks", s.networks, "client networks there");
  v.required("demand_bps", s.demand_bps, "mean rate at which they are served in the month");
  v.required("round_trip_ms", s.round_trip_ms,
             "between them and a PoP there, weighed by their bytes");
  v.required("margin_usd", s.margin,
             "what a pod of 24 servers there would leave in a month: what customers pay for "
             "demand_bps, less colocation, transit of 15 % of it, a port at an exchange and a "
             "cross-connect, and hardware; by the tariffs named colocation, transit, port, pni and "
             "hardware");
  v.required("enough_demand", s.enough_demand, "more than 5 Gbps");
}

struct CostResult {
  std::string currency = "USD";
  std::string basis;
  bool is_estimate = false;
  std::uint32_t days = 0;
  double monthly_total = 0;
  double transit = 0, ixp = 0, pni = 0, backbone = 0, colocation = 0, hardware = 0, egress = 0,
         rent = 0;
  double served_gb = 0, per_gb = 0;
  std::optional<double> revenue, margin, revenue_per_gb, margin_per_gb;
  double of_no_node = 0, of_no_isp = 0, of_no_class = 0;
  std::map<std::string, double> traffic_share;
  std::vector<TrafficTarget> traffic_targets;
  std::vector<BeyondCapacity> beyond_capacity;
  std::vector<ExchangeResult> exchanges;
  std::vector<SiteCandidateResult> site_candidates;
  std::vector<CostLine> lines;
};
template <class V>
void describe(V& v, CostResult& s) {
  v.required("currency", s.currency, "of all amounts");
  v.required("basis", s.basis, "what the month is made of, in a sentence");
  v.required("is_estimate", s.is_estimate, "composed out of a run that is not itself a month");
  v.required("days", s.days, "of the month");
  v.required("monthly_total_usd", s.monthly_total, "the sum of all lines");
  v.required("transit_usd", s.transit, "the lines of that category, and so on");
  v.required("ixp_usd", s.ixp, "ports at exchanges");
  v.required("pni_usd", s.pni, "private peering: cross-connects");
  v.required("backbone_usd", s.backbone, "waves between sites");
  v.required("colocation_usd", s.colocation, "room, power and cooling");
  v.required("hardware_usd", s.hardware, "what was paid for it, spread over its months of life");
  v.required("egress_usd", s.egress, "traffic out of origins");
  v.required("rent_usd", s.rent, "capacity of virtual PoPs");
  v.required("served_gb", s.served_gb, "GB that reach client networks in the month");
  v.required("usd_per_gb", s.per_gb,
             "monthly_total_usd / GB served, to the nearest billionth; none: nothing is served",
             or_null);
  v.optional("revenue_usd", s.revenue,
             "what customers pay for the classes that have a price; there when any has");
  v.optional("margin_usd", s.margin, "revenue_usd - monthly_total_usd");
  v.optional("revenue_per_gb_usd", s.revenue_per_gb, "revenue_usd / GB served", or_null);
  v.optional("margin_per_gb_usd", s.margin_per_gb, "margin_usd / GB served", or_null);
  v.required("not_by_node_usd", s.of_no_node,
             "cost that no PoP or shield causes: of origins, and of links that end at none");
  v.required("not_by_isp_usd", s.of_no_isp, "cost that no client network's bytes explain");
  v.required("not_by_class_usd", s.of_no_class, "cost that no class's bytes explain");
  v.required("traffic_share", s.traffic_share,
             "of the month's bytes to clients, by the link that reaches them: embedded (on_net), "
             "pni, ixp, transit, backbone",
             or_null);
  v.required("traffic_targets", s.traffic_targets,
             "those shares against the rule of 80 % or more settlement-free, 15 % or less transit "
             "and 5 % or less backbone");
  v.required("beyond_capacity", s.beyond_capacity,
             "links that the month would need more of than they carry: what is billed for them "
             "could not flow");
  v.required("exchanges", s.exchanges,
             "ports at exchanges, those that PoPs and shields have and those that they could have, "
             "against transit");
  v.required("site_candidates", s.site_candidates,
             "where the next PoP would pay, where classes have prices: the metros that suit first, "
             "then by margin");
  v.required("lines", s.lines, "the bill");
}

// Of a link, in the month.
struct LinkMonth {
  std::string tariff;
  double sent_p95_bps = 0, received_p95_bps = 0;
  double sent_gb = 0, received_gb = 0;
  double usd_per_gb = 0;
};
template <class V>
void describe(V& v, LinkMonth& s) {
  v.required("tariff", s.tariff, "what it is billed by; empty: it costs nothing");
  v.required("sent_p95_bps", s.sent_p95_bps,
             "95th percentile of the month's five-minute averages, sent by the CDN's end");
  v.required("received_p95_bps", s.received_p95_bps, "the same of what the CDN's end received");
  v.required("sent_gb", s.sent_gb, "GB that the CDN's end sent");
  v.required("received_gb", s.received_gb, "GB that it received");
  v.required("usd_per_gb", s.usd_per_gb, "monthly_cost_usd / (sent_gb + received_gb)", or_null);
}

// What a PoP or an embedded cache is worth, in the month.
struct SiteMonth {
  double sustained_bps = 0, purchase = 0, fixed = 0, written_off = 0;
  double earns_per_gbps = 0, costs_per_gbps = 0, break_even_bps = 0, payback_months = 0;
  double served_gb = 0, usd_per_gb = 0, earns = 0, margin = 0, roi_per_year = 0;
};
template <class V>
void describe(V& v, SiteMonth& s) {
  v.required("sustained_bps", s.sustained_bps, "mean rate at which it serves users");
  v.required("purchase_usd", s.purchase, "of its hardware, before the first byte");
  v.required(
      "fixed_usd", s.fixed,
      "what it costs whatever it serves, without its hardware: room and power, ports, waves");
  v.required("written_off_usd", s.written_off, "of its hardware, in the month");
  v.required("earns_usd_per_gbps", s.earns_per_gbps,
             "for each sustained Gbps: of a PoP, what customers pay for what it serves; of an "
             "embedded cache, what the CDN's transit would cost more without it. None: no price",
             or_null);
  v.required("costs_usd_per_gbps", s.costs_per_gbps,
             "for each sustained Gbps: transit and other links that are paid by what they carry, "
             "and rent",
             or_null);
  v.required("break_even_bps", s.break_even_bps,
             "the sustained rate from which it earns what it costs; none: it never does", or_null);
  v.required("payback_months", s.payback_months,
             "months in which it pays its purchase back at its sustained rate; none: it never does",
             or_null);
  v.required("served_gb", s.served_gb, "GB to users");
  v.required("usd_per_gb", s.usd_per_gb, "monthly_cost_usd / served_gb", or_null);
  v.required("earns_usd", s.earns, "what it earns in the month; none: no price", or_null);
  v.required("margin_usd", s.margin, "earns_usd - monthly_cost_usd", or_null);
  v.required("roi_per_year", s.roi_per_year, "12 x margin_usd / purchase_usd", or_null);
}

// What a client network pays for its own transit, in the month, and what caches inside spare it.
struct IspMonth {
  double transit_without = 0, transit_with = 0, hosting = 0, saved = 0;
};
template <class V>
void describe(V& v, IspMonth& s) {
  v.required("transit_without_usd", s.transit_without,
             "its transit if what caches inside serve came from their PoP instead: transit_price x "
             "the 95th percentile of all that comes to it over links of kind transit");
  v.required("transit_with_usd", s.transit_with, "its transit as it is, fills included");
  v.required("hosting_usd", s.hosting, "room and power that it gives the caches inside");
  v.required("saved_usd", s.saved, "transit_without_usd - transit_with_usd - hosting_usd");
}

// Of a class of content, in the month.
struct ClassMoney {
  double served_gb = 0, cost = 0, usd_per_gb = 0;
  std::optional<double> revenue, margin, revenue_per_gb, margin_per_gb;
};
template <class V>
void describe(V& v, ClassMoney& s) {
  v.required("served_gb", s.served_gb, "its GB to clients");
  v.required("cost_usd", s.cost, "its part of the bill");
  v.required("usd_per_gb", s.usd_per_gb, "cost_usd / served_gb", or_null);
  v.optional("revenue_usd", s.revenue, "its price x its GB, where it has a price");
  v.optional("margin_usd", s.margin, "revenue_usd - cost_usd");
  v.optional("revenue_per_gb_usd", s.revenue_per_gb, "revenue_usd / served_gb", or_null);
  v.optional("margin_per_gb_usd", s.margin_per_gb, "margin_usd / served_gb", or_null);
}

}  // namespace cdnsim
