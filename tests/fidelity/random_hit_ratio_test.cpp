// RANDOM and perfect LFU under independent Zipf requests, against the exact product form and the
// sum of the most popular objects' shares.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>

namespace {

using namespace cdnsim;

constexpr int kRuns = 10;

std::vector<double> zipf_sums(std::uint64_t objects, double exponent) {
  std::vector<double> sums;
  double sum = 0;
  for (std::uint64_t i = 1; i <= objects; ++i) {
    sums.push_back(sum += std::pow(static_cast<double>(i), -exponent));
  }
  return sums;
}

template <class Policy>
double hit_ratio(const std::vector<double>& sums, std::int64_t capacity, int run, Policy policy) {
  Cache<Policy> cache(Bytes(capacity), std::move(policy));
  const std::int64_t warmup = 2000 + 25 * capacity, measured = 200'000;
  std::int64_t hits = 0;
  for (std::int64_t i = 0; i < warmup + measured; ++i) {
    const std::uint64_t word =
        hash_combine(1000 + static_cast<std::uint64_t>(run), static_cast<std::uint64_t>(i));
    const double at = static_cast<double>(word >> 11) * 0x1p-53 * sums.back();
    const auto object = std::upper_bound(sums.begin(), sums.end(), at) - sums.begin();
    const bool hit = cache.request(static_cast<std::uint64_t>(object), Bytes(1));
    hits += hit && i >= warmup;
  }
  return static_cast<double>(hits) / static_cast<double>(measured);
}

// `policy_of(run)` has the ratios in the column of the table, each from ten runs.
template <class PolicyOf>
void check_table(const std::string& column, PolicyOf policy_of) {
  const auto folder = test::reference_folder();
  if (!folder) return;
  std::ifstream file(*folder / "published/irm_single_cache_exact.json");
  const nlohmann::json published = nlohmann::json::parse(file);
  int checked = 0;
  for (const nlohmann::json& row : published.at("table")) {
    const auto objects = row.at("N").get<std::uint64_t>();
    const auto exponent = row.at("alpha").get<double>();
    const auto capacity = row.at("C").get<std::int64_t>();
    const double exact = row.at(column).get<double>();
    const std::vector<double> sums = zipf_sums(objects, exponent);
    double sum = 0, squares = 0;
    for (int run = 0; run < kRuns; ++run) {
      const double found = hit_ratio(sums, capacity, run, policy_of(run));
      sum += found;
      squares += found * found;
    }
    const double mean = sum / kRuns;
    const double error = std::sqrt((squares / kRuns - mean * mean) / (kRuns - 1));
    INFO(capacity << " of " << objects << " objects, exponent " << exponent << ": " << mean
                  << " +- " << error << ", exactly " << exact);
    CHECK(std::abs(mean - exact) <= std::max(0.01 * exact, 4 * error));
    CHECK(error < 0.0075 * exact);  // so that the tolerance is 3 % at most
    ++checked;
  }
  CHECK(checked >= 40);
}

}  // namespace

TEST_CASE("RANDOM has the exact hit ratios of independent requests", "[reference]") {
  check_table("fifo_random_exact", [](int run) {
    return *make_policy<RandomPolicy>({"random", {{"seed", run}}}).value;
  });
}

TEST_CASE("perfect LFU keeps the most popular of independently requested objects", "[reference]") {
  check_table("lfu_static", [](int) { return PerfectLfu{}; });
}
