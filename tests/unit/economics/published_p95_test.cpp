// The published rows of 95th-percentile billing: each as bins of a port, through a whole bill.

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/models/economics/bill.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>

namespace published_p95_test {

using namespace cdnsim;
using Bins = std::vector<std::int64_t>;

constexpr std::int64_t kBytesOfMbps = 37'500'000;  // in five minutes

// What transit bills for a month of these bins, each in kbps.
double billed_mbps(const Bins& sent, const Bins& received = {}) {
  BillInputs inputs;
  inputs.run.count = sent.size();
  LinkInput link;
  link.id = "port";
  link.capacity = 100_Gbps;
  for (const std::int64_t kbps : sent) link.sent.push_back(kbps * (kBytesOfMbps / 1000));
  for (const std::int64_t kbps : received) link.received.push_back(kbps * (kBytesOfMbps / 1000));
  inputs.links.push_back(link);
  const Bill bill = make_bill(inputs);
  REQUIRE_FALSE(bill.is_estimate);
  REQUIRE(bill.lines.size() == 1);
  return static_cast<double>(bill.lines[0].count) / 1e6;
}

Bins ramp(std::int64_t n) {
  Bins bins;
  for (std::int64_t i = n; i >= 1; --i) bins.push_back(i * 1000);
  return bins;
}

Bins flat_with(std::size_t n, std::size_t high) {
  Bins bins(n, 100'000);
  for (std::size_t i = 0; i < high; ++i) bins[i * 19 % n] = 1'000'000;
  return bins;
}

// 1 + a cos in the middle of each bin, turned by one bin's angle at a time, in kbps of Gbps.
Bins cosine(double a) {
  constexpr double kCosStep = 0.9997620270799091, kSinStep = 0.02181488503456112;
  double cosine = 0.9999405050001497, sine = 0.010908091494182374;
  Bins bins;
  for (int i = 0; i < 8640; ++i) {
    bins.push_back(static_cast<std::int64_t>((1.0 + a * cosine) * 1e6 + 0.5));
    const double turned = cosine * kCosStep - sine * kSinStep;
    sine = sine * kCosStep + cosine * kSinStep;
    cosine = turned;
  }
  return bins;
}

struct Row {
  std::string name;
  double billed_mbps;
  double scale;  // Mbps that stand for one of the published unit
};

// One row for each published case, in its order.
std::vector<Row> all_rows() {
  return {{"ramp 1..8640", billed_mbps(ramp(8640)), 1},
          {"31 d: ramp", billed_mbps(ramp(8928)), 1},
          {"28 d: ramp", billed_mbps(ramp(8064)), 1},
          {"100 flat, 432", billed_mbps(flat_with(8640, 432)), 1},
          {"100 flat, 433", billed_mbps(flat_with(8640, 433)), 1},
          {"diurnal 1+a*cos, a=0.5", billed_mbps(cosine(0.5)), 1000},
          {"diurnal 1+a*cos, a=0.72", billed_mbps(cosine(0.72)), 1000},
          {"diurnal 1+a*cos, a=0.9", billed_mbps(cosine(0.9)), 1000},
          {"in/out", billed_mbps(Bins(8640, 10'000), Bins(8640, 50'000)), 1}};
}

TEST_CASE("ramps of a month bill the sample that 5 % lie above") {
  CHECK(billed_mbps(ramp(8640)) == 8208);
  CHECK(billed_mbps(ramp(8928)) == 8482);
  CHECK(billed_mbps(ramp(8064)) == 7661);
}

TEST_CASE("36 hours of a 30-day month are free, and the next five minutes are not") {
  CHECK(billed_mbps(flat_with(8640, 432)) == 100);
  CHECK(billed_mbps(flat_with(8640, 433)) == 1000);
}

TEST_CASE("the published rows of percentile billing", "[reference]") {
  const auto reference = test::reference_folder();
  if (!reference) return;
  std::ifstream file(*reference / "published/p95_billing.json");
  const nlohmann::json published = nlohmann::json::parse(file).at("cases");
  const std::vector<Row> rows = all_rows();
  REQUIRE(published.size() == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    INFO(rows[i].name);
    CHECK(published[i].at("case").get<std::string>().starts_with(rows[i].name));
    // Published to six digits.
    CHECK(rows[i].billed_mbps / rows[i].scale ==
          Approx(published[i].at("billed").get<double>()).margin(1e-6).epsilon(0));
  }
}

}  // namespace published_p95_test
