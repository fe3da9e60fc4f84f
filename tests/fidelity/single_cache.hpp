// Single caches under independent requests: laboratory runs of a given number of requests.
// Does not know exact hit ratios.
#pragma once

#include "laboratory.hpp"

namespace cdnsim::test {

// `requests` are all seeds' together. A request every 50 ms and 20 us a fetch: during one in 2500
// fetches there is another request, which changes a hit ratio by less than one in a thousand.
inline Measured hit_ratio_of(const std::string& policy, std::uint64_t objects, double exponent,
                             std::uint64_t capacity, double requests) {
  Laboratory lab;
  lab.policy = policy;
  lab.objects = objects;
  lab.exponent = exponent;
  lab.edge_objects = capacity;
  lab.measured_s = requests / kSeeds / lab.requests_per_second;
  // Long enough that a cache has taken in anew whatever it holds, many times over.
  const double warmup = std::max(1000.0, 25 * static_cast<double>(capacity));
  lab.warmup_s = warmup / lab.requests_per_second;
  return lab.measure({edge_hit_ratio})[0];
}

}  // namespace cdnsim::test
