// The whole request path against the bare LRU, and two threads against one: a scenario is run in
// turns with the yardstick, and each round's ratios are taken within that round. Prints medians: of
// one thread in processor time, which others at work disturb least; of two against one by the
// clock.
//   bench_whole_path SCENARIO [rounds=5] [PATH=VALUE ...]

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include <cdnsim/scenario/load.hpp>
#include <cdnsim/scenario/run.hpp>

#include "bare_lru.hpp"
#include "zipf_ids.hpp"

namespace {

using namespace cdnsim;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kYardstickRequests = 10'000'000;
constexpr std::uint32_t kYardstickCapacity = 10'000;

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

struct Spent {
  double processor_ns, clock_ns;
};

template <class Work>
Spent spent_on(Work work) {
  const auto start = Clock::now();
  const std::clock_t before = std::clock();
  work();
  const std::clock_t after = std::clock();
  return {1e9 * static_cast<double>(after - before) / CLOCKS_PER_SEC,
          std::chrono::duration<double, std::nano>(Clock::now() - start).count()};
}

double bare_lru_ns(const std::vector<std::uint64_t>& ids) {
  bench::BareLru cache(kYardstickCapacity);
  std::uint64_t hits = 0;
  const Spent spent = spent_on([&] {
    for (const std::uint64_t id : ids) hits += cache.request(id);
  });
  if (hits == 0) std::abort();
  return spent.processor_ns / static_cast<double>(ids.size());
}

struct Rounds {
  std::vector<double> bare_ns, one_ns, two_ns, ratio, speedup;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: bench_whole_path SCENARIO [rounds] [PATH=VALUE ...]\n");
    return 2;
  }
  const int rounds = std::max(1, argc > 2 ? std::atoi(argv[2]) : 5);
  const std::vector<std::string> sets(argv + std::min(argc, 3), argv + argc);
  const Scenario scenario = load_scenario(argv[1], sets);
  const std::vector<std::uint64_t> ids = bench::zipf_ids(kYardstickRequests);
  Rounds timed;
  double hit_ratio = 0;
  for (int round = 0; round < rounds; ++round) {
    std::uint64_t requests = 1;
    const auto run_with = [&](std::uint32_t threads) {
      return spent_on([&] {
        const RunOutcome outcome = run(scenario, {.threads = threads});
        requests = outcome.statistics.client_requests;
        hit_ratio = outcome.result.tiers.at("edge").hit_ratio;
      });
    };
    timed.bare_ns.push_back(bare_lru_ns(ids));
    const Spent one = run_with(1);
    const Spent two = run_with(2);
    timed.one_ns.push_back(one.processor_ns / static_cast<double>(requests));
    timed.two_ns.push_back(two.clock_ns / static_cast<double>(requests));
    timed.ratio.push_back(timed.one_ns.back() / timed.bare_ns.back());
    timed.speedup.push_back(one.clock_ns / two.clock_ns);
  }
  std::printf("edge hit ratio             %.4f\n", hit_ratio);
  std::printf("bare LRU, ns a request     %6.1f\n", median(timed.bare_ns));
  std::printf("one thread, ns a request   %6.1f   ratio to the bare LRU  %.2f\n",
              median(timed.one_ns), median(timed.ratio));
  std::printf("two threads, ns a request  %6.1f   speed-up               %.2f\n",
              median(timed.two_ns), median(timed.speedup));
}
