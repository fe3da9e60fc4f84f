// What is measured: the bare LRU, and a cache of the laboratory's form with each policy.
// Does not know how time is taken.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/list.hpp>

#include "bare_lru.hpp"

namespace cdnsim::bench {

// Asks for every id, in a cache of its own, and counts the misses.
struct Contender {
  std::string name;
  std::int64_t (*misses)(std::span<const std::uint64_t> ids, std::int64_t capacity);
};

[[gnu::noinline]] inline std::int64_t misses_of_bare_lru(std::span<const std::uint64_t> ids,
                                                         std::int64_t capacity) {
  BareLru cache(static_cast<std::uint32_t>(capacity));
  std::int64_t misses = 0;
  for (const std::uint64_t id : ids) misses += cache.request(id) ? 0 : 1;
  return misses;
}

template <class Policy>
[[gnu::noinline]] std::int64_t misses_of(std::span<const std::uint64_t> ids,
                                         std::int64_t capacity) {
  Cache<Policy> cache{Bytes(capacity)};
  std::int64_t misses = 0;
  for (const std::uint64_t id : ids) misses += cache.request(id, Bytes(1)) ? 0 : 1;
  return misses;
}

template <class... Policies>
std::vector<Contender> contenders(PolicyList<Policies...>) {
  return {{"bare LRU", misses_of_bare_lru}, {std::string(Policies::kName), misses_of<Policies>}...};
}
inline std::vector<Contender> contenders() { return contenders(CachePolicies{}); }

}  // namespace cdnsim::bench
