// One cache, one stream of ids: nanoseconds a request for each policy, beside the bare LRU.
// For ratios use bench_cache_ratios: it alternates, so that a noisy machine slows all alike.

#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include "contenders.hpp"
#include "zipf_ids.hpp"

namespace {

using namespace cdnsim::bench;

constexpr std::size_t kRequests = 20'000'000;

const std::vector<std::uint64_t>& ids() {
  static const std::vector<std::uint64_t> all = zipf_ids(kRequests);
  return all;
}

void run(benchmark::State& state, const Contender& contender) {
  const std::int64_t capacity = state.range(0);
  std::int64_t misses = 0;
  for ([[maybe_unused]] const auto step : state) misses = contender.misses(ids(), capacity);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kRequests));
  state.counters["miss_ratio"] = static_cast<double>(misses) / kRequests;
}

}  // namespace

int main(int argc, char** argv) {
  for (const Contender& contender : contenders()) {
    benchmark::RegisterBenchmark(contender.name.c_str(), run, contender)
        ->Arg(kObjects / 1000)
        ->Arg(kObjects / 100)
        ->Arg(kObjects / 10)
        ->Unit(benchmark::kMillisecond);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
