// The bill's part of a result's table.
#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/tools/result_table.hpp>
#include <cdnsim/tools/table.hpp>
#include <cdnsim/tools/units.hpp>

namespace cdnsim::tools {
namespace {

constexpr std::size_t kDearestLinks = 5;

std::string usd_text(double usd) { return fmt::format("{:.2f}", usd); }

std::string categories_table(const CostResult& cost) {
  Table table({fmt::format("Bill of {} days", cost.days), "USD", "share"});
  const std::vector<std::pair<const char*, double>> categories = {
      {"transit", cost.transit},
      {"exchange ports", cost.ixp},
      {"private peering", cost.pni},
      {"backbone", cost.backbone},
      {"room and power", cost.colocation},
      {"hardware", cost.hardware},
      {"egress", cost.egress},
      {"rent", cost.rent}};
  for (const auto& [name, usd] : categories) {
    if (usd == 0) continue;
    table.add({name, usd_text(usd), percent_text(usd / cost.monthly_total)});
  }
  table.add({"in all", usd_text(cost.monthly_total), "100.00 %"});
  if (cost.revenue) {
    table.add({"revenue", usd_text(*cost.revenue), "-"});
    table.add({"margin", usd_text(*cost.margin), "-"});
  }
  return table.text();
}

std::string dearest_links(const Result& result) {
  std::vector<const LinkResult*> links;
  for (const LinkResult& link : result.links) {
    if (link.monthly_cost.value_or(0) > 0 && link.month) links.push_back(&link);
  }
  if (links.empty()) return "";
  std::sort(links.begin(), links.end(), [](const LinkResult* a, const LinkResult* b) {
    return std::tie(*b->monthly_cost, a->id) < std::tie(*a->monthly_cost, b->id);
  });
  Table table({fmt::format("Dearest of {} links", result.links.size()), "kind", "tariff",
               "month's p95", "USD"});
  for (const LinkResult* link : std::span(links).first(std::min(kDearestLinks, links.size()))) {
    const double p95 = std::max(link->month->sent_p95_bps, link->month->received_p95_bps);
    table.add({link->id, link->kind, shortened(link->month->tariff, 20), bits_text(p95),
               usd_text(*link->monthly_cost)});
  }
  return table.text();
}

}  // namespace

std::string bill_section(const Result& result) {
  if (!result.cost) return "";
  const CostResult& cost = *result.cost;
  std::string out = categories_table(cost);
  if (!std::isnan(cost.per_gb)) {
    out += fmt::format("  {:.6f} USD per GB of {:.0f} GB served", cost.per_gb, cost.served_gb);
    if (cost.revenue_per_gb) out += fmt::format(", {:.6f} earned", *cost.revenue_per_gb);
    out += '\n';
  }
  out += "  " + wrapped(cost.basis, 4) + '\n';
  const std::string links = dearest_links(result);
  return links.empty() ? out : out + '\n' + links;
}

}  // namespace cdnsim::tools
