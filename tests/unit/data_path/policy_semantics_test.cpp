// What decides the counts of each eviction policy, case by case: the policies' published examples
// and the finer points that libCacheSim's authors settled.

#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <tests/support/catch.hpp>

#include "letters.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

SCENARIO("FIFO forgets the oldest, however popular") {
  Letters<Fifo> cache(3);
  CHECK(cache.request("ABCAAA") == "mmmhhh");
  CHECK(cache.request("D") == "m");
  CHECK(cache.held() == "BCD");
}

SCENARIO("LRU forgets what was asked for longest ago") {
  Letters<Lru> cache(3);
  CHECK(cache.request("ABCAD") == "mmmhm");
  CHECK(cache.held() == "ACD");
  // Belady's reference string of 1969 in a memory of three and of four pages: LRU takes 10 and 8.
  const std::string_view reference = "ABCDABEABCDE";
  CHECK(Letters<Lru>(3).request(reference) == "mmmmmmmhhmmm");
  CHECK(Letters<Lru>(4).request(reference) == "mmmmhhmhhmmm");
}

SCENARIO("LFU forgets what was asked for least often, of equals the first to be so") {
  Letters<Lfu> cache(4);
  cache.request("ABCDABBD");  // B three times; A and D twice, A first; C once
  REQUIRE(cache.held() == "ABCD");
  WHEN("two come that are asked for three times each") {
    cache.request("EEE");  // C goes, and E is behind B among those of three
    cache.request("F");    // A goes before D: it came by its two first
    CHECK(cache.held() == "BDEF");
    cache.request("FF");  // behind E
    cache.request("G");
    CHECK(cache.held() == "BEFG");
    cache.request("GGG");  // alone with four
    cache.request("H");
    THEN("B goes, who had three first") { CHECK(cache.held() == "EFGH"); }
  }
  WHEN("a copy leaves and comes back") {
    cache.purge('B');
    cache.request("BE");
    THEN("it counts from one again: C goes, and then B") {
      CHECK(cache.held() == "ABDE");
      cache.request("F");
      CHECK(cache.held() == "ADEF");
    }
  }
}

SCENARIO("LFU-DA lets go of what was popular once") {
  Letters<LfuDa> cache(3);
  cache.request("ABCD");  // A goes, the age is 1; B and C have 1, D has 2
  cache.request("BBBB");  // B has 5
  cache.request("E");     // C goes, the age is D's 2; E has 3
  cache.request("F");     // D goes, the age is 3; F has 4
  CHECK(cache.held() == "BEF");
  cache.request("GH");  // E goes, the age is 4, G has 5; F goes, the age is 5, H has 6
  CHECK(cache.held() == "BGH");
  cache.request("GI");  // G has 5 and the age, 10; B goes, who was asked for most
  CHECK(cache.held() == "GHI");
  cache.request("JKLM");  // H, I, J and K go with 6 to 9
  CHECK(cache.held() == "GLM");
}

SCENARIO("LFU-DA's priorities may double for ever") {
  Letters<LfuDa> cache(3);
  for (int round = 0; round < 20; ++round) {
    for (char letter = 'A'; letter <= 'W'; ++letter) {
      REQUIRE(cache.request(std::string(2, letter)) == "mh");
    }
  }
  cache.request("XYYZZ");  // X, asked for once, goes before W
  CHECK(cache.held() == "WYZ");
  cache.request("A");
  CHECK(cache.held() == "AYZ");
}

SCENARIO("FIFO shows Belady's anomaly") {
  // The same string: 9 faults with three pages, 10 with four (Belady, Nelson and Shedler, 1969).
  const std::string_view reference = "ABCDABEABCDE";
  CHECK(Letters<Fifo>(3).request(reference) == "mmmmmmmhhmmh");
  CHECK(Letters<Fifo>(4).request(reference) == "mmmmhhmmmmmm");
}

SCENARIO("CLOCK gives those that were asked for another round, in their turn") {
  Letters<ClockPolicy> cache(3);
  cache.request("ABCAB");
  WHEN("room is needed") {
    cache.request("D");
    THEN("A and B are passed over and C goes") { CHECK(cache.held() == "ABD"); }
    AND_WHEN("room is needed again") {
      cache.request("E");
      THEN("A has used up its round and is now the oldest") { CHECK(cache.held() == "BDE"); }
    }
  }
  WHEN("all were asked for") {
    cache.request("C");
    cache.request("D");
    THEN("the hand comes round and the oldest goes") { CHECK(cache.held() == "BCD"); }
  }
  WHEN("the one under the hand is purged") {
    cache.purge('A');
    cache.request("DE");
    THEN("the hand is at the next oldest, B, who is passed over") { CHECK(cache.held() == "BDE"); }
  }
}

SCENARIO("SIEVE sifts: the visited stay where they are and the hand moves on") {
  // Figure 2 of the paper: seven objects, newest first G F E D C B A, where A, B and G were
  // visited, and the requests H, A, D, I, B, J. The hand begins at the oldest.
  Letters<Sieve> cache(7);
  cache.request("ABCDEFG");
  cache.request("ABG");
  WHEN("H comes") {
    CHECK(cache.request("H") == "m");
    THEN("A and B lose their marks and C goes") { CHECK(cache.held() == "ABDEFGH"); }
    AND_WHEN("A and D are asked for, and I comes") {
      CHECK(cache.request("ADI") == "hhm");
      THEN("the hand, at D, takes D's mark and E goes") { CHECK(cache.held() == "ABDFGHI"); }
      AND_WHEN("B is asked for, and J comes") {
        CHECK(cache.request("BJ") == "hm");
        THEN("F goes") { CHECK(cache.held() == "ABDGHIJ"); }
      }
    }
  }
}

SCENARIO("SIEVE's hand survives the purge of what it points at") {
  Letters<Sieve> cache(4);
  cache.request("ABCDA");
  cache.request("E");  // A loses its mark, B goes, the hand is at C
  REQUIRE(cache.held() == "ACDE");
  WHEN("C is purged and two more come") {
    cache.purge('C');
    cache.request("FG");
    THEN("the hand took D, and not A, the oldest") { CHECK(cache.held() == "AEFG"); }
  }
  WHEN("the hand is at the newest when that one is purged") {
    cache.purge('E');
    cache.purge('D');
    cache.purge('C');  // A alone is left, and the hand beyond the newest
    cache.request("FGHI");
    THEN("it begins again at the oldest") { CHECK(cache.held() == "FGHI"); }
  }
}

SCENARIO("ARC shares the room as its ghosts suggest") {
  Letters<Arc> cache(4);
  REQUIRE(cache.request("ABCDAB") == "mmmmhh");  // once: C D, often: A B, and the target 0
  cache.request("E");
  REQUIRE(cache.held() == "ABDE");
  WHEN("C comes back from the ghost of once") {
    cache.request("C");  // the target becomes 1; D goes; often: A B C
    CHECK(cache.held() == "ABCE");
    cache.request("F");
    THEN("once, with 1, is not over its target and often gives A") {
      CHECK(cache.held() == "BCEF");
    }
    AND_WHEN("A comes back from the ghost of often") {
      cache.request("A");  // the target becomes 0 again
      THEN("once gives E") { CHECK(cache.held() == "ABCF"); }
      AND_WHEN("newcomers come") {
        cache.request("G");  // F goes; the ghost of once: D E F, and once: G
        cache.request("H");  // that half is full: D is forgotten, G goes
        cache.request("D");  // so D is a newcomer, and H goes
        cache.request("I");
        THEN("D goes as one that was asked for once") { CHECK(cache.held() == "ABCI"); }
      }
    }
  }
  WHEN("C was purged and not evicted") {
    Letters<Arc> other(4);
    other.request("ABCDAB");
    other.purge('C');
    other.request("ECFG");
    THEN("it came back as a newcomer and has gone") { CHECK(other.held() == "ABFG"); }
  }
}

SCENARIO("ARC remembers none of those that were asked for once and filled the cache alone") {
  Letters<Arc> cache(4);
  cache.request("ABCDE");  // A leaves no ghost
  cache.request("AFGHI");
  CHECK(cache.held() == "FGHI");
}

SCENARIO("RANDOM lets any copy go, as its seed has it") {
  std::map<std::string, int> left;
  for (int seed = 0; seed < 8000; ++seed) {
    const std::vector<double> values{static_cast<double>(seed)};
    Letters<RandomPolicy> cache(4, RandomPolicy(values));
    cache.request("ABCDE");
    ++left[cache.held()];
  }
  // One of A to D in equal parts: 2000 each, with a standard deviation of 39.
  REQUIRE(left.size() == 4);
  for (const auto& [held, times] : left) CHECK(std::abs(times - 2000) < 4 * 39);

  const std::string_view many = "ABCDEFGHABCDEFGHABCDEFGHABCDEFGHABCDEFGHABCDEFGH";
  const std::vector<double> seven{7}, eight{8};
  CHECK(Letters<RandomPolicy>(4, RandomPolicy(seven)).request(many) ==
        Letters<RandomPolicy>(4, RandomPolicy(seven)).request(many));
  CHECK(Letters<RandomPolicy>(4, RandomPolicy(seven)).request(many) !=
        Letters<RandomPolicy>(4, RandomPolicy(eight)).request(many));
}

SCENARIO("SIZE lets the largest go, however popular") {
  Letters<SizePolicy> cache(10);
  cache.request("A", 3);
  cache.request("B", 5);
  cache.request("C", 2);
  cache.request("BBB");
  cache.request("D", 4);
  CHECK(cache.held() == "ACD");
  cache.request("E", 2);
  CHECK(cache.held() == "ACE");
}

SCENARIO("SIZE lets equals go in the order of its heap") {
  // The last of the heap comes to its top and stays there: C for A, then D for C, then E for D.
  Letters<SizePolicy> cache(3);
  cache.request("ABC");
  cache.request("D");
  CHECK(cache.held() == "BCD");
  cache.request("E");
  CHECK(cache.held() == "BDE");
  cache.request("F");
  CHECK(cache.held() == "BEF");
}

SCENARIO("an object larger than the cache is refused by every policy, and evicts nothing") {
  Letters<Lru> lru(10);
  lru.request("AB", 5);
  CHECK(lru.request("C", 11) == "m");
  CHECK(lru.held() == "AB");
  CHECK(lru.request("C", 10) == "m");
  CHECK(lru.held() == "C");
}

SCENARIO("a copy keeps the size that it had when it entered") {
  Letters<Lru> lru(10);
  lru.request("A", 2);
  CHECK(lru.request("A", 9) == "h");
  CHECK(lru.request("B", 8) == "m");
  CHECK(lru.held() == "AB");
}
