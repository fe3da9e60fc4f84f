#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/models/economics/bill.hpp>
#include <cdnsim/models/economics/bill_parts.hpp>
#include <cdnsim/models/economics/exact.hpp>

namespace cdnsim {
namespace {

using Samples = std::vector<std::int64_t>;
constexpr std::int64_t kBytesPerGb = 1'000'000'000;

// At most 9.2 EB, which only a tariff by the byte would mind (egress.hpp does).
Bytes in_bytes(Int128 bytes) {
  return Bytes{static_cast<std::int64_t>(std::min<Int128>(bytes, Bytes::max().count()))};
}

void add_to(Samples& sum, const Samples& more) {
  sum.resize(more.size());
  for (std::size_t i = 0; i < more.size(); ++i) sum[i] += more[i];
}

std::int64_t highest(const Samples& samples) {
  return samples.empty() ? 0 : *std::max_element(samples.begin(), samples.end());
}

// Prices per GB are at most 1000 USD, so that no product is beyond 128 bits.
Money price_of(Int128 bytes, PricePerGb price) {
  const Int128 nano = (bytes * price.money().count() + kBytesPerGb / 2) / kBytesPerGb;
  CDNSIM_REQUIRE_USER(nano <= Money::max().count(),
                      "#/billing/prices: the revenue is beyond 9.2 billion USD; lower the price");
  return Money{static_cast<std::int64_t>(nano)};
}

// The links, or origins, that are billed together.
struct Group {
  std::string tariff;
  std::vector<std::size_t> members;
  std::vector<Int128> bytes;                  // of each member in the month, both directions
  std::map<std::string, BitRate> capacities;  // by physical port
  Samples sent, received;
};

// Pools, ports and links may have the same name.
enum class Together { pool, port, alone };
using Groups = std::map<std::pair<Together, std::string>, Group>;

bool is_pooled(const TariffSpec& tariff) {
  return std::visit(
      [](const auto& t) {
        if constexpr (requires { t.pooled; }) {
          return t.pooled;
        } else {
          return false;
        }
      },
      tariff);
}

class BillMaker {
 public:
  explicit BillMaker(const BillInputs& inputs)
      : inputs_(inputs), month_(inputs.billing, inputs.run), splitter_(inputs) {}

  Bill make() {
    bill_.is_estimate = month_.is_estimate();
    bill_.days = month_.days();
    bill_.basis = month_.basis();
    site_sent_.resize(inputs_.sites.size());
    bill_.sites.resize(inputs_.sites.size());
    bill_.classes.resize(inputs_.classes.size());
    charge_links();
    for (std::size_t i = 0; i < inputs_.sites.size(); ++i) charge_site(i);
    charge_origins();
    splitter_.write_to(bill_);
    sum_up();
    return std::move(bill_);
  }

 private:
  const TariffSpec& tariff(std::string_view name) const {
    const TariffSpec* found = find_tariff(inputs_.billing, name);
    CDNSIM_REQUIRE_USER(found != nullptr,
                        fmt::format("#/billing/tariffs: there is no tariff {}", quoted(name)));
    return *found;
  }

  Money add_lines(const std::string& name, const std::string& subject, const Usage& use) {
    BillLines lines;
    std::visit([&](const auto& t) { t.bill(use, lines); }, tariff(name));
    Money sum{0};
    for (BillLine& line : lines) {
      line.tariff = name;
      line.subject = subject;
      sum += line.amount;
      bill_.lines.push_back(std::move(line));
    }
    return sum;
  }

  Usage traffic_of(const Group& group) const {
    Usage use;
    for (const auto& [port, capacity] : group.capacities) use.capacity += capacity;
    use.sent_p95 = five_minute_rate(month_.p95(group.sent));
    use.received_p95 = five_minute_rate(month_.p95(group.received));
    use.sent = in_bytes(month_.total(group.sent));
    use.received = in_bytes(month_.total(group.received));
    return use;
  }

  void charge_links();
  void charge_site(std::size_t index);
  void charge_origins();
  void add_link_traffic();
  void sum_up();
  void sum_up_classes();

  const BillInputs& inputs_;
  Month month_;
  CostSplitter splitter_;
  Bill bill_;
  std::vector<Samples> site_sent_;  // what each site sends, on all its links
};

void BillMaker::charge_links() {
  Groups groups;
  for (std::size_t i = 0; i < inputs_.links.size(); ++i) {
    const LinkInput& link = inputs_.links[i];
    const Samples sent = month_.samples(link.sent, link.utc_offset);
    const Samples received = month_.samples(link.received, link.utc_offset);
    LinkBill& of_link = bill_.links.emplace_back();
    of_link.id = link.id;
    of_link.sent_p95 = five_minute_rate(month_.p95(sent));
    of_link.received_p95 = five_minute_rate(month_.p95(received));
    of_link.sent = month_.total(sent);
    of_link.received = month_.total(received);
    of_link.highest = five_minute_rate(std::max(highest(sent), highest(received)));
    if (link.isp) bill_.served += of_link.sent;
    // What goes on into an embedded cache has not reached users yet.
    if (link.fills_over) bill_.served -= of_link.received;
    if (link.site) add_to(site_sent_[*link.site], sent);

    const std::string name = link_tariff(link.pricing, link.kind, link.pays);
    if (name.empty()) continue;
    const std::string port = link.pricing.port.value_or(link.id);
    const auto own = link.pricing.port ? Together::port : Together::alone;
    Group& group = is_pooled(tariff(name)) ? groups[{Together::pool, "all ports of " + name}]
                                           : groups[{own, port}];
    CDNSIM_REQUIRE_USER(group.members.empty() || group.tariff == name,
                        fmt::format("#/network/links/{}/tariff: {} differs from that of the other "
                                    "links of port {}; one port has one tariff",
                                    link.id, quoted(name), quoted(port)));
    group.tariff = name;
    group.members.push_back(i);
    group.bytes.push_back(of_link.sent + of_link.received);
    BitRate& capacity = group.capacities[port];
    capacity = std::max(capacity, link.capacity);
    add_to(group.sent, sent);
    add_to(group.received, received);
  }
  for (const auto& [key, group] : groups) {
    const Money amount = add_lines(group.tariff, key.second, traffic_of(group));
    splitter_.add_links(amount, group.members, group.bytes);
  }
}

void BillMaker::charge_site(std::size_t index) {
  const SiteInput& site = inputs_.sites[index];
  std::vector<std::string> usual = {"colocation", "hardware"};
  if (site.is_virtual) usual = {"rent"};
  if (site.is_embedded) usual = {"hardware"};
  Usage use;
  if (!site_sent_[index].empty()) use.sent_p95 = five_minute_rate(month_.p95(site_sent_[index]));
  use.servers = site.servers;
  use.power = site.pricing.server_power * site.servers;
  use.ssd = site.ssd;
  use.hdd = site.hdd;
  use.rented = site.pricing.rented;
  use.server_price = site.pricing.server_price;
  SiteBill& of_site = bill_.sites[index];
  of_site.sent = site_sent_[index].empty() ? 0 : month_.total(site_sent_[index]);
  for (const std::string& name : site.pricing.tariffs.value_or(usual)) {
    const Money amount = add_lines(name, site.id, use);
    splitter_.add_site(amount, index);
    if (const auto* hardware = std::get_if<HardwareTariff>(&tariff(name))) {
      of_site.purchase += hardware->purchase(use);
      of_site.written_off += amount;
    } else if (std::holds_alternative<RentTariff>(tariff(name))) {
      of_site.by_traffic += amount;
    }
  }
}

void BillMaker::charge_origins() {
  Groups groups;
  for (std::size_t i = 0; i < inputs_.origins.size(); ++i) {
    const OriginInput& origin = inputs_.origins[i];
    const std::string name = origin.pricing.tariff.value_or("egress");
    Group& group = is_pooled(tariff(name)) ? groups[{Together::pool, "all origins of " + name}]
                                           : groups[{Together::alone, origin.id}];
    const Samples sent = month_.samples(origin.sent, origin.utc_offset);
    group.tariff = name;
    group.members.push_back(i);
    group.bytes.push_back(month_.total(sent));
    add_to(group.sent, sent);
    group.received.resize(sent.size());
  }
  for (const auto& [key, group] : groups) {
    const Money amount = add_lines(group.tariff, key.second, traffic_of(group));
    splitter_.add_origins(amount, group.members, group.bytes);
  }
}

// What links cost by what they carry; ports and waves cost the same whatever they do.
void BillMaker::add_link_traffic() {
  for (std::size_t i = 0; i < inputs_.links.size(); ++i) {
    const LinkInput& link = inputs_.links[i];
    const std::string name = link_tariff(link.pricing, link.kind, link.pays);
    if (name.empty() || !link.site) continue;
    const TariffSpec& of_link = tariff(name);
    if (!std::holds_alternative<TransitTariff>(of_link) &&
        !std::holds_alternative<EgressTariff>(of_link)) {
      continue;
    }
    bill_.sites[*link.site].by_traffic += bill_.links[i].cost;
  }
}

void BillMaker::sum_up() {
  add_link_traffic();
  for (const BillLine& line : bill_.lines) {
    bill_.by_category[static_cast<std::size_t>(line.category)] += line.amount;
    bill_.total += line.amount;
  }
  if (bill_.served > 0) {
    const Int128 nano = static_cast<Int128>(bill_.total.count()) * kBytesPerGb;
    bill_.per_gb =
        PricePerGb{Money{static_cast<std::int64_t>((nano + bill_.served / 2) / bill_.served)}};
  }
  sum_up_classes();
}

// A class has the share of the month's bytes that it had of the run's.
void BillMaker::sum_up_classes() {
  const std::vector<std::int64_t>& served = inputs_.served.by_class;
  if (capped_sum(served) == 0) return;
  const std::vector<Int128> bytes = split(bill_.served, served);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    ClassBill& of_class = bill_.classes[i];
    of_class.served = bytes[i];
    const auto price = inputs_.billing.prices.find(inputs_.classes[i]);
    if (price == inputs_.billing.prices.end()) continue;
    of_class.revenue = price_of(bytes[i], price->second);
    of_class.margin = *of_class.revenue - of_class.cost;
  }
}

}  // namespace

std::string_view usual_tariff(LinkKind kind) {
  switch (kind) {
    case LinkKind::transit: return "transit";
    case LinkKind::ixp: return "port";
    case LinkKind::pni: return "pni";
    case LinkKind::backbone: return "backbone";
    case LinkKind::on_net: break;
  }
  return {};
}

std::string link_tariff(const LinkPricing& pricing, LinkKind kind, bool pays) {
  if (pricing.tariff) return *pricing.tariff;
  return std::string(pays || pricing.port ? usual_tariff(kind) : "");
}

Bill make_bill(const BillInputs& inputs) { return BillMaker(inputs).make(); }

}  // namespace cdnsim
