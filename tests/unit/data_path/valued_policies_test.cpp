// The policies that give each copy a value and let the least go: examples done by hand, and the
// very choices of their slow and plain models.

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include <cdnsim/data_path/rising_heap.hpp>
#include <cdnsim/models/cache_policy/gdsf.hpp>
#include <cdnsim/models/cache_policy/gdsize.hpp>
#include <tests/support/rapidcheck.hpp>

#include "letters.hpp"
#include "policy_deeds.hpp"
#include "slow_valued_policies.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

// With a cost of 1 for each fetch: A 1/4, B 1/2, C 1/4, and A 2/4 when it is hit.
SCENARIO("GDSF lets the copy with fewest requests a byte go, and ages") {
  Letters<Gdsf> cache(10);
  REQUIRE(cache.request("A", 4) == "m");
  REQUIRE(cache.request("B", 2) == "m");
  REQUIRE(cache.request("C", 4) == "m");
  REQUIRE(cache.request("A", 4) == "h");
  WHEN("D comes, worth 1/4 as C is, but later") {
    CHECK(cache.request("D", 4) == "m");
    THEN("C goes, and the clock shows 1/4") {
      CHECK(cache.held() == "ABD");
      AND_WHEN("E of 8 bytes comes, worth 1/4 + 1/8") {
        CHECK(cache.request("E", 8) == "m");
        THEN("D goes for it, with 1/4; but A and B are worth 1/2, so E is not let in") {
          CHECK(cache.held() == "AB");
        }
        AND_THEN("the clock shows 3/8: F enters with 5/8, G with 7/8 for B, the older of two 1/2") {
          cache.request("F", 4);
          CHECK(cache.held() == "ABF");
          cache.request("G", 2);
          CHECK(cache.held() == "AFG");
        }
      }
    }
  }
  WHEN("C is purged") {
    cache.purge('C');
    THEN("D enters, and nobody goes") {
      cache.request("D", 4);
      CHECK(cache.held() == "ABD");
    }
  }
  WHEN("F of 6 bytes comes, worth 1/6, less than anyone") {
    cache.request("F", 6);
    THEN("it is not let in") { CHECK(cache.held() == "ABC"); }
    AND_THEN("G of 8 bytes enters no more than that: 1/6 + 1/8 is worth more than C alone") {
      cache.request("G", 8);
      CHECK(cache.held() == "AB");
    }
  }
}

TEST_CASE("GDSF's clock moves on though each copy was asked for twice") {
  Letters<Gdsf> cache(2);
  REQUIRE(cache.request("ABAB") == "mmhh");  // both are worth 2
  CHECK(cache.request("CDC") == "mmm");      // C 1, D 2 and so later than A: A goes; C 3: B goes
  CHECK(cache.held() == "CD");
}

TEST_CASE("GDSF chooses as its model does") {
  check_policy("gdsf", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(Gdsf{}, slow::GreedyDual(capacity, true), capacity, deeds);
  });
}

// A 1/4, B 1/2, C 1/4, and A 1/4 again when it is hit.
SCENARIO("Greedy-Dual-Size lets large copies go, and those that were not asked for") {
  Letters<GdSize> cache(10);
  REQUIRE(cache.request("A", 4) == "m");
  REQUIRE(cache.request("B", 2) == "m");
  REQUIRE(cache.request("C", 4) == "m");
  REQUIRE(cache.request("A", 4) == "h");
  REQUIRE(cache.request("D", 4) == "m");
  CHECK(cache.held() == "ABD");  // C, the older of two 1/4, so D is worth 1/4 + 1/4
  REQUIRE(cache.request("B", 2) == "h");
  REQUIRE(cache.request("E", 4) == "m");
  CHECK(cache.held() == "BDE");  // A with 1/4; B is worth 3/4 now, E 1/2
  REQUIRE(cache.request("F", 6) == "m");
  CHECK(cache.held() == "BF");  // D, then E, with 1/2; F is worth 1/2 + 1/6
  REQUIRE(cache.request("G", 4) == "m");
  CHECK(cache.held() == "BG");  // F with 2/3, below B's 3/4
}

TEST_CASE("Greedy-Dual-Size with one size is LRU") {
  CHECK(Letters<GdSize>(3).request("ABCDABEABCDE") == "mmmmmmmhhmmm");
  CHECK(Letters<GdSize>(4).request("ABCDABEABCDE") == "mmmmhhmhhmmm");
}

TEST_CASE("Greedy-Dual-Size chooses as its model does") {
  check_policy("gdsize", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(GdSize{}, slow::GreedyDual(capacity, false), capacity, deeds);
  });
}

// However many of its slots come and go without ever being on top.
TEST_CASE("a rising heap has the least on top") {
  rc::prop("over inserts, rises and erasures", [] {
    RisingHeap<int> heap;
    heap.reach(40);
    std::map<Slot, std::pair<double, int>> ranks;
    const auto deeds = *rc::gen::scale(20, rc::gen::container<std::vector<std::uint32_t>>(
                                               rc::gen::inRange<std::uint32_t>(0, 1U << 30)));
    int time = 0;
    for (const std::uint32_t deed : deeds) {
      const Slot slot = 1 + (deed >> 8) % 40;
      const auto amount = static_cast<double>((deed >> 16) % 8);
      const auto at = ranks.find(slot);
      if (at == ranks.end()) {
        heap.insert(slot, amount, 0);
        ranks[slot] = {amount, ++time};
      } else if (deed % 2 == 0) {
        heap.raise(slot, at->second.first + amount);
        at->second = {at->second.first + amount, ++time};
      } else {
        heap.erase(slot);
        ranks.erase(at);
      }
      if (deed % 32 != 0) continue;
      const auto least =
          std::min_element(ranks.begin(), ranks.end(),
                           [](const auto& a, const auto& b) { return a.second < b.second; });
      RC_ASSERT(heap.top() == (least == ranks.end() ? kNoSlot : least->first));
    }
  });
}
