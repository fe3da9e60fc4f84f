#include <algorithm>
#include <limits>
#include <map>

#include <cdnsim/assembly/bill_summary.hpp>
#include <cdnsim/assembly/worth.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/models/economics/decisions.hpp>
#include <cdnsim/models/economics/exact.hpp>

namespace cdnsim::assembly {
namespace {

// One division of an exact count: its decimal text has the nano-dollars of amounts up to 9 million
// USD exactly.
double in_usd(Money amount) { return static_cast<double>(amount.count()) / 1e9; }
double in_gb(Int128 bytes) { return static_cast<double>(bytes) / 1e9; }

// To the nearest nano-dollar, a half away from 0. Nothing of nothing costs nothing that could be
// told.
double each_gb(Money amount, Int128 bytes) {
  if (bytes <= 0) return std::numeric_limits<double>::quiet_NaN();
  const bool is_loss = amount < Money{0};
  const Int128 nano = static_cast<Int128>(amount.count()) * (is_loss ? -1 : 1) * 1'000'000'000;
  const auto each = static_cast<std::int64_t>((nano + bytes / 2) / bytes);
  return in_usd(Money{is_loss ? -each : each});
}

CostLine line_of(const BillLine& line) {
  CostLine made;
  made.category = enum_name(line.category);
  made.tariff = line.tariff;
  made.subject = line.subject;
  made.item = line.item;
  made.unit = enum_name(line.unit);
  made.quantity = static_cast<double>(line.count) / static_cast<double>(steps_in(line.unit));
  made.unit_price_usd = in_usd(line.unit_price);
  made.amount_usd = in_usd(line.amount);
  return made;
}

// How the month's bytes reach clients, against the rule of the trade.
void add_traffic_shares(const BillInputs& inputs, const Bill& bill, CostResult& cost) {
  std::map<LinkKind, Int128> bytes;
  for (std::size_t i = 0; i < inputs.links.size(); ++i) {
    const LinkInput& link = inputs.links[i];
    if (link.isp) bytes[link.kind] += bill.links[i].sent;
    if (link.fills_over) bytes[*link.fills_over] -= bill.links[i].received;
  }
  // What was sent shortly before the end may be counted where it entered and not where it left.
  for (auto& [kind, count] : bytes) count = std::max<Int128>(count, 0);
  const bool any = bill.served > 0;
  const TrafficShares shares = traffic_shares(bytes);
  const auto or_none = [&](double share) {
    return any ? share : std::numeric_limits<double>::quiet_NaN();
  };
  cost.traffic_share = {{"embedded", or_none(shares.on_net)},
                        {"pni", or_none(shares.pni)},
                        {"ixp", or_none(shares.ixp)},
                        {"transit", or_none(shares.transit)},
                        {"backbone", or_none(shares.backbone)}};
  for (const ShareTarget& share : against_targets(shares)) {
    const char* bound = share.name == "settlement_free" ? "at_least" : "at_most";
    cost.traffic_targets.push_back(
        TrafficTarget{share.name, {{bound, share.target}}, or_none(share.value), any && share.met});
  }
}

void add_revenue(const Bill& bill, CostResult& cost) {
  Money revenue{0};
  bool any = false;
  for (const ClassBill& of_class : bill.classes) {
    any = any || of_class.revenue.has_value();
    revenue += of_class.revenue.value_or(Money{0});
  }
  if (!any) return;
  cost.revenue = in_usd(revenue);
  cost.margin = in_usd(revenue - bill.total);
  cost.revenue_per_gb = each_gb(revenue, bill.served);
  cost.margin_per_gb = each_gb(revenue - bill.total, bill.served);
}

CostResult cost_of(const BillInputs& inputs, const Bill& bill) {
  CostResult cost;
  cost.basis = bill.basis;
  cost.is_estimate = bill.is_estimate;
  cost.days = bill.days;
  cost.monthly_total = in_usd(bill.total);
  cost.transit = in_usd(bill.of(BillCategory::transit));
  cost.ixp = in_usd(bill.of(BillCategory::ixp));
  cost.pni = in_usd(bill.of(BillCategory::pni));
  cost.backbone = in_usd(bill.of(BillCategory::backbone));
  cost.colocation = in_usd(bill.of(BillCategory::colocation));
  cost.hardware = in_usd(bill.of(BillCategory::hardware));
  cost.egress = in_usd(bill.of(BillCategory::egress));
  cost.rent = in_usd(bill.of(BillCategory::rent));
  cost.served_gb = in_gb(bill.served);
  cost.per_gb =
      bill.per_gb ? in_usd(bill.per_gb->money()) : std::numeric_limits<double>::quiet_NaN();
  add_revenue(bill, cost);
  cost.of_no_node = in_usd(bill.by_site.unassigned);
  cost.of_no_isp = in_usd(bill.by_isp.unassigned);
  cost.of_no_class = in_usd(bill.no_class);
  add_traffic_shares(inputs, bill, cost);
  for (std::size_t i = 0; i < bill.links.size(); ++i) {
    const BitRate highest = bill.links[i].highest, capacity = inputs.links[i].capacity;
    if (highest <= capacity) continue;
    cost.beyond_capacity.push_back({bill.links[i].id, static_cast<double>(highest.count()),
                                    static_cast<double>(capacity.count())});
  }
  for (const BillLine& line : bill.lines) cost.lines.push_back(line_of(line));
  return cost;
}

// A network has the share of the month's bytes that it had of the run's, as a class has.
void add_isps_of_bill(const BillInputs& inputs, const Bill& bill, Result& result) {
  std::vector<Int128> bytes(result.isps.size());
  if (capped_sum(inputs.served.by_isp) > 0) bytes = split(bill.served, inputs.served.by_isp);
  for (std::size_t i = 0; i < result.isps.size(); ++i) {
    IspResult& isp = result.isps[i];
    isp.monthly_cost = in_usd(bill.by_isp.parts[i]);
    isp.served_gb = in_gb(bytes[i]);
    isp.usd_per_gb = each_gb(bill.by_isp.parts[i], bytes[i]);
  }
}

ClassMoney money_of(const ClassBill& of_class) {
  ClassMoney money;
  money.served_gb = in_gb(of_class.served);
  money.cost = in_usd(of_class.cost);
  money.usd_per_gb = each_gb(of_class.cost, of_class.served);
  if (!of_class.revenue) return money;
  money.revenue = in_usd(*of_class.revenue);
  money.margin = in_usd(*of_class.margin);
  money.revenue_per_gb = each_gb(*of_class.revenue, of_class.served);
  money.margin_per_gb = each_gb(*of_class.margin, of_class.served);
  return money;
}

void add_links_of_bill(const BillInputs& inputs, const Bill& bill, Result& result) {
  CDNSIM_ASSERT(bill.links.size() == result.links.size(), "a bill for each link");
  for (std::size_t i = 0; i < bill.links.size(); ++i) {
    const LinkBill& link = bill.links[i];
    const LinkInput& input = inputs.links[i];
    result.links[i].monthly_cost = in_usd(link.cost);
    result.links[i].month = LinkMonth{link_tariff(input.pricing, input.kind, input.pays),
                                      static_cast<double>(link.sent_p95.count()),
                                      static_cast<double>(link.received_p95.count()),
                                      in_gb(link.sent),
                                      in_gb(link.received),
                                      each_gb(link.cost, link.sent + link.received)};
  }
}

}  // namespace

void add_bill(const BillInputs& inputs, const Bill& bill, Result& result) {
  result.cost = cost_of(inputs, bill);
  add_links_of_bill(inputs, bill, result);
  std::map<std::string, Money> of_sites;
  for (std::size_t i = 0; i < inputs.sites.size(); ++i) {
    of_sites[inputs.sites[i].id] = bill.by_site.parts[i];
  }
  for (NodeResult& node : result.nodes) {
    const auto found = of_sites.find(node.id);
    if (found != of_sites.end()) node.monthly_cost = in_usd(found->second);
  }
  add_isps_of_bill(inputs, bill, result);
  add_worth(inputs, bill, result);
  for (std::size_t i = 0; i < inputs.classes.size(); ++i) {
    result.classes.at(inputs.classes[i]).month = money_of(bill.classes[i]);
  }
}

}  // namespace cdnsim::assembly
