// The fullest member of a hash ring, against the published means over random rings.

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/data_path/hash_ring.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>

namespace {

using namespace cdnsim;

constexpr int kRings = 200;

// What a number drawn 200 times came to, and how well that is known.
class Sample {
 public:
  void add(double value) {
    sum_ += value;
    squares_ += value * value;
  }
  double mean() const { return sum_ / kRings; }
  double standard_error() const {
    return std::sqrt((squares_ / kRings - mean() * mean()) / (kRings - 1));
  }
  // Within 2 %, or within four standard errors where 200 rings tell no better.
  bool agrees_with(double published) const {
    return std::abs(mean() - published) <= std::max(0.02 * published, 4 * standard_error());
  }

 private:
  double sum_ = 0, squares_ = 0;
};

// The fullest and the emptiest member's load, in mean loads, of 200 rings, each of other names.
struct Spread {
  Sample peak, least;
};
Spread spread_of_rings(std::uint32_t servers, std::uint32_t virtual_nodes) {
  Spread spread;
  for (int ring = 0; ring < kRings; ++ring) {
    std::vector<RingMember> members;
    for (std::uint32_t server = 0; server < servers; ++server) {
      members.push_back({"ring-" + std::to_string(ring) + "-server-" + std::to_string(server)});
    }
    const RingShape shape(members, virtual_nodes);
    double peak = 0, least = 1;
    for (std::uint32_t server = 0; server < servers; ++server) {
      peak = std::max(peak, shape.share_of(server));
      least = std::min(least, shape.share_of(server));
    }
    spread.peak.add(peak * servers);
    spread.least.add(least * servers);
  }
  return spread;
}

}  // namespace

TEST_CASE("the fullest server's share is the published one, on average over 200 rings",
          "[reference]") {
  const auto reference = test::reference_folder();
  if (!reference) return;
  std::ifstream file(*reference / "published/consistent_hash_ring_imbalance.json");
  const nlohmann::json published = nlohmann::json::parse(file);
  int rows = 0;
  for (const nlohmann::json& row : published.at("table")) {
    const auto servers = row.at("servers").get<std::uint32_t>();
    const auto virtual_nodes = row.at("vnodes").get<std::uint32_t>();
    if (virtual_nodes < 10 || servers * virtual_nodes > 10'000) continue;  // seconds a row beyond
    const Spread spread = spread_of_rings(servers, virtual_nodes);
    INFO(servers << " servers, " << virtual_nodes << " virtual nodes: " << spread.peak.mean()
                 << " and " << spread.least.mean());
    CHECK(spread.peak.agrees_with(row.at("mean_peak_over_avg").get<double>()));
    CHECK(spread.least.agrees_with(row.at("mean_min_over_avg").get<double>()));
    ++rows;
  }
  CHECK(rows >= 30);
}
