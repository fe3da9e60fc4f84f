#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include <cdnsim/assembly/advice.hpp>
#include <cdnsim/config/scenario_map.hpp>
#include <cdnsim/models/economics/decisions.hpp>

namespace cdnsim::assembly {
namespace {

constexpr double kNoFigure = std::numeric_limits<double>::quiet_NaN();

double dollars(Money amount) { return static_cast<double>(amount.count()) / 1e9; }

PricePerMbps price_beyond(const TransitTariff& tariff) {
  return tariff.overage.value_or(tariff.price);
}

class ExchangeLooker {
 public:
  ExchangeLooker(const Scenario& scenario, const Network& network, const BillInputs& inputs,
                 const Bill& bill)
      : scenario_(scenario),
        topology_(network.plan->topology),
        inputs_(inputs),
        bill_(bill),
        month_(inputs.billing, inputs.run) {}

  std::vector<ExchangeResult> look() {
    find_transit();
    for (std::size_t i = 0; i < inputs_.links.size(); ++i) add_port(i);
    for (const auto& [ixp, spec] : scenario_.network.ixps) add_openings(ixp);
    std::ranges::sort(found_, {}, [](const ExchangeResult& row) {
      return std::tuple(row.ixp, row.site, row.link);
    });
    return std::move(found_);
  }

 private:
  // Of a site: its links over transit and the least of their prices.
  struct Transit {
    std::vector<std::size_t> links;
    std::optional<PricePerMbps> price;
  };

  void find_transit() {
    for (std::size_t i = 0; i < inputs_.links.size(); ++i) {
      const LinkInput& link = inputs_.links[i];
      if (link.kind != LinkKind::transit || !link.site) continue;
      const std::string name = link_tariff(link.pricing, link.kind, link.pays);
      const auto* transit = std::get_if<TransitTariff>(find_tariff(inputs_.billing, name));
      if (transit == nullptr) continue;
      Transit& of_site = transit_[*link.site];
      of_site.links.push_back(i);
      of_site.price =
          std::min(of_site.price.value_or(price_beyond(*transit)), price_beyond(*transit));
    }
  }

  void add_port(std::size_t index) {
    const LinkInput& link = inputs_.links[index];
    if (link.kind != LinkKind::ixp || !link.site) return;
    const Link& drawn = topology_.links()[index];
    const bool at_end = topology_.place(drawn.to).kind == PlaceKind::ixp;
    const std::string& ixp = topology_.place(at_end ? drawn.to : drawn.from).id;
    if (topology_.place(at_end ? drawn.to : drawn.from).kind != PlaceKind::ixp) return;
    joined_.emplace(ixp, *link.site);
    const std::string name = link_tariff(link.pricing, link.kind, link.pays);
    const auto* port = std::get_if<PortTariff>(find_tariff(inputs_.billing, name));
    if (port == nullptr) return;
    const BitRate rate = std::max(bill_.links[index].sent_p95, bill_.links[index].received_p95);
    add(ixp, *link.site, link.id, *port, rate);
  }

  void add_openings(const std::string& ixp) {
    const Metro* metro = config::metro_of(scenario_.network, ixp);
    if (metro == nullptr) return;
    const auto port = tariff_or_usual<PortTariff>(inputs_.billing, "port");
    for (const auto& [site, transit] : transit_) {
      const SiteInput& input = inputs_.sites[site];
      if (input.is_embedded || joined_.contains({ixp, site})) continue;
      if (config::metro_of(scenario_.network, input.id) != metro) continue;
      add(ixp, site, "", port, over(transit));
    }
  }

  BitRate over(const Transit& transit) const {
    std::vector<std::int64_t> sent(month_.times().size()), received = sent;
    for (const std::size_t i : transit.links) {
      const LinkInput& link = inputs_.links[i];
      add_up(sent, month_.samples(link.sent, link.utc_offset));
      add_up(received, month_.samples(link.received, link.utc_offset));
    }
    return five_minute_rate(std::max(month_.p95(sent), month_.p95(received)));
  }
  static void add_up(std::vector<std::int64_t>& sum, const std::vector<std::int64_t>& more) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += more[i];
  }

  void add(const std::string& ixp, std::size_t site, const std::string& link,
           const PortTariff& port, BitRate rate) {
    const auto own = transit_.find(site);
    const PricePerMbps price =
        own == transit_.end()
            ? price_beyond(tariff_or_usual<TransitTariff>(inputs_.billing, "transit"))
            : *own->second.price;
    const Money cross_connect = tariff_or_usual<PniTariff>(inputs_.billing, "pni").cross_connect;
    const auto threshold = exchange_threshold(port, cross_connect, price);
    ExchangeResult row;
    row.ixp = ixp;
    row.site = inputs_.sites[site].id;
    row.link = link;
    row.transit_usd_per_mbps = dollars(price.money());
    row.rate_bps = static_cast<double>(rate.count());
    row.port_bps = row.monthly_usd = row.threshold_bps = kNoFigure;
    if (threshold) {
      row.port_bps = static_cast<double>(threshold->port.speed.count());
      row.monthly_usd = dollars(threshold->port.price + cross_connect);
      row.threshold_bps = static_cast<double>(threshold->from.count());
      row.pays = rate >= threshold->from;
    }
    found_.push_back(std::move(row));
  }

  const Scenario& scenario_;
  const Topology& topology_;
  const BillInputs& inputs_;
  const Bill& bill_;
  Month month_;
  std::map<std::size_t, Transit> transit_;                // by site
  std::set<std::pair<std::string, std::size_t>> joined_;  // exchanges and sites
  std::vector<ExchangeResult> found_;
};

}  // namespace

std::vector<ExchangeResult> exchange_results(const Scenario& scenario, const Network& network,
                                             const BillInputs& inputs, const Bill& bill) {
  return ExchangeLooker(scenario, network, inputs, bill).look();
}

}  // namespace cdnsim::assembly
