#include <algorithm>
#include <limits>
#include <map>
#include <vector>

#include <cdnsim/assembly/worth.hpp>
#include <cdnsim/models/economics/decisions.hpp>
#include <cdnsim/models/economics/exact.hpp>

namespace cdnsim::assembly {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t kBitsOfGbps = 1'000'000'000;

double usd(Money amount) { return static_cast<double>(amount.count()) / 1e9; }

using Samples = std::vector<std::int64_t>;

void add_samples(Samples& sum, const Samples& more, std::int64_t times = 1) {
  sum.resize(std::max(sum.size(), more.size()));
  for (std::size_t i = 0; i < more.size(); ++i) sum[i] += times * more[i];
}

class Worth {
 public:
  Worth(const BillInputs& inputs, const Bill& bill)
      : inputs_(inputs), bill_(bill), month_(inputs.billing, inputs.run) {}

  IspMonth of_isp(std::size_t isp) const {
    Samples outside = zeros(), from_cache = zeros(), fills = zeros();
    for (const LinkInput& link : inputs_.links) {
      if (link.kind != LinkKind::transit) continue;
      if (link.isp == isp) add_samples(outside, month_.samples(link.sent, link.utc_offset));
      if (link.buyer == isp) add_samples(outside, month_.samples(link.received, link.utc_offset));
    }
    Money hosting{0};
    for (const CacheInput& cache : inputs_.caches) {
      if (cache.isp != isp) continue;
      hosting += cache.hosting;
      if (cache.otherwise_paid) add_samples(from_cache, served(cache));
      if (!cache.fills_paid) continue;
      const Samples received = received_by(cache);
      add_samples(fills, received);
      add_samples(outside, received, -1);
    }
    // Shortly before the end bytes may be counted where they left a cache's host and not yet where
    // they entered.
    for (std::int64_t& bytes : outside) bytes = std::max<std::int64_t>(bytes, 0);
    TransitTariff transit;
    transit.price = *inputs_.transit_prices[isp];
    const EmbeddedSavings savings =
        embedded_savings(month_, outside, from_cache, fills, transit, hosting);
    return {usd(savings.transit_without), usd(savings.transit_with), usd(savings.hosting),
            usd(savings.saved())};
  }

  SiteMonth of_site(std::size_t site) const {
    const SiteBill& of_bill = bill_.sites[site];
    const CacheInput* cache = cache_at(site);
    const Int128 bytes = cache ? month_.total(served(*cache)) : to_users(site);
    const BitRate sustained = mean_rate(bytes);
    PopEconomics economics;
    economics.purchase = of_bill.purchase;
    economics.written_off = of_bill.written_off;
    economics.fixed_per_month =
        bill_.by_site.parts[site] - of_bill.written_off - of_bill.by_traffic;
    economics.costs = per_gbps(of_bill.by_traffic, sustained);
    const std::optional<Money> earned = cache ? spared(*cache) : revenue(site);
    if (earned) economics.earns = per_gbps(*earned, sustained);
    SiteMonth month = told(economics, sustained, earned && sustained > BitRate{0});
    add_margin(bill_.by_site.parts[site], earned, bytes, month);
    return month;
  }

 private:
  static SiteMonth told(const PopEconomics& economics, BitRate sustained, bool earns) {
    SiteMonth month;
    month.sustained_bps = static_cast<double>(sustained.count());
    month.purchase = usd(economics.purchase);
    month.fixed = usd(economics.fixed_per_month);
    month.written_off = usd(economics.written_off);
    month.costs_per_gbps = sustained > BitRate{0} ? usd(economics.costs.money()) : kUnknown;
    month.earns_per_gbps = month.break_even_bps = month.payback_months = kUnknown;
    if (!earns) return month;
    month.earns_per_gbps = usd(economics.earns.money());
    if (const auto rate = break_even(economics)) {
      month.break_even_bps = static_cast<double>(rate->count());
    }
    month.payback_months = payback_months(economics, sustained).value_or(kUnknown);
    return month;
  }

  static void add_margin(Money cost, std::optional<Money> earned, Int128 bytes, SiteMonth& month) {
    month.served_gb = static_cast<double>(bytes) / 1e9;
    month.usd_per_gb = bytes > 0 ? usd(cost) / month.served_gb : kUnknown;
    month.earns = month.margin = month.roi_per_year = kUnknown;
    if (!earned) return;
    month.earns = usd(*earned);
    month.margin = usd(*earned - cost);
    if (month.purchase > 0) month.roi_per_year = 12 * month.margin / month.purchase;
  }

  Samples zeros() const { return Samples(month_.times().size()); }

  // What the cache sends to its host's users, and what it receives.
  Samples served(const CacheInput& cache) const {
    Samples sum = zeros();
    for (const LinkInput& link : inputs_.links) {
      if (link.fills_over && link.site == cache.site) {
        add_samples(sum, month_.samples(link.sent, link.utc_offset));
      }
    }
    return sum;
  }
  Samples received_by(const CacheInput& cache) const {
    Samples sum = zeros();
    for (const LinkInput& link : inputs_.links) {
      if (link.fills_over && link.site == cache.site) {
        add_samples(sum, month_.samples(link.received, link.utc_offset));
      }
    }
    return sum;
  }

  const CacheInput* cache_at(std::size_t site) const {
    for (const CacheInput& cache : inputs_.caches) {
      if (cache.site == site) return &cache;
    }
    return nullptr;
  }

  // A PoP's part of what all users get.
  Int128 to_users(std::size_t site) const {
    const std::vector<std::int64_t>& own = inputs_.sites[site].shares.by_isp;
    const Int128 all = capped_sum(inputs_.served.by_isp);
    return all == 0 ? 0 : bill_.served * capped_sum(own) / all;
  }

  BitRate mean_rate(Int128 bytes) const {
    const Int128 seconds = Int128{86'400} * month_.days();
    return BitRate{static_cast<std::int64_t>((8 * bytes + seconds / 2) / seconds)};
  }
  static PricePerGbps per_gbps(Money amount, BitRate rate) {
    if (rate == BitRate{0}) return PricePerGbps{Money{0}};
    if (amount < Money{0}) return PricePerGbps{-amount_of(-amount, kBitsOfGbps, rate.count())};
    return PricePerGbps{amount_of(amount, kBitsOfGbps, rate.count())};
  }

  // What customers pay for what the site serves; nothing where nothing has a price.
  std::optional<Money> revenue(std::size_t site) const {
    const std::vector<std::int64_t>& own = inputs_.sites[site].shares.by_class;
    std::optional<Money> sum;
    for (std::size_t i = 0; i < own.size(); ++i) {
      if (!bill_.classes[i].revenue || inputs_.served.by_class[i] == 0) continue;
      sum = sum.value_or(Money{0}) +
            amount_of(*bill_.classes[i].revenue, own[i], inputs_.served.by_class[i]);
    }
    return sum;
  }

  // What the CDN's own transit would cost more without the cache, by the link's tariff alone.
  std::optional<Money> spared(const CacheInput& cache) const {
    if (!cache.link) return std::nullopt;
    const LinkInput& link = inputs_.links[*cache.link];
    const std::string name = link_tariff(link.pricing, link.kind, link.pays);
    const TariffSpec* tariff = name.empty() ? nullptr : find_tariff(inputs_.billing, name);
    const auto* transit = tariff ? std::get_if<TransitTariff>(tariff) : nullptr;
    if (transit == nullptr) return Money{0};
    Samples with = month_.samples(link.sent, link.utc_offset);
    Samples without = with;
    add_samples(without, served(cache));
    if (cache.fills_by_link) add_samples(without, received_by(cache), -1);
    for (std::int64_t& bytes : without) bytes = std::max<std::int64_t>(bytes, 0);
    return cost(*transit, without) - cost(*transit, with);
  }
  Money cost(const TransitTariff& tariff, const Samples& sent) const {
    Usage use;
    use.sent_p95 = five_minute_rate(month_.p95(sent));
    BillLines lines;
    tariff.bill(use, lines);
    Money sum{0};
    for (const BillLine& line : lines) sum += line.amount;
    return sum;
  }

  const BillInputs& inputs_;
  const Bill& bill_;
  Month month_;
};

}  // namespace

void add_worth(const BillInputs& inputs, const Bill& bill, Result& result) {
  const Worth worth(inputs, bill);
  std::map<std::string, std::size_t> sites;
  for (std::size_t i = 0; i < inputs.sites.size(); ++i) sites[inputs.sites[i].id] = i;
  for (NodeResult& node : result.nodes) {
    if (node.kind != "edge" && node.kind != "embedded") continue;
    node.month = worth.of_site(sites.at(node.id));
  }
  for (std::size_t i = 0; i < inputs.transit_prices.size(); ++i) {
    if (inputs.transit_prices[i]) result.isps[i].month = worth.of_isp(i);
  }
}

}  // namespace cdnsim::assembly
