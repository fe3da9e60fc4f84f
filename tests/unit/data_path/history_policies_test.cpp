// The policies that remember when absent objects were asked for: the papers' examples, and the very
// choices of their slow and plain models.

#include <algorithm>
#include <map>
#include <vector>

#include <cdnsim/models/cache_policy/list.hpp>
#include <tests/support/rapidcheck.hpp>

#include "letters.hpp"
#include "policy_deeds.hpp"
#include "slow_history_policies.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

SCENARIO("LIRS keeps those that come back soon") {
  // Figure 2 of the paper: A and B are steady, E passes, D has left and is remembered; the stack,
  // from its top: E A D B.
  Letters<Lirs> cache(3);
  REQUIRE(cache.request("ABDAE") == "mmmhm");
  REQUIRE(cache.held() == "ABE");
  WHEN("B is asked for") {
    CHECK(cache.request("B") == "h");
    THEN("the stack, cut below A, has forgotten D, which passes like any newcomer") {
      CHECK(cache.request("DF") == "mm");
      CHECK(cache.held() == "ABF");
    }
  }
  WHEN("E is asked for") {
    CHECK(cache.request("E") == "h");
    THEN("B passes in its stead, and goes first") {
      CHECK(cache.request("F") == "m");
      CHECK(cache.held() == "AEF");
    }
  }
  WHEN("D is asked for") {
    CHECK(cache.request("D") == "m");
    THEN("it is steady, B passes in its stead, and E goes") { CHECK(cache.held() == "ABD"); }
    AND_THEN("B goes first") {
      cache.request("F");
      CHECK(cache.held() == "ADF");
    }
  }
  WHEN("C is asked for, which nobody remembers") {
    CHECK(cache.request("C") == "m");
    THEN("it passes, and E goes but is remembered") {
      CHECK(cache.held() == "ABC");
      CHECK(cache.request("E") == "m");
      CHECK(cache.held() == "ABE");
      CHECK(cache.request("F") == "m");
      CHECK(cache.held() == "AEF");
    }
  }
  WHEN("A is purged") {
    cache.purge('A');
    cache.request("FG");
    THEN("F is steady in its stead") { CHECK(cache.held() == "BFG"); }
  }
}

SCENARIO("LIRS lets a steady copy pass when one is hit that passes and has left the stack") {
  const std::vector<double> half{0.5};
  Letters<Lirs> cache(4, Lirs(half));
  REQUIRE(cache.request("ABCDAB") == "mmmmhh");  // the stack: B A
  // A passes; the queue has room for two, C and A, and D, the oldest in it, goes.
  REQUIRE(cache.request("C") == "h");
  CHECK(cache.held() == "ABC");
  CHECK(cache.request("E") == "m");  // steady in the room that A left
  CHECK(cache.held() == "ABCE");
  cache.request("FG");  // pass after C and A
  CHECK(cache.held() == "BEFG");
}

SCENARIO("LIRS keeps the copy that it was asked for, where the queue has no room for another") {
  // Two steady, one passing. B and A are steady; C passes and loses its place in the stack when A
  // and B are asked for. Asked for again it stays in the queue, and once more it is steady.
  Letters<Lirs> cache(3);
  REQUIRE(cache.request("ABCAB") == "mmmhh");
  CHECK(cache.request("C") == "h");
  CHECK(cache.held() == "ABC");
  CHECK(cache.request("CD") == "hm");  // A, the lowest, passed and was pushed out
  CHECK(cache.held() == "BCD");
}

SCENARIO("LIRS refuses what is larger than its queue") {
  Letters<Lirs> cache(1000);  // 990 bytes steady, 10 passing
  cache.request("ABC", 10);
  cache.request("D", 11);
  CHECK(cache.held() == "ABC");
}

TEST_CASE("LIRS chooses as its model does, whatever the size of its queue") {
  check_policy("lirs", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(Lirs{}, slow::Lirs(capacity), capacity, deeds);
    for (const double share : {0.2, 0.6, 1.0}) {
      const std::vector<double> values{share};
      must_agree(Lirs(values), slow::Lirs(capacity, share), capacity, deeds);
    }
  });
}

SCENARIO("perfect LFU remembers how often absent objects were asked for") {
  Letters<PerfectLfu> cache(2);
  REQUIRE(cache.request("ABAB") == "mmhh");
  CHECK(cache.request("CC") == "mm");  // twice, as often as A and B: no reason to let one go
  CHECK(cache.held() == "AB");
  CHECK(cache.request("C") == "m");  // three times
  CHECK(cache.request("C") == "h");
  CHECK(cache.request("AB") == "hm");  // B had to go; with three requests it is more than nobody
  CHECK(cache.request("BB") == "mh");  // four are more than A's three
  CHECK(cache.held() == "BC");
}

TEST_CASE("whom perfect LFU does not hold was never asked for more often than whom it holds") {
  rc::prop("however often each of 40 is asked for", [] {
    constexpr std::int64_t kCapacity = 12;
    Cache<PerfectLfu> cache{Bytes(kCapacity)};
    std::map<std::uint64_t, int> counts;
    const auto keys = *rc::gen::scale(
        8, rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, 40)));
    for (const std::uint64_t key : keys) {
      ++counts[key * key / 40];
      cache.request(key * key / 40, Bytes(1));
      int most_absent = 0, least_held = 1'000'000;
      for (const auto& [each, count] : counts) {
        if (cache.peek(each) == kNoSlot) most_absent = std::max(most_absent, count);
        if (cache.peek(each) != kNoSlot) least_held = std::min(least_held, count);
      }
      RC_ASSERT(most_absent <= least_held);
    }
  });
}

SCENARIO("LRU-2 lets the one go whose last but one request is longest ago") {
  Letters<LruK> cache(3);
  REQUIRE(cache.request("ABCAB") == "mmmhh");
  REQUIRE(cache.request("D") == "m");
  CHECK(cache.held() == "ABD");  // C went, with one request
  REQUIRE(cache.request("DE") == "hm");
  CHECK(cache.held() == "BDE");  // A went: its last but one was the first of all
  WHEN("A comes back") {
    REQUIRE(cache.request("A") == "m");
    CHECK(cache.held() == "ABD");
    THEN("its requests are remembered: the 4th and the 9th; B's last but one was the 2nd") {
      cache.request("F");
      CHECK(cache.held() == "ADF");
    }
  }
  WHEN("A comes back and nothing is remembered") {
    const std::vector<double> no_history{2, 0};
    Letters<LruK> other(3, LruK(no_history));
    other.request("ABCABDDEA");
    REQUIRE(other.held() == "ABD");
    other.request("F");
    THEN("it goes as one with one request") { CHECK(other.held() == "BDF"); }
  }
  WHEN("B is purged") {
    cache.purge('B');
    cache.request("BF");
    THEN("its requests are forgotten: E goes for F, and then B") {
      CHECK(cache.held() == "BDF");
      cache.request("G");
      CHECK(cache.held() == "DFG");
    }
  }
}

SCENARIO("LRU-1 is LRU") {
  const std::vector<double> one{1, 1};
  CHECK(Letters<LruK>(3, LruK(one)).request("ABCDABEABCDE") == "mmmmmmmhhmmm");
  CHECK(Letters<LruK>(4, LruK(one)).request("ABCDABEABCDE") == "mmmmhhmhhmmm");
}

TEST_CASE("LRU-K chooses as its model does, whatever its parameters") {
  check_policy("lruk", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(LruK{}, slow::LruK(capacity), capacity, deeds);
    const std::vector<double> three{3, 0.5}, one{1, 1}, none{2, 0};
    must_agree(LruK(three), slow::LruK(capacity, 3, 0.5), capacity, deeds);
    must_agree(LruK(one), slow::LruK(capacity, 1), capacity, deeds);
    must_agree(LruK(none), slow::LruK(capacity, 2, 0), capacity, deeds);
  });
}
