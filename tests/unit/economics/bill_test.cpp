// Bills of small networks worked out by hand, and what must hold of any bill.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/economics/bill.hpp>
#include <cdnsim/models/economics/exact.hpp>
#include <tests/support/rapidcheck.hpp>

namespace bill_test {

using namespace cdnsim;
using Bins = std::vector<std::int64_t>;

constexpr std::int64_t kBytesOfMbps = 37'500'000;  // in five minutes

Bins steady(std::int64_t mbps) { return Bins(8640, mbps * kBytesOfMbps); }

LinkInput link_of(std::string id, LinkKind kind, std::int64_t sent_mbps,
                  std::int64_t received_mbps = 0) {
  LinkInput link;
  link.id = std::move(id);
  link.kind = kind;
  link.capacity = 100_Gbps;
  link.sent = steady(sent_mbps);
  link.received = steady(received_mbps);
  return link;
}

// A month long, so that nothing is estimated.
BillInputs month_of(std::vector<LinkInput> links) {
  BillInputs inputs;
  inputs.run.count = 8640;
  inputs.links = std::move(links);
  return inputs;
}

std::string problem_of(const BillInputs& inputs) {
  try {
    make_bill(inputs);
  } catch (const UserError& error) {
    return error.what();
  }
  return "no problem";
}

// One PoP with transit to one ISP and private peering to another, an origin, two classes.
BillInputs small_network() {
  BillInputs inputs = month_of({link_of("transit", LinkKind::transit, 2'000, 100),
                                link_of("peering", LinkKind::pni, 6'000),
                                link_of("inside", LinkKind::on_net, 2'000)});
  inputs.classes = {"video", "web"};
  inputs.isps = {"east", "west"};
  inputs.served = {{3, 1}, {1, 4}};
  for (LinkInput& link : inputs.links) link.site = 0;
  inputs.links[0].isp = 0;
  inputs.links[1].isp = 1;
  inputs.links[2].isp = 1;
  SiteInput pop;
  pop.id = "nyc";
  pop.servers = 10;
  inputs.sites = {pop};
  OriginInput origin;
  origin.id = "store";
  origin.sent = steady(100);
  inputs.origins = {origin};
  inputs.billing.prices = {{"video", PricePerGb{Money{5'000'000}}}};
  return inputs;
}

TEST_CASE("the bill of a small network, line by line") {
  const Bill bill = make_bill(small_network());
  std::vector<std::string> lines;
  for (const BillLine& line : bill.lines) lines.push_back(to_text(line));
  // 17,500 USD in 48 months are 364.583333333 a month. 100 Mbps for 30 days are 32,400 GB.
  const std::vector<std::string> expected = {
      "peering, cross-connects: 2 x 300 USD = 600 USD",
      "transit, 95th percentile: 2000 Mbps x 0.1 USD = 200 USD",
      "nyc, power of the servers: 5 kW x 275 USD = 1375 USD",
      "nyc, servers, a month of their life: 10 x 364.583333333 USD = 3645.83333333 USD",
      "store, egress, tier 1: 10000 GB x 0.09 USD = 900 USD",
      "store, egress, tier 2: 22400 GB x 0.085 USD = 1904 USD"};
  CHECK(lines == expected);
  CHECK(bill.of(BillCategory::transit) == 200_USD);
  CHECK(bill.of(BillCategory::pni) == 600_USD);
  CHECK(bill.of(BillCategory::colocation) == 1'375_USD);
  CHECK(bill.of(BillCategory::hardware) == Money{3'645'833'333'330});
  CHECK(bill.of(BillCategory::egress) == 2'804_USD);
  CHECK(bill.total == Money{8'624'833'333'330});
  CHECK_FALSE(bill.is_estimate);
}

TEST_CASE("cost per GB, revenue and margin of a small network") {
  const Bill bill = make_bill(small_network());
  // 10 Gbps for 30 days are 3,240,000 GB, three quarters of them video.
  CHECK(bill.served == Int128{3'240'000} * 1'000'000'000);
  REQUIRE(bill.per_gb);
  CHECK(bill.per_gb->money() == Money{2'661'986});  // 8624.83333333 / 3,240,000 = 0.002661986
  CHECK(bill.classes[0].served == Int128{2'430'000} * 1'000'000'000);
  CHECK(bill.classes[0].revenue == 12'150_USD);
  // Nothing says which class went where, so that it bears three quarters of everything.
  CHECK(bill.classes[0].cost == Money{6'468'624'999'998});
  CHECK(bill.classes[0].margin == 12'150_USD - Money{6'468'624'999'998});
  CHECK_FALSE(bill.classes[1].revenue);
}

TEST_CASE("cost goes to the network, the site and the link that cause it") {
  const Bill bill = make_bill(small_network());
  CHECK(bill.links[0].cost == 200_USD);
  CHECK(bill.links[1].cost == 600_USD);
  CHECK(bill.links[2].cost == Money{0});
  // All but the origin's egress belongs to the PoP.
  CHECK(bill.by_site.parts[0] == bill.total - 2'804_USD);
  CHECK(bill.by_site.unassigned == 2'804_USD);
  // The rest, 7824.83333333 USD, by what was served: one fifth.
  CHECK(bill.by_isp.parts[0] == 200_USD + Money{1'564'966'666'666});
  CHECK(bill.by_isp.parts[1] == 600_USD + Money{6'259'866'666'664});
}

TEST_CASE("links through one port are billed as one, and each bears its part by bytes") {
  BillInputs inputs =
      month_of({link_of("a", LinkKind::transit, 300), link_of("b", LinkKind::transit, 100)});
  inputs.links[0].pricing.port = "nyc-1";
  inputs.links[1].pricing.port = "nyc-1";
  const Bill bill = make_bill(inputs);
  REQUIRE(bill.lines.size() == 1);
  CHECK(bill.lines[0].subject == "nyc-1");
  CHECK(bill.lines[0].amount == 40_USD);
  CHECK(bill.links[0].cost == 30_USD);
  CHECK(bill.links[1].cost == 10_USD);
}

TEST_CASE("an exchange port that several links share is paid once") {
  BillInputs inputs = month_of({link_of("a", LinkKind::ixp, 300), link_of("b", LinkKind::ixp, 0)});
  CHECK(make_bill(inputs).total == 8'800_USD);
  inputs.links[0].pricing.port = "fabric";
  inputs.links[1].pricing.port = "fabric";
  CHECK(make_bill(inputs).total == 4'400_USD);
}

TEST_CASE("pooled ports are summed bin by bin before the percentile is taken") {
  // Each port is busy for 30 hours, at another time: alone both are below 5 % of the month and
  // free; together they are busy for 60 hours.
  BillInputs inputs = month_of({link_of("a", LinkKind::transit, 100),  //
                                link_of("b", LinkKind::transit, 100)});
  std::fill_n(inputs.links[0].sent.begin(), 360, 900 * kBytesOfMbps);
  std::fill_n(inputs.links[1].sent.begin() + 4000, 360, 900 * kBytesOfMbps);
  CHECK(make_bill(inputs).total == 20_USD);
  inputs.billing.tariffs["transit"] = TransitTariff{.pooled = true};
  const Bill bill = make_bill(inputs);
  REQUIRE(bill.lines.size() == 1);
  CHECK(bill.lines[0].subject == "all ports of transit");
  CHECK(bill.total == 100_USD);
}

TEST_CASE("a pool has one commit, single ports have one each") {
  BillInputs inputs = month_of({link_of("a", LinkKind::transit, 10),  //
                                link_of("b", LinkKind::transit, 10)});
  inputs.billing.tariffs["transit"] = TransitTariff{.commit = 1_Gbps};
  CHECK(make_bill(inputs).total == 200_USD);
  inputs.billing.tariffs["transit"] = TransitTariff{.commit = 1_Gbps, .pooled = true};
  CHECK(make_bill(inputs).total == 100_USD);
}

TEST_CASE("a link pays the tariff that it names") {
  BillInputs inputs = month_of({link_of("a", LinkKind::pni, 1'000)});
  inputs.billing.tariffs["paid-peering"] = TransitTariff{.price = PricePerMbps{1_USD}};
  inputs.links[0].pricing.tariff = "paid-peering";
  CHECK(make_bill(inputs).of(BillCategory::transit) == 1'000_USD);
  inputs.links[0].pricing.tariff = "peering";
  CHECK(problem_of(inputs) == "#/billing/tariffs: there is no tariff \"peering\"");
}

TEST_CASE("one port cannot have two tariffs") {
  BillInputs inputs = month_of({link_of("a", LinkKind::ixp, 1), link_of("b", LinkKind::pni, 1)});
  inputs.links[0].pricing.port = "p";
  inputs.links[1].pricing.port = "p";
  CHECK(problem_of(inputs) ==
        "#/network/links/b/tariff: \"pni\" differs from that of the other links of port \"p\"; one "
        "port has one tariff");
}

TEST_CASE("a virtual PoP pays rent for what it sends, and no hardware") {
  BillInputs inputs = month_of({link_of("a", LinkKind::on_net, 2'000)});
  inputs.links[0].site = 0;
  SiteInput pop;
  pop.id = "v";
  pop.is_virtual = true;
  pop.servers = 4;
  inputs.sites = {pop};
  const Bill bill = make_bill(inputs);
  CHECK(bill.total == 740_USD);  // 2 Gbps at 370
  CHECK(bill.of(BillCategory::rent) == 740_USD);
}

TEST_CASE("a short run's bill says that it is an estimate, and of what") {
  BillInputs inputs;
  inputs.run.count = 3;
  LinkInput link;
  link.id = "a";
  link.capacity = 10_Gbps;
  link.sent = Bins(3, 1'000 * kBytesOfMbps);
  inputs.links = {link};
  const Bill bill = make_bill(inputs);
  CHECK(bill.is_estimate);
  CHECK(bill.basis.starts_with("estimated from a run of 15min: 21 weekdays"));
  // 1 Gbps in an hour of mean traffic bills 1.52375 Gbps (month_test.cpp) at 0.10 USD.
  CHECK(bill.total == Money{152'375'000'000});
}

TEST_CASE("nothing sent costs nothing by the byte, and has no price per GB") {
  const Bill bill = make_bill(month_of({link_of("a", LinkKind::transit, 0)}));
  CHECK(bill.total == Money{0});
  CHECK_FALSE(bill.per_gb);
}

TEST_CASE("every view of a bill sums to its total, and every amount follows from its line") {
  rc::prop("", [] {
    BillInputs inputs;
    inputs.run.count = *rc::gen::inRange<std::size_t>(1, 30);
    inputs.classes = {"a", "b", "c"};
    inputs.isps = {"x", "y"};
    const auto counts = [](std::size_t n) {
      return *rc::gen::container<Bins>(n, rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000));
    };
    const auto maybe_counts = [&](std::size_t n) {
      return *rc::gen::arbitrary<bool>() ? counts(n) : Bins{};
    };
    inputs.served = {maybe_counts(3), maybe_counts(2)};
    inputs.sites.resize(2);
    for (SiteInput& site : inputs.sites) {
      site.servers = *rc::gen::inRange(0u, 100u);
      site.is_virtual = *rc::gen::arbitrary<bool>();
      site.shares = {maybe_counts(3), maybe_counts(2)};
    }
    const bool pooled = *rc::gen::arbitrary<bool>();
    inputs.billing.tariffs["transit"] = TransitTariff{.pooled = pooled};
    const auto links = *rc::gen::inRange<std::size_t>(0, 6);
    for (std::size_t i = 0; i < links; ++i) {
      LinkInput link;
      link.id = std::to_string(i);
      link.kind = *rc::gen::element(LinkKind::transit, LinkKind::pni, LinkKind::on_net);
      link.capacity = 10_Gbps;
      link.sent = maybe_counts(inputs.run.count);
      link.received = maybe_counts(inputs.run.count);
      if (*rc::gen::arbitrary<bool>()) link.site = *rc::gen::inRange<std::size_t>(0, 2);
      if (*rc::gen::arbitrary<bool>()) link.isp = *rc::gen::inRange<std::size_t>(0, 2);
      link.shares = {maybe_counts(3), maybe_counts(2)};
      inputs.links.push_back(link);
    }
    const Bill bill = make_bill(inputs);
    Money lines{0}, categories{0}, of_links{0}, classes = bill.no_class;
    for (const BillLine& line : bill.lines) {
      RC_ASSERT(line.amount == amount_of(line.unit_price, line.count, steps_in(line.unit)));
      lines += line.amount;
    }
    for (const Money amount : bill.by_category) categories += amount;
    for (const LinkBill& link : bill.links) of_links += link.cost;
    for (const ClassBill& of_class : bill.classes) classes += of_class.cost;
    const auto sum = [](const CostParts& parts) {
      Money all = parts.unassigned;
      for (const Money part : parts.parts) all += part;
      return all;
    };
    RC_ASSERT(lines == bill.total);
    RC_ASSERT(categories == bill.total);
    RC_ASSERT(classes == bill.total);
    RC_ASSERT(sum(bill.by_isp) == bill.total);
    RC_ASSERT(sum(bill.by_site) == bill.total);
    RC_ASSERT(of_links == bill.of(BillCategory::transit) + bill.of(BillCategory::pni));
  });
}

}  // namespace bill_test
