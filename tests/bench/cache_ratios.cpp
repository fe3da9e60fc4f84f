// Each policy's time for a request as a ratio to the bare LRU's: the policies take turns, and each
// round's ratios are taken within that round. Prints medians over the rounds, one thread, processor
// time.
//   bench_cache_ratios [rounds=7] [requests=20000000] [policy ...]

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "contenders.hpp"
#include "rounds.hpp"
#include "zipf_ids.hpp"

namespace {

using namespace cdnsim::bench;

std::vector<Turn> turns(const std::vector<std::uint64_t>& ids, std::int64_t capacity,
                        const std::vector<std::string>& chosen) {
  std::vector<Turn> turns;
  for (const Contender& each : contenders()) {
    const bool is_asked_for = std::find(chosen.begin(), chosen.end(), each.name) != chosen.end();
    if (!turns.empty() && !chosen.empty() && !is_asked_for) continue;
    turns.push_back({each.name, [&ids, capacity, each] { return each.misses(ids, capacity); }});
  }
  return turns;
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = std::max(1, argc > 1 ? std::atoi(argv[1]) : 7);
  const auto requests = static_cast<std::size_t>(argc > 2 ? std::atoll(argv[2]) : 20'000'000);
  const std::vector<std::string> chosen(argv + std::min(argc, 3), argv + argc);
  const std::vector<std::uint64_t> ids = zipf_ids(requests);
  std::printf("capacity  policy     ratio  least  ns/request  miss ratio\n");
  for (const std::int64_t capacity : {1'000, 10'000, 100'000}) {
    const std::vector<Timed> timed = measure(turns(ids, capacity, chosen), requests, rounds);
    for (const Timed& each : timed) {
      std::printf("%7.1f%%  %-10s  %5.2f  %5.2f  %10.1f  %10.6f\n",
                  100.0 * static_cast<double>(capacity) / kObjects, each.name.c_str(),
                  median(each.ratios), *std::min_element(each.ratios.begin(), each.ratios.end()),
                  median(each.nanoseconds),
                  static_cast<double>(each.misses) / static_cast<double>(requests));
      if (each.name == "lru" && each.misses != timed[0].misses) {
        std::fprintf(stderr, "the bare LRU and the cache's LRU do not miss alike\n");
        return 1;
      }
    }
    std::fflush(stdout);
  }
}
