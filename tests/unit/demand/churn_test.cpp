// Objects that come and go: turnover, how many different ones are asked for, rise and decay.

#include <cmath>
#include <map>
#include <set>
#include <vector>

#include <tests/support/catch.hpp>

#include "demand_bench.hpp"

namespace churn_test {

using namespace cdnsim;
using namespace cdnsim::test;

constexpr std::uint32_t kRanks = 500;

DemandBench bench_with(Duration every, std::optional<Duration> half_life, double rate = 2000,
                       const std::string& popularity = "zipf:0.8") {
  ContentSpec spec = content_of(kRanks, popularity);
  spec.churn = ChurnSpec{every, half_life};
  return DemandBench({{"news", spec}}, {{"base", steady_of(rate, {{"news", 1}})}});
}

// When each object was first asked for: its birth, if it is asked for often. Objects of each rank
// are numbered in the order in which they come.
std::uint64_t turn_of(const Arrival& arrival) { return arrival.object / kRanks; }

// The moment at which a rank's object gave way to the next: found by bisection, from draws of the
// choice alone.
double born_at(const ObjectChoice& choice, std::uint32_t rank, std::uint64_t turn) {
  std::int64_t low = 0, high = 2'000'000'000'000;
  const DrawBlock newest{{1, 1, 0, 0}};  // the shortest time ago
  while (high - low > 1000) {
    const std::int64_t middle = low + (high - low) / 2;
    const auto held = choice.choose(newest, rank, RegionalOrder{}, middle).object / kRanks;
    (held < turn ? low : high) = middle;
  }
  return static_cast<double>(high) * 1e-9;
}

TEST_CASE("the share of requests for what is new is the window over the time of a turn") {
  const DemandBench bench = bench_with(100s, std::nullopt);
  const ObjectChoice& choice = bench.catalogue[0].choice;
  std::map<std::uint32_t, double> births;
  double n = 0;
  std::map<double, double> newer;
  bench.for_each(0, 4000, 1000, [&](const Arrival& a) {
    const auto rank = static_cast<std::uint32_t>(a.object % kRanks);
    const auto found = births.find(a.object);
    const double born = found != births.end()
                            ? found->second
                            : (births[a.object] = born_at(choice, rank, turn_of(a)));
    const double age = static_cast<double>(a.at_ns) * 1e-9 - born;
    REQUIRE(age > -1e-5);
    REQUIRE(age < 100.001);
    n += 1;
    for (const double window : {10.0, 50.0, 90.0}) newer[window] += age <= window;
  });
  // Turns are spread evenly over ranks: 500 of them carry the requests unevenly, so that the share
  // of an instant varies; over a whole turn it does not.
  for (const auto& [window, count] : newer) CHECK(is_share(count / n, window / 100, n));
}

TEST_CASE("with a half-life requests prefer the new as the formula says") {
  const double every = 100, half_life = 40, mu = std::log(2.0) / half_life;
  const DemandBench bench = bench_with(100s, 40s);
  const ObjectChoice& choice = bench.catalogue[0].choice;
  std::map<std::uint32_t, double> births;
  double n = 0;
  std::map<double, double> newer;
  // Ten whole turns, after the first ones, whose births lie before the start.
  bench.for_each(0, 10'000, 10'000, [&](const Arrival& a) {
    const auto rank = static_cast<std::uint32_t>(a.object % kRanks);
    const auto found = births.find(a.object);
    const double born = found != births.end()
                            ? found->second
                            : (births[a.object] = born_at(choice, rank, turn_of(a)));
    const double age = static_cast<double>(a.at_ns) * 1e-9 - born;
    n += 1;
    for (const double window : {25.0, 75.0, 150.0, 300.0}) newer[window] += age <= window;
  });
  for (const auto& [window, count] : newer) {
    // Age = time ago (exponential) + time since that turn (uniform over one).
    const double expected =
        window <= every ? (window - (1 - std::exp(-mu * window)) / mu) / every
                        : 1 - std::exp(-mu * window) * (std::exp(mu * every) - 1) / (mu * every);
    CHECK(is_share(count / n, expected, n));
  }
}

TEST_CASE("an object's demand rises while it is its rank's newest, then halves in its half-life") {
  const double mu = std::log(2.0) / 40;
  const DemandBench bench = bench_with(100s, 40s, 4000, "zipf:1.2");
  const ObjectChoice& choice = bench.catalogue[0].choice;
  // The object that comes to the first rank at or after 1000 s.
  const DrawBlock newest{{1, 1, 0, 0}};
  const std::uint32_t turn =
      choice.choose(newest, 0, RegionalOrder{}, 1'000'000'000'000).object / kRanks + 1;
  const std::uint32_t object = turn * kRanks;
  const double born = born_at(choice, 0, turn);
  std::map<int, double> asked;  // by twenty seconds of age
  double of_rank = 0, seconds_seen = 0;
  const auto from = static_cast<std::int64_t>(born * 10);
  bench.for_each(0, from, 3000, [&](const Arrival& a) {
    if (a.object % kRanks != 0) return;
    of_rank += 1;
    if (a.object != object) return;
    const double age = static_cast<double>(a.at_ns) * 1e-9 - born;
    if (age >= 0) asked[static_cast<int>(age / 20)] += 1;
  });
  seconds_seen = 300;
  const double rate = of_rank / seconds_seen;
  // F(x) - F(x - 100) with F(x) = 1 - 2^(-x / 40), integrated over each twenty seconds.
  const auto integral = [&](double x) { return x <= 0 ? 0 : x - (1 - std::exp(-mu * x)) / mu; };
  for (int bin = 0; bin < 14; ++bin) {
    const double x = bin * 20.0;
    const double expected =
        rate * (integral(x + 20) - integral(x) - integral(x - 80) + integral(x - 100));
    INFO("age " << x);
    CHECK(agrees(asked[bin], expected, std::sqrt(expected)));
  }
  CHECK(asked[4] > asked[0]);
  CHECK(asked[7] < asked[5]);
}

TEST_CASE("so many different objects are asked for in a window as the formula says") {
  // 500 ranks at 2 requests a second each, a turn of 100 s, windows of 20 s: with a share of 0.8 a
  // rank has one object in it, asked for with 1 - e^-rT; with 0.2 two, of which the turn is
  // anywhere: 2 (1 - (1 - e^-rT) / rT) in the mean.
  const double rate = 0.1, window = 20;
  const DemandBench bench = bench_with(100s, std::nullopt, rate * kRanks, "uniform");
  const double x = rate * window;
  const double met = 1 - std::exp(-x);
  const double expected = kRanks * (0.8 * met + 0.2 * 2 * (1 - met / x));
  std::vector<double> found;
  for (int i = 0; i < 100; ++i) {
    std::set<std::uint32_t> objects;
    bench.for_each(0, i * 200, 200, [&](const Arrival& a) { objects.insert(a.object); });
    found.push_back(static_cast<double>(objects.size()));
  }
  const Sample sample = sample_of(found);
  CHECK(agrees(sample.mean, expected, sample.mean_error));
}

TEST_CASE("without churn, and within a turn, objects are their ranks") {
  const DemandBench still({{"news", content_of(kRanks)}},
                          {{"base", steady_of(500, {{"news", 1}})}});
  const DemandBench moving = bench_with(100s, std::nullopt, 500, "uniform");
  const auto one = still.slot(0, 77), other = moving.slot(0, 77);
  REQUIRE(one.size() == other.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    CHECK(one[i].at_ns == other[i].at_ns);
    CHECK(one[i].object == other[i].object % kRanks);
  }
}

TEST_CASE("no object has a number that belongs to what is asked for once") {
  const ChurnSpec spec{100s, 40s};
  CHECK(spec.earlier() == 8);  // 800 s before the start, in turns of 100 s
  CHECK(spec.in_run(1000s) == 20);
  const DemandBench bench = bench_with(100s, 40s);
  std::uint32_t most = 0;
  bench.for_each(0, 9000, 1000, [&](const Arrival& a) { most = std::max(most, a.object); });
  CHECK(most < spec.in_run(1000s) * kRanks);
}

}  // namespace churn_test
