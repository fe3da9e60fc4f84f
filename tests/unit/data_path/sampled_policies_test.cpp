// The policies that look at a sample of copies: examples done by hand, the very choices of their
// slow and plain models where the sample is everyone, and what a sample of some misses.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include <cdnsim/data_path/slot_sample.hpp>
#include <cdnsim/models/cache_policy/hyperbolic.hpp>
#include <cdnsim/models/cache_policy/lhd.hpp>
#include <tests/support/rapidcheck.hpp>

#include "letters.hpp"
#include "policy_deeds.hpp"
#include "slow_valued_policies.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

SCENARIO("hyperbolic caching lets the copy go that was asked for least often for its age") {
  Letters<Hyperbolic> cache(3);
  REQUIRE(cache.request("ABCA") == "mmmh");
  cache.request("D");
  CHECK(cache.held() == "ACD");  // at 5: A 2/4, B 1/3, C 1/2
  cache.request("E");
  CHECK(cache.held() == "ADE");  // at 6: A 2/5, C 1/3, D 1/1
  cache.request("F");
  CHECK(cache.held() == "DEF");  // at 7: A 2/6, D 1/2, E 1/1
}

SCENARIO("hyperbolic caching counts requests for each byte, or each copy") {
  const std::vector<double> each_copy{64, 0, 0};
  Letters<Hyperbolic> by_bytes(10), by_copies(10, Hyperbolic(each_copy));
  for (Letters<Hyperbolic>* cache : {&by_bytes, &by_copies}) {
    cache->request("A", 1);
    cache->request("B", 8);
    cache->request("C", 4);
  }
  CHECK(by_bytes.held() == "AC");  // A 1/2, B 1/8
  CHECK(by_copies.held() == "C");  // A 1/2, B 1/1, but A's byte is not enough
}

TEST_CASE("hyperbolic caching chooses as its model does where it samples everyone") {
  check_policy("hyperbolic", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(Hyperbolic{}, slow::Hyperbolic(capacity), capacity, deeds);
    const std::vector<double> each_copy{64, 0, 3};
    must_agree(Hyperbolic(each_copy), slow::Hyperbolic(capacity, false), capacity, deeds);
  });
}

// Copies that were asked for once are worth less the longer they are there. The oldest of s drawn
// from n has n / (s + 1) older ones on average, whose deviation is about as large.
TEST_CASE("hyperbolic caching finds one of the least worth, as good as its sample is large") {
  for (const double samples : {1, 3, 9}) {
    const std::vector<double> values{samples, 1, 5};
    Cache<Hyperbolic> cache(Bytes(1000), Hyperbolic(values));
    std::vector<std::uint64_t> keys;  // oldest first
    for (std::uint64_t key = 0; key < 1000; ++key) {
      cache.request(key, Bytes(1));
      keys.push_back(key);
    }
    double older = 0;
    for (std::uint64_t key = 1000; key < 3000; ++key) {
      cache.request(key, Bytes(1));
      const auto goes = std::find_if(keys.begin(), keys.end(),
                                     [&](std::uint64_t k) { return cache.peek(k) == kNoSlot; });
      older += static_cast<double>(goes - keys.begin());
      keys.erase(goes);
      keys.push_back(key);
    }
    const double expected = 1000 / (samples + 1);
    CHECK(std::abs(older / 2000 - expected) < 4 * expected / std::sqrt(2000.0));
  }
}

TEST_CASE("a sample of slots visits as many as it is told to, or each once") {
  SlotSample<int> sample(7);
  sample.reach(10);
  for (Slot slot = 1; slot <= 10; ++slot) sample.add(slot, static_cast<int>(slot));
  sample.remove(4);
  REQUIRE(sample.size() == 9);
  std::vector<int> seen;
  const auto see = [&](Slot place, const int& row) {
    CHECK(sample.slot_at(place) == static_cast<Slot>(row));
    seen.push_back(row);
  };
  sample.visit(5, see);
  CHECK(seen.size() == 5);
  seen.clear();
  sample.visit(9, see);
  std::sort(seen.begin(), seen.end());
  CHECK(seen == std::vector<int>{1, 2, 3, 5, 6, 7, 8, 9, 10});
}

// Before it has learnt, of copies that were never hit the largest has the least density: 17 over
// its bytes while ages are below 1024 requests. One that was hit at once is in group 15: 32.
SCENARIO("LHD begins about as GDSF would") {
  Letters<Lhd> cache(30);
  cache.request("A", 10);  // 17 / 10
  cache.request("B", 8);   // 17 / 8
  cache.request("C", 12);  // 17 / 12
  cache.request("C", 12);  // 32 / 12
  cache.request("D", 9);
  CHECK(cache.held() == "BCD");  // A, with 1.7, went; D has 17 / 9
  cache.request("E", 2);
  CHECK(cache.held() == "BCE");
}

TEST_CASE("LHD chooses as its model does before it has learnt, where it samples everyone") {
  check_policy("lhd", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    const std::vector<double> all{64, 64, 1e9, 0}, other{64, 64, 1e9, 77};
    must_agree(Lhd(all), slow::Lhd(capacity), capacity, deeds);
    must_agree(Lhd(other), slow::Lhd(capacity, 77), capacity, deeds);
  });
}

// 400 objects that are asked for in a circle, each followed by a stranger that never comes back, in
// a cache of 600. LRU never hits: 800 others come in between. LHD finds out, by those that it keeps
// to explore, that who was hit once will be hit again, and has room for all of these.
TEST_CASE("LHD learns whom to expect hits from") {
  const std::vector<double> quick{32, 8, 2000, 0};
  Cache<Lhd> cache(Bytes(600), Lhd(quick));
  std::uint64_t stranger = 1'000'000;
  int hits = 0;
  for (int i = 0; i < 200'000; ++i) {
    const bool hit = cache.request(static_cast<std::uint64_t>(i % 400), Bytes(1));
    hits += i >= 100'000 && hit;
    cache.request(stranger++, Bytes(1));
  }
  CHECK(hits > 100'000 / 2);
}
