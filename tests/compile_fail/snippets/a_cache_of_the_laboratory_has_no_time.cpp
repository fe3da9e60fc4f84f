// MODULE: cache_policy
// WRONG: no matching function|constraints not satisfied|invalid reference
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/lru.hpp>

auto look_up() {
  cdnsim::Cache<cdnsim::Lru> cache{cdnsim::Bytes(10)};
#ifdef WRONG
  return cache.find(1, 0);
#else
  return cache.peek(1);
#endif
}
