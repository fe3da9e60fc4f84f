// The policies that remember when absent objects were asked for: the papers' examples, and the very
// choices of their slow and plain models.

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
  REQUIRE(cache.request("C") == "h");            // A passes; D has lost its place, but not its room
  WHEN("newcomers come") {
    CHECK(cache.request("E") == "m");
    THEN("E is steady") {
      CHECK(cache.held() == "ABCE");
      cache.request("FG");
      CHECK(cache.held() == "BEFG");
    }
  }
  WHEN("D is asked for before its room is needed") {
    CHECK(cache.request("D") == "h");
    THEN("it is steady like any newcomer") {
      cache.request("EF");
      CHECK(cache.held() == "BDEF");
    }
  }
}

SCENARIO("LIRS lets a copy larger than its queue pass alone") {
  Letters<Lirs> cache(100);  // 99 bytes steady, 1 byte passing
  cache.request("ABCDEFGHIJ", 10);
  CHECK(cache.held() == "ABCDEFGHIJ");
  cache.request("K", 10);
  CHECK(cache.held() == "ABCDEFGHIK");
  cache.request("J", 10);  // comes back to be steady; A is too large to pass
  CHECK(cache.held() == "BCDEFGHIJK");
  CHECK(cache.request("L", 100) == "m");
  CHECK(cache.held() == "BCDEFGHIJK");
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
