// Each policy's time for a request as a ratio to the bare LRU's: the policies take turns, and each
// round's ratios are taken within that round. Prints medians over the rounds, one thread.
//   bench_cache_ratios [rounds=7] [requests=20000000]

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "contenders.hpp"
#include "zipf_ids.hpp"

namespace {

using namespace cdnsim::bench;

struct Timed {
  std::vector<double> nanoseconds, ratios;
  std::int64_t misses = 0;
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double nanoseconds_a_request(const Contender& contender, const std::vector<std::uint64_t>& ids,
                             std::int64_t capacity, std::int64_t& misses) {
  const auto start = std::chrono::steady_clock::now();
  misses = contender.misses(ids, capacity);
  const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - start;
  return spent.count() / static_cast<double>(ids.size());
}

std::vector<Timed> measure(const std::vector<Contender>& all, const std::vector<std::uint64_t>& ids,
                           std::int64_t capacity, int rounds) {
  std::vector<Timed> timed(all.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const double ns = nanoseconds_a_request(all[i], ids, capacity, timed[i].misses);
      timed[i].nanoseconds.push_back(ns);
      timed[i].ratios.push_back(ns / timed[0].nanoseconds.back());
    }
  }
  return timed;
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = std::max(1, argc > 1 ? std::atoi(argv[1]) : 7);
  const auto requests = static_cast<std::size_t>(argc > 2 ? std::atoll(argv[2]) : 20'000'000);
  const std::vector<std::uint64_t> ids = zipf_ids(requests);
  const std::vector<Contender> all = contenders();
  std::printf("capacity  policy     ratio  ns/request  miss ratio\n");
  for (const std::int64_t capacity : {1'000, 10'000, 100'000}) {
    const std::vector<Timed> timed = measure(all, ids, capacity, rounds);
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::printf("%7.1f%%  %-9s  %5.2f  %10.1f  %10.6f\n",
                  100.0 * static_cast<double>(capacity) / kObjects, all[i].name.c_str(),
                  median(timed[i].ratios), median(timed[i].nanoseconds),
                  static_cast<double>(timed[i].misses) / static_cast<double>(requests));
      if (all[i].name == "lru" && timed[i].misses != timed[0].misses) {
        std::fprintf(stderr, "the bare LRU and the cache's LRU do not miss alike\n");
        return 1;
      }
    }
  }
}
