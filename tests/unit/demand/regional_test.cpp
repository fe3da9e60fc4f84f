// Regions with an order of their own: who shares it, and by how much.

#include <cmath>
#include <map>
#include <set>
#include <vector>

#include <tests/support/catch.hpp>

#include "demand_bench.hpp"

namespace regional_test {

using namespace cdnsim;
using namespace cdnsim::test;

constexpr std::uint64_t kObjects = 1000;

DemandBench bench_with(double share) {
  ContentSpec spec = content_of(kObjects, "zipf:0.9");
  spec.regional = RegionalSpec{Ratio{share}};
  return DemandBench({{"films", spec}}, {{"base", steady_of(12'000, {{"films", 1}})}},
                     {audience_of("a1", 1.0 / 3, "asia"), audience_of("a2", 1.0 / 3, "asia"),
                      audience_of("e1", 1.0 / 3, "europe")});
}
std::vector<double> shares(const DemandBench& bench, std::size_t audience, double& n) {
  std::vector<double> counts(kObjects);
  n = 0;
  bench.for_each(audience, 0, 1000, [&](const Arrival& a) {
    counts.at(a.object) += 1;
    n += 1;
  });
  for (double& count : counts) count /= n;
  return counts;
}

TEST_CASE("a region's order names every object once, for any number of objects") {
  for (const std::uint64_t n : {1u, 2u, 3u, 12u, 1000u, 30'030u}) {
    ContentSpec spec = content_of(n);
    spec.regional = RegionalSpec{Ratio{1.0}};
    const ObjectChoice choice(spec, draw_key(1, {"lots"}));
    for (const char* region : {"asia", "europe", ""}) {
      const RegionalOrder order = choice.order_of(region);
      std::set<std::uint32_t> objects;
      for (std::uint32_t rank = 0; rank < n; ++rank) {
        objects.insert(choice.choose(DrawBlock{}, rank, order, 0).object);
      }
      CHECK(objects.size() == n);
      CHECK(*objects.rbegin() == n - 1);
    }
  }
}

TEST_CASE("an object's share is that of its rank everywhere and of its rank in the region") {
  const DemandBench bench = bench_with(0.3);
  const ObjectChoice& choice = bench.catalogue[0].choice;
  const Popularity law(kObjects, *parse<PopularityLaw>("zipf:0.9").value);
  for (const auto& [audience, region] : {std::pair{0u, "asia"}, std::pair{2u, "europe"}}) {
    double n = 0;
    const std::vector<double> found = shares(bench, audience, n);
    std::vector<double> expected(kObjects);
    for (std::uint32_t rank = 0; rank < kObjects; ++rank) {
      expected[rank] += 0.7 * law.probability(rank);
      const DrawBlock regional{{1, 0, 0, 0}};
      const auto object = choice.choose(regional, rank, choice.order_of(region), 0).object;
      expected[object] += 0.3 * law.probability(rank);
    }
    double statistic = 0;
    for (std::size_t i = 0; i < kObjects; ++i) {
      statistic += n * (found[i] - expected[i]) * (found[i] - expected[i]) / expected[i];
    }
    INFO(region << ": chi-square " << statistic << " of " << kObjects - 1);
    CHECK(statistic < kObjects - 1 + 4 * std::sqrt(2.0 * kObjects));
  }
}

// What two networks ask for alike: the sum of the smaller of both shares.
double common(const std::vector<double>& one, const std::vector<double>& other) {
  double sum = 0;
  for (std::size_t i = 0; i < one.size(); ++i) sum += std::min(one[i], other[i]);
  return sum;
}

TEST_CASE("networks of one region ask for the same, those of others for the rest alone") {
  const DemandBench bench = bench_with(0.6);
  double n = 0;
  const auto asia = shares(bench, 0, n), also_asia = shares(bench, 1, n),
             europe = shares(bench, 2, n);
  CHECK(common(asia, also_asia) > 0.97);
  // At least the 40 % that is the same everywhere; beyond it as much as two random orders share.
  CHECK(common(asia, europe) > 0.4);
  CHECK(common(asia, europe) < 0.8);
}

}  // namespace regional_test
