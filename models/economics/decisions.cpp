#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/economics/decisions.hpp>
#include <cdnsim/models/economics/exact.hpp>

namespace cdnsim {
namespace {

constexpr std::int64_t kGbps = 1'000'000'000;

Money transit_cost(const Month& month, std::span<const std::int64_t> received,
                   const TransitTariff& tariff) {
  Usage use;
  use.received_p95 = five_minute_rate(month.p95(received));
  BillLines lines;
  tariff.bill(use, lines);
  Money sum{0};
  for (const BillLine& line : lines) sum += line.amount;
  return sum;
}

// The least count for which price * count / per >= money. REQUIRES: price > 0.
std::int64_t least_count(Money money, Money price, std::int64_t per) {
  const Int128 product = static_cast<Int128>(money.count()) * per;
  const Int128 least = product / price.count() + (product % price.count() != 0);
  return static_cast<std::int64_t>(std::min<Int128>(least, BitRate::max().count()));
}

}  // namespace

EmbeddedSavings embedded_savings(const Month& month, std::span<const std::int64_t> from_outside,
                                 std::span<const std::int64_t> from_cache,
                                 std::span<const std::int64_t> fills, const TransitTariff& transit,
                                 Money hosting) {
  CDNSIM_ASSERT(from_outside.size() == from_cache.size() && from_cache.size() == fills.size(),
                "samples of one month");
  std::vector<std::int64_t> without(from_outside.begin(), from_outside.end());
  std::vector<std::int64_t> with = without;
  for (std::size_t i = 0; i < without.size(); ++i) {
    without[i] += from_cache[i];
    with[i] += fills[i];
  }
  return {transit_cost(month, without, transit), transit_cost(month, with, transit), hosting};
}

std::optional<BitRate> break_even(const PopEconomics& pop) {
  const Money margin = pop.earns.money() - pop.costs.money();
  if (margin <= Money{0}) return std::nullopt;
  return BitRate{least_count(pop.fixed_per_month + pop.written_off, margin, kGbps)};
}

std::optional<double> payback_months(const PopEconomics& pop, BitRate sustained) {
  const Money margin = pop.earns.money() - pop.costs.money();
  if (margin <= Money{0}) return std::nullopt;
  const Money cash = amount_of(margin, sustained.count(), kGbps) - pop.fixed_per_month;
  if (cash <= Money{0}) return std::nullopt;
  return static_cast<double>(pop.purchase.count()) / static_cast<double>(cash.count());
}

std::int64_t gb_per_month(BitRate sustained, std::uint32_t days) {
  return scaled_to_nearest(sustained.count(), std::int64_t{86'400} * days, 8 * kGbps);
}

PricePerGbps per_sustained_gbps(PricePerGb price, std::uint32_t days) {
  return PricePerGbps{amount_of(price.money(), gb_per_month(BitRate{kGbps}, days), 1)};
}

std::optional<JoinThreshold> exchange_threshold(const PortTariff& port, Money cross_connect,
                                                PricePerMbps transit) {
  std::optional<JoinThreshold> best;
  if (transit.money() <= Money{0}) return best;
  for (const PortSize& size : port.sizes) {
    const Money monthly = size.price + cross_connect;
    // Equal cost is no gain, hence one bit/s more where the division leaves no rest.
    const std::int64_t equal = least_count(monthly, transit.money(), 1'000'000);
    const bool no_rest = static_cast<Int128>(transit.money().count()) * equal ==
                         static_cast<Int128>(monthly.count()) * 1'000'000;
    const BitRate from{no_rest ? equal + 1 : equal};
    if (from > size.speed) continue;
    if (!best || from < best->from) best = JoinThreshold{from, size};
  }
  return best;
}

TrafficShares traffic_shares(const std::map<LinkKind, Int128>& bytes) {
  Int128 total = 0;
  for (const auto& [kind, count] : bytes) total += count;
  TrafficShares shares;
  if (total == 0) return shares;
  const auto share = [&](LinkKind kind) {
    const auto found = bytes.find(kind);
    if (found == bytes.end()) return 0.0;
    return static_cast<double>(found->second) / static_cast<double>(total);
  };
  shares.on_net = share(LinkKind::on_net);
  shares.pni = share(LinkKind::pni);
  shares.ixp = share(LinkKind::ixp);
  shares.transit = share(LinkKind::transit);
  shares.backbone = share(LinkKind::backbone);
  return shares;
}

std::vector<ShareTarget> against_targets(const TrafficShares& shares) {
  constexpr double kSettlementFree = 0.80, kTransit = 0.15, kBackbone = 0.05;
  const double free = shares.settlement_free();
  return {{"settlement_free", kSettlementFree, free, free >= kSettlementFree},
          {"transit", kTransit, shares.transit, shares.transit <= kTransit},
          {"backbone", kBackbone, shares.backbone, shares.backbone <= kBackbone}};
}

}  // namespace cdnsim
