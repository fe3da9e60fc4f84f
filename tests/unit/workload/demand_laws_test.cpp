// The laws of arrivals: Poisson counts, uniform times, popularity, mix and connections.

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <cdnsim/models/workload/demand.hpp>
#include <tests/support/arrivals.hpp>
#include <tests/support/catch.hpp>

namespace demand_laws_test {

using namespace cdnsim;
using namespace cdnsim::test;

ContentSpec content(std::uint64_t objects, double exponent) {
  ContentSpec spec;
  spec.objects = objects;
  spec.popularity.zipf_exponent = exponent;
  spec.origin = "origin";
  return spec;
}
Steady steady(double per_second, std::map<std::string, double> mix) {
  Steady s;
  s.rate = Rate{per_second};
  s.mix = std::move(mix);
  return s;
}

// One network that holds all users, in four cells unless said otherwise.
struct Bench {
  Bench(std::map<std::string, ContentSpec> classes, std::map<std::string, WorkloadSpec> workloads,
        std::uint32_t cells = 4, double new_connections = 0.1)
      : traffic(std::move(workloads)),
        catalogue(11, classes, traffic),
        demand(11, 100ms, traffic,
               {AudienceInfo{Audience{"isp", "region", 1.0, 0h}, cells, new_connections}},
               catalogue) {}

  std::vector<std::size_t> counts(std::uint32_t cell, std::int64_t slots) const {
    std::vector<std::size_t> list;
    for (std::int64_t slot = 0; slot < slots; ++slot) {
      list.push_back(arrivals(demand, 0, cell, slot).size());
    }
    return list;
  }
  template <class Visit>
  void for_each(std::int64_t slots, std::uint32_t cells, Visit visit) const {
    for (std::int64_t slot = 0; slot < slots; ++slot) {
      for (std::uint32_t cell = 0; cell < cells; ++cell) {
        for (const Arrival& a : arrivals(demand, 0, cell, slot)) visit(a, slot);
      }
    }
  }

  std::map<std::string, WorkloadSpec> traffic;
  Catalogue catalogue;
  Demand demand;
};

struct Statistics {
  double mean = 0;
  double variance = 0;
};
Statistics statistics(const std::vector<std::size_t>& counts) {
  double sum = 0;
  double squares = 0;
  for (const std::size_t count : counts) {
    sum += static_cast<double>(count);
    squares += static_cast<double>(count * count);
  }
  const auto n = static_cast<double>(counts.size());
  return {sum / n, (squares - sum * sum / n) / (n - 1)};
}

// Chi-square of counts against shares; its law has (bins - 1) as mean and twice that as variance.
bool fits(const std::vector<std::size_t>& counts, const std::vector<double>& shares) {
  double total = 0;
  for (const std::size_t count : counts) total += static_cast<double>(count);
  double chi_square = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = total * shares[i];
    const double off = static_cast<double>(counts[i]) - expected;
    chi_square += off * off / expected;
  }
  const double freedom = static_cast<double>(counts.size()) - 1;
  UNSCOPED_INFO("chi-square " << chi_square << " with " << freedom << " degrees of freedom");
  return chi_square < freedom + 4 * std::sqrt(2 * freedom) + 4;
}

TEST_CASE("counts of a cell in a slot follow a Poisson law") {
  // 25 in the mean by rejection, 0.05 and 2 by inversion.
  for (const double rate : {1000.0, 2.0, 80.0}) {
    const Bench bench({{"a", content(100, 0)}}, {{"base", steady(rate, {{"a", 1}})}});
    constexpr std::int64_t kSlots = 20'000;
    std::vector<std::size_t> all;
    for (std::uint32_t cell = 0; cell < 4; ++cell) {
      const auto counts = bench.counts(cell, kSlots);
      all.insert(all.end(), counts.begin(), counts.end());
    }
    const Statistics s = statistics(all);
    const double expected = rate * 0.1 / 4;
    const auto n = static_cast<double>(all.size());
    INFO("rate " << rate << ": mean " << s.mean << ", variance " << s.variance);
    CHECK(std::abs(s.mean - expected) < 4 * std::sqrt(expected / n));
    // The variance of a Poisson law's sample variance is (m + 2 m^2) / n.
    CHECK(std::abs(s.variance - expected) <
          4 * std::sqrt((expected + 2 * expected * expected) / n));
  }
}

TEST_CASE("counts of different cells and slots have nothing to do with each other") {
  const Bench bench({{"a", content(100, 0)}}, {{"base", steady(1000, {{"a", 1}})}});
  constexpr std::int64_t kSlots = 20'000;
  const auto one = bench.counts(0, kSlots);
  const auto other = bench.counts(1, kSlots);
  const auto correlation = [](const std::vector<std::size_t>& x, const std::vector<std::size_t>& y,
                              std::size_t lag) {
    const Statistics sx = statistics(x);
    const Statistics sy = statistics(y);
    double sum = 0;
    for (std::size_t i = 0; i + lag < x.size(); ++i) {
      sum += (static_cast<double>(x[i]) - sx.mean) * (static_cast<double>(y[i + lag]) - sy.mean);
    }
    return sum / static_cast<double>(x.size() - lag) / std::sqrt(sx.variance * sy.variance);
  };
  const double limit = 4 / std::sqrt(static_cast<double>(kSlots));
  CHECK(std::abs(correlation(one, other, 0)) < limit);
  CHECK(std::abs(correlation(one, one, 1)) < limit);
  CHECK(std::abs(correlation(one, one, 10)) < limit);
}

TEST_CASE("the cells of a network together have the rate of the network, however many") {
  for (const std::uint32_t cells : {1u, 4u, 64u}) {
    const Bench bench({{"a", content(100, 0)}}, {{"base", steady(3000, {{"a", 1}})}}, cells);
    std::size_t total = 0;
    bench.for_each(1000, cells, [&](const Arrival&, std::int64_t) { ++total; });
    INFO(cells << " cells");
    CHECK(std::abs(static_cast<double>(total) - 300'000) < 4 * std::sqrt(300'000.0));
  }
}

TEST_CASE("times are uniform in the slot and never outside of it") {
  const Bench bench({{"a", content(100, 0)}}, {{"base", steady(4000, {{"a", 1}})}}, 1);
  constexpr std::size_t kBins = 50;
  std::vector<std::size_t> bins(kBins);
  bench.for_each(2500, 1, [&](const Arrival& a, std::int64_t slot) {
    const std::int64_t offset = a.at_ns - slot * 100'000'000;
    REQUIRE(offset >= 0);
    REQUIRE(offset < 100'000'000);
    ++bins[static_cast<std::size_t>(offset) * kBins / 100'000'000];
  });
  CHECK(fits(bins, std::vector<double>(kBins, 1.0 / kBins)));
}

TEST_CASE("objects are asked for by Zipf's law of their class, and classes by the mix") {
  const Bench bench({{"a", content(10, 0.8)}, {"b", content(5, 0)}, {"c", content(20, 1.0)}},
                    {{"base", steady(4000, {{"a", 0.5}, {"b", 1.5}, {"c", 2}})}});
  std::vector<std::size_t> by_class(3);
  std::vector<std::vector<std::size_t>> by_object = {
      std::vector<std::size_t>(10), std::vector<std::size_t>(5), std::vector<std::size_t>(20)};
  bench.for_each(2500, 4, [&](const Arrival& a, std::int64_t) {
    ++by_class[a.content];
    ++by_object[a.content].at(a.object);
    CHECK(a.key == bench.catalogue[a.content].key_of(a.object));
  });
  CHECK(fits(by_class, {0.125, 0.375, 0.5}));
  const std::vector<double> exponents = {0.8, 0.0, 1.0};
  for (std::size_t c = 0; c < 3; ++c) {
    std::vector<double> shares;
    double sum = 0;
    for (std::size_t k = 0; k < by_object[c].size(); ++k) {
      shares.push_back(std::pow(static_cast<double>(k + 1), -exponents[c]));
      sum += shares.back();
    }
    for (double& share : shares) share /= sum;
    INFO("class " << c);
    CHECK(fits(by_object[c], shares));
  }
}

TEST_CASE("a class that the mix gives no share is never asked for") {
  const Bench bench({{"a", content(10, 0)}, {"b", content(10, 0)}},
                    {{"base", steady(4000, {{"a", 0}, {"b", 1}})}});
  std::size_t asked = 0;
  bench.for_each(100, 4, [&](const Arrival& a, std::int64_t) { asked += a.content == 0; });
  CHECK(asked == 0);
}

TEST_CASE("the share of new connections, whatever is asked for") {
  for (const double share : {0.0, 0.1, 0.75, 1.0}) {
    const Bench bench({{"a", content(2, 0)}}, {{"base", steady(4000, {{"a", 1}})}}, 4, share);
    std::vector<std::vector<double>> asked(2, std::vector<double>(2));
    bench.for_each(1000, 4,
                   [&](const Arrival& a, std::int64_t) { ++asked[a.object][a.new_connection]; });
    for (const auto& counts : asked) {
      const double n = counts[0] + counts[1];
      CHECK(std::abs(counts[1] / n - share) <= 4 * std::sqrt(share * (1 - share) / n));
    }
  }
}

TEST_CASE("the rate follows the curve at the middle of each slot") {
  Steady ramp = steady(10'000, {{"a", 1}});
  ramp.curve = *parse_curve("points:0s=0,10s=2").value;
  const Bench bench({{"a", content(2, 0)}}, {{"base", ramp}});
  std::size_t total = 0;
  std::size_t late = 0;
  bench.for_each(100, 4, [&](const Arrival& a, std::int64_t) {
    ++total;
    late += a.at_ns >= 5'000'000'000;
  });
  // 10,000/s x 10 s x a mean of 1; three quarters of it in the second half.
  CHECK(std::abs(static_cast<double>(total) - 100'000) < 4 * std::sqrt(100'000.0));
  CHECK(std::abs(static_cast<double>(late) - 75'000) < 4 * std::sqrt(75'000.0));
}

TEST_CASE("a viral workload asks for its one object, and only after it has started") {
  Viral clip;
  clip.peak = Rate{10'000};
  clip.starts = 2s;
  clip.rise = 4s;
  clip.half_life = 2s;
  clip.origin = "origin";
  const Bench bench({}, {{"clip", clip}});
  std::size_t before = 0;
  std::size_t rise = 0;
  std::size_t fall = 0;
  bench.for_each(100, 4, [&](const Arrival& a, std::int64_t) {
    CHECK(a.object == 0);
    (a.at_ns < 2'000'000'000 ? before : a.at_ns < 6'000'000'000 ? rise : fall) += 1;
  });
  CHECK(before == 0);
  CHECK(std::abs(static_cast<double>(rise) - 20'000) < 4 * std::sqrt(20'000.0));
  // From the peak over two half-lives: 10,000 x 2 / ln 2 x 3/4.
  const double expected = 10'000 * 2 / std::log(2.0) * 0.75;
  CHECK(std::abs(static_cast<double>(fall) - expected) < 4 * std::sqrt(expected));
}

}  // namespace demand_laws_test
