// Time for a request in rounds: contenders take turns, and ratios are taken within a round.
// Does not know what is timed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

namespace cdnsim::bench {

struct Timed {
  std::string name;
  std::vector<double> nanoseconds, ratios;
  std::int64_t misses = 0;
};

// Plays all requests in a new cache, and counts the misses.
struct Turn {
  std::string name;
  std::function<std::int64_t()> misses;
};

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Processor time, so that what else runs counts only for what it does to the caches. Ratios are to
// the first.
inline std::vector<Timed> measure(const std::vector<Turn>& turns, std::size_t requests,
                                  int rounds) {
  std::vector<Timed> timed;
  for (const Turn& turn : turns) timed.push_back({turn.name, {}, {}, 0});
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < turns.size(); ++i) {
      const std::clock_t start = std::clock();
      timed[i].misses = turns[i].misses();
      const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
      timed[i].nanoseconds.push_back(seconds * 1e9 / static_cast<double>(requests));
      timed[i].ratios.push_back(timed[i].nanoseconds.back() / timed[0].nanoseconds.back());
    }
  }
  return timed;
}

}  // namespace cdnsim::bench
