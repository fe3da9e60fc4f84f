// The published rows of 95th-percentile billing through whole runs: a trace with one transfer in
// each five minutes of a month. And a bill that its result file alone is enough to work out again.

#include <cmath>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>
#include <tests/support/scratch_files.hpp>
#include <tests/support/small_scenario.hpp>

namespace {

using namespace cdnsim;
using Volumes = std::vector<std::int64_t>;

constexpr std::int64_t kBytesOfMbps = 37'500'000;  // in five minutes
constexpr std::int64_t kBinsOfDay = 288;

// A PoP whose link to its users pays transit. Object i has volumes[i] bytes; it is asked for in the
// i-th five minutes, so often, and fetched once. `port`: one that all links share.
nlohmann::json result_of(const Volumes& volumes, std::size_t asked_times = 1,
                         const std::string& port = "") {
  test::ScratchFiles files;
  std::ofstream trace(files.path("volumes.csv"));
  trace << "time,id,size\n";
  for (std::size_t i = 0; i < volumes.size(); ++i) {
    for (std::size_t k = 0; k < asked_times; ++k) {
      trace << 300 * i + 10 + 20 * k << ',' << i << ',' << volumes[i] << '\n';
    }
  }
  trace.close();

  Scenario s = test::small_scenario(1, false);
  s.duration = Duration{5min} * static_cast<std::int64_t>(volumes.size());
  s.series_interval = 24h;
  s.network.client_networks["isp0"].access_rate = 10_Gbps;
  if (!port.empty()) {
    for (auto& [id, link] : s.network.links) link.pricing.port = port;
  }
  s.caching.edge.memory = 1000_TB;
  test::add_content(s, "volumes", 1, 0, "max-age=315360000");
  TraceReplay replay;
  replay.file.given = files.path("volumes.csv");
  replay.content = "volumes";
  s.traffic["trace"] = replay;
  s.billing.emplace();
  return nlohmann::json::parse(assembly::result_text(run(s).result));
}

// Of the one line that is transit.
double billed_mbps(const nlohmann::json& result) {
  CHECK_FALSE(result.at("cost").at("is_estimate").get<bool>());
  double mbps = 0;
  int lines = 0;
  for (const nlohmann::json& line : result.at("cost").at("lines")) {
    if (line.at("category") != "transit") continue;
    CHECK(line.at("unit") == "Mbps");
    mbps = line.at("quantity");
    ++lines;
  }
  CHECK(lines == 1);
  return mbps;
}

// n, n - 1, ... 1, in kbps.
Volumes ramp_of_days(std::int64_t days) {
  Volumes volumes;
  for (std::int64_t i = days * kBinsOfDay; i >= 1; --i) volumes.push_back(i * kBytesOfMbps / 1000);
  return volumes;
}

// 100 Mbps, and in `high` of the bins, here and there, 1000.
Volumes flat_with_peaks(std::size_t high) {
  Volumes volumes(8640, 100 * kBytesOfMbps);
  for (std::size_t i = 0; i < high; ++i) volumes[i * 19 % 8640] = 1000 * kBytesOfMbps;
  return volumes;
}

// 1 + a cos in the middle of each bin, turned by one bin's angle at a time, in Gbps.
Volumes cosine_day(double a) {
  constexpr double kCosStep = 0.9997620270799091, kSinStep = 0.02181488503456112;
  double cosine = 0.9999405050001497, sine = 0.010908091494182374;
  Volumes volumes;
  for (int i = 0; i < 8640; ++i) {
    volumes.push_back(
        static_cast<std::int64_t>((1.0 + a * cosine) * 1000.0 * double{kBytesOfMbps} + 0.5));
    const double turned = cosine * kCosStep - sine * kSinStep;
    sine = sine * kCosStep + cosine * kSinStep;
    cosine = turned;
  }
  return volumes;
}

// In nano-dollars, as which amounts are told exactly.
std::int64_t nano(const nlohmann::json& usd) { return std::llround(usd.get<double>() * 1e9); }

}  // namespace

TEST_CASE("a ramp of a month's five-minute volumes bills the one that 5 % lie above, in a run") {
  // In kbps: number n - floor(n / 20) of 1..n.
  CHECK(billed_mbps(result_of(ramp_of_days(30))) == 8.208);
  CHECK(billed_mbps(result_of(ramp_of_days(31))) == 8.482);
  CHECK(billed_mbps(result_of(ramp_of_days(28))) == 7.661);
}

TEST_CASE("the published rows of percentile billing, in runs", "[reference]") {
  const auto reference = test::reference_folder();
  if (!reference) return;
  std::ifstream file(*reference / "published/p95_billing.json");
  const nlohmann::json published = nlohmann::json::parse(file).at("cases");
  // Each with the Mbps that stand for one of the published unit.
  const std::vector<std::pair<double, double>> rows = {
      {billed_mbps(result_of(ramp_of_days(30))), 0.001},
      {billed_mbps(result_of(ramp_of_days(31))), 0.001},
      {billed_mbps(result_of(ramp_of_days(28))), 0.001},
      {billed_mbps(result_of(flat_with_peaks(432))), 1},
      {billed_mbps(result_of(flat_with_peaks(433))), 1},
      {billed_mbps(result_of(cosine_day(0.5))), 1000},
      {billed_mbps(result_of(cosine_day(0.72))), 1000},
      {billed_mbps(result_of(cosine_day(0.9))), 1000},
      // Users and the origin on one port: 10 come in, and go out five times.
      {billed_mbps(result_of(Volumes(8640, 10 * kBytesOfMbps), 5, "one port")), 1}};
  REQUIRE(published.size() == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    INFO(published[i].dump());
    // Published to six digits.
    CHECK(rows[i].first / rows[i].second ==
          Approx(published[i].at("billed").get<double>()).margin(1e-6).epsilon(0));
  }
}

namespace {

// Three PoPs, a shield, an origin and links of four kinds, two of which share a port.
nlohmann::json result_with_all_kinds() {
  Scenario s = test::small_scenario(3, true);
  s.duration = 20min;
  s.warmup = 1min;
  s.network.links["pop0-isp0"].kind = LinkKind::ixp;
  s.network.links["pop1-isp1"].kind = LinkKind::pni;
  s.network.links["pop0-shield"].pricing.port = "uplink";
  s.network.links["pop1-shield"].pricing.port = "uplink";
  s.network.links["pop2-shield"].kind = LinkKind::backbone;
  s.network.pops["pop2"].is_virtual = true;
  s.network.pops["pop2"].pricing.rented = 1_Gbps;
  s.caching.edge.storage.ssd = 10_TB;
  s.caching.edge.memory = 300_KB;
  test::add_content(s, "pages", 1000, 0.8, "max-age=60");
  test::add_content(s, "files", 1000, 0.8, "max-age=60");
  s.content["files"].size.law = FixedSize{Bytes{100'000}};
  test::add_steady(s, "base", 100, "pages");
  std::get<Steady>(s.traffic["base"]).mix["files"] = 0.5;
  s.billing.emplace();
  s.billing->prices["files"] = PricePerGb{Money{20'000'000}};
  return nlohmann::json::parse(assembly::result_text(run(s).result));
}

// Of the result's lines, in nano-dollars.
struct LineSums {
  std::map<std::string, std::int64_t> by_category, by_subject;
  std::int64_t total = 0;
};
LineSums sums_of_lines(const nlohmann::json& cost) {
  LineSums sums;
  for (const nlohmann::json& line : cost.at("lines")) {
    const std::int64_t amount = nano(line.at("amount_usd"));
    sums.by_category[line.at("category")] += amount;
    sums.by_subject[line.at("subject")] += amount;
    sums.total += amount;
  }
  return sums;
}

std::int64_t sum_of(const nlohmann::json& list, const char* pointer) {
  const nlohmann::json::json_pointer at(pointer);
  std::int64_t sum = 0;
  for (const nlohmann::json& part : list) sum += part.contains(at) ? nano(part.at(at)) : 0;
  return sum;
}

}  // namespace

TEST_CASE("each line of a bill is quantity x price, and sums are sums of lines") {
  const nlohmann::json result = result_with_all_kinds();
  const nlohmann::json& cost = result.at("cost");
  for (const nlohmann::json& line : cost.at("lines")) {
    INFO(line.dump());
    const double product =
        line.at("quantity").get<double>() * line.at("unit_price_usd").get<double>();
    CHECK(std::llround(product * 1e9) == nano(line.at("amount_usd")));
  }
  LineSums sums = sums_of_lines(cost);
  CHECK(sums.total > 0);
  CHECK(sums.total == nano(cost.at("monthly_total_usd")));
  for (const char* category :
       {"transit", "ixp", "pni", "backbone", "colocation", "hardware", "egress", "rent"}) {
    INFO(category);
    CHECK(sums.by_category[category] > 0);
    CHECK(sums.by_category[category] == nano(cost.at(std::string(category) + "_usd")));
  }
}

TEST_CASE("what links cost follows from their tariff, their capacity and the month's percentile") {
  const nlohmann::json result = result_with_all_kinds();
  LineSums sums = sums_of_lines(result.at("cost"));
  std::int64_t of_links = 0;
  for (const nlohmann::json& link : result.at("links")) {
    INFO(link.dump());
    const nlohmann::json& month = link.at("month");
    const std::int64_t charged = nano(link.at("monthly_cost_usd"));
    of_links += charged;
    const std::string tariff = month.at("tariff");
    if (tariff.empty()) CHECK(charged == 0);
    if (tariff == "port") CHECK(charged == 4'400'000'000'000);      // one of 100 Gbps
    if (tariff == "pni") CHECK(charged == 600'000'000'000);         // one cross-connect, two ends
    if (tariff == "backbone") CHECK(charged == 7'600'000'000'000);  // one wave
    if (tariff == "transit" && sums.by_subject.contains(link.at("id"))) {
      // At 0.10 USD per Mbps a bit/s costs 100 nano-dollars.
      const double p95 = std::max(month.at("sent_p95_bps").get<double>(),
                                  month.at("received_p95_bps").get<double>());
      CHECK(charged == std::llround(p95) * 100);
    }
  }
  CHECK(of_links == sums.by_category["transit"] + sums.by_category["ixp"] +
                        sums.by_category["pni"] + sums.by_category["backbone"]);
  // Two links and one port.
  CHECK(sums.by_subject["uplink"] == nano(result.at("/links/1/monthly_cost_usd"_json_pointer)) +
                                         nano(result.at("/links/3/monthly_cost_usd"_json_pointer)));
  // The origin's own tariff holds for what it sends.
  CHECK(result.at("links").back().at("month").at("tariff") == "");
}

TEST_CASE("the parts of a bill sum to it, and prices per GB follow") {
  const nlohmann::json result = result_with_all_kinds();
  const nlohmann::json& cost = result.at("cost");
  const std::int64_t total = nano(cost.at("monthly_total_usd"));
  CHECK(sum_of(result.at("nodes"), "/monthly_cost_usd") + nano(cost.at("not_by_node_usd")) ==
        total);
  CHECK(sum_of(result.at("isps"), "/monthly_cost_usd") + nano(cost.at("not_by_isp_usd")) == total);
  CHECK(sum_of(result.at("classes"), "/month/cost_usd") + nano(cost.at("not_by_class_usd")) ==
        total);

  double served_gb = 0;
  for (const nlohmann::json& link : result.at("links")) {
    const std::string to = link.at("to");
    if (to.starts_with("isp")) served_gb += link.at("month").at("sent_gb").get<double>();
  }
  CHECK(cost.at("served_gb").get<double>() == Approx(served_gb).epsilon(1e-12));
  CHECK(cost.at("usd_per_gb").get<double>() ==
        Approx(static_cast<double>(total) / 1e9 / served_gb).epsilon(0).margin(1e-9).epsilon(0));
  const nlohmann::json& files = result.at("classes").at("files").at("month");
  CHECK(files.at("revenue_usd").get<double>() ==
        Approx(files.at("served_gb").get<double>() * 0.02).epsilon(0).margin(1e-9).epsilon(0));
  CHECK(nano(files.at("margin_usd")) == nano(files.at("revenue_usd")) - nano(files.at("cost_usd")));
  CHECK(nano(cost.at("margin_usd")) == nano(cost.at("revenue_usd")) - total);
}

TEST_CASE("shares of the month's traffic are held against 80, 15 and 5 percent") {
  // Three equal networks: one by an exchange, one by private peering, one by transit.
  const nlohmann::json result = result_with_all_kinds();
  const nlohmann::json& share = result.at("cost").at("traffic_share");
  for (const char* kind : {"ixp", "pni", "transit"}) {
    CHECK(share.at(kind).get<double>() == Approx(1.0 / 3).margin(0.02).epsilon(0));
  }
  CHECK(share.at("embedded") == 0);
  CHECK(share.at("backbone") == 0);
  const nlohmann::json& targets = result.at("cost").at("traffic_targets");
  CHECK(targets.at(0).at("met") == false);
  CHECK(targets.at(1).at("met") == false);
  CHECK(targets.at(2).at("met") == true);
}

TEST_CASE("a scenario that says nothing of money has no bill") {
  Scenario s = test::small_scenario(1, false);
  test::add_content(s, "pages", 10, 0, "max-age=60");
  test::add_steady(s, "base", 10, "pages");
  const Result result = run(s).result;
  CHECK_FALSE(result.cost.has_value());
  CHECK_FALSE(result.links[0].monthly_cost.has_value());
  s.billing.emplace();
  CHECK(run(s).result.cost.has_value());
}
