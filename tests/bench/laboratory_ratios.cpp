// The laboratory over a trace, reading included, as ratios to the bare LRU over the same ids in
// memory: each policy alone at 0.1, 1 and 10 % of the trace's objects, sizes ignored. Medians over
// the rounds, processor time.
//   bench_laboratory TRACE [rounds=3] [policy ...]

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <cdnsim/laboratory/laboratory.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <cdnsim/trace/trace_reader.hpp>

#include "contenders.hpp"
#include "rounds.hpp"

namespace {

using namespace cdnsim;
using namespace cdnsim::bench;

std::vector<std::uint64_t> ids_of(const std::string& path) {
  std::vector<std::uint64_t> ids;
  std::vector<TraceRequest> block(1 << 14);
  const auto reader = open_trace(path);
  while (const std::size_t count = reader->read(block)) {
    for (std::size_t i = 0; i < count; ++i) ids.push_back(block[i].id);
  }
  return ids;
}

std::int64_t distinct(std::vector<std::uint64_t> ids) {
  std::sort(ids.begin(), ids.end());
  return std::unique(ids.begin(), ids.end()) - ids.begin();
}

std::int64_t misses_of_laboratory(const std::string& path, const std::string& policy,
                                  std::int64_t capacity) {
  const auto reader = open_trace(path);
  const std::vector<LabCacheSpec> specs{{*parse<PolicyText>(policy).value, capacity}};
  return static_cast<std::int64_t>(play(*reader, specs, {.ignore_sizes = true}).at(0).misses);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: bench_laboratory TRACE [rounds=3] [policy ...]\n");
    return 2;
  }
  const std::string path = argv[1];
  const int rounds = std::max(1, argc > 2 ? std::atoi(argv[2]) : 3);
  std::vector<std::string> policies(argv + std::min(argc, 3), argv + argc);
  if (policies.empty()) {
    for (const std::string_view name : cache_policy_names()) policies.emplace_back(name);
  }
  const std::vector<std::uint64_t> ids = ids_of(path);
  const std::int64_t objects = distinct(ids);
  std::printf("%zu requests, %lld objects\n", ids.size(), static_cast<long long>(objects));
  std::printf("capacity  policy      ratio  least  ns/request  miss ratio\n");
  for (const std::int64_t part : {1'000, 100, 10}) {
    const std::int64_t capacity = objects / part;
    std::vector<Turn> turns{
        {"bare LRU", [&ids, capacity] { return misses_of_bare_lru(ids, capacity); }}};
    for (const std::string& policy : policies) {
      turns.push_back({policy, [=] { return misses_of_laboratory(path, policy, capacity); }});
    }
    for (const Timed& each : measure(turns, ids.size(), rounds)) {
      std::printf("%7.1f%%  %-10s  %5.2f  %5.2f  %10.1f  %10.6f\n",
                  100.0 / static_cast<double>(part), each.name.c_str(), median(each.ratios),
                  *std::min_element(each.ratios.begin(), each.ratios.end()),
                  median(each.nanoseconds),
                  static_cast<double>(each.misses) / static_cast<double>(ids.size()));
    }
    std::fflush(stdout);
  }
}
