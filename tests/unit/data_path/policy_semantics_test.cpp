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

SCENARIO("S3-FIFO lets those pass who were asked for once, and remembers them") {
  // Capacity 20: the small queue 2, the main queue 18, the ghost 18.
  Letters<S3Fifo> cache(20);
  REQUIRE(cache.request("AB") == "mm");
  REQUIRE(cache.request("CDEFGHIJKLMNOPQRST") == std::string(18, 'm'));
  REQUIRE(cache.held() == "ABCDEFGHIJKLMNOPQRST");
  THEN("before the first eviction whatever overflowed the small queue went to the main one") {
    cache.request("U");  // the small queue holds A and B only
    CHECK(cache.held() == "BCDEFGHIJKLMNOPQRSTU");
  }
  WHEN("A is evicted from the small queue and comes back") {
    cache.request("U");                // A goes to the ghost
    CHECK(cache.request("A") == "m");  // B goes to the ghost, A to the main queue, now 19 of 18
    CHECK(cache.held() == "ACDEFGHIJKLMNOPQRSTU");
    THEN("the main queue is over its size, so the next eviction is from it") {
      cache.request("V");
      CHECK(cache.held() == "ADEFGHIJKLMNOPQRSTUV");
    }
  }
  WHEN("A is hit once") {
    cache.request("A");
    cache.request("U");
    THEN("that is not enough to move on: A goes") { CHECK(cache.held() == "BCDEFGHIJKLMNOPQRSTU"); }
  }
  WHEN("A is hit twice") {
    cache.request("AA");
    cache.request("U");
    THEN("it moves on to the main queue and B goes") {
      CHECK(cache.held() == "ACDEFGHIJKLMNOPQRSTU");
    }
  }
}

SCENARIO("S3-FIFO's main queue gives another round to whoever was hit") {
  Letters<S3Fifo> cache(20);
  cache.request("ABCDEFGHIJKLMNOPQRST");  // C to T are in the main queue, 18 of 18
  cache.request("CC");
  std::string gone;
  for (const char letter : std::string_view("UVWXYZ")) {
    const std::string before = cache.held();
    cache.request(std::string(3, letter));  // twice more than it takes to enter: it will move on
    for (const char c : before) {
      if (cache.held().find(c) == std::string::npos) gone += c;
    }
  }
  // A for U and B for V. For W both move on, main holds 20, C has a round left and D goes; main
  // holds 19 and E goes for X; W and X move on and F goes for Y, G for Z.
  CHECK(gone == "ABDEFG");
}

SCENARIO("S3-FIFO refuses what is larger than its small queue") {
  Letters<S3Fifo> cache(100);  // the small queue holds 10
  cache.request("ABCDEFGHIJ", 9);
  REQUIRE(cache.held() == "ABCDEFGHIJ");
  WHEN("something of 11 bytes comes") {
    CHECK(cache.request("K", 11) == "m");
    THEN("nothing is evicted for it") { CHECK(cache.held() == "ABCDEFGHIJ"); }
  }
  WHEN("something of exactly 10 bytes comes") {
    REQUIRE(cache.request("K", 10) == "m");
    THEN("a newcomer it may not be, but 90 bytes leave room for it: nobody goes") {
      CHECK(cache.held() == "ABCDEFGHIJ");
    }
    AND_WHEN("there are 92 bytes") {
      cache.request("L", 2);
      REQUIRE(cache.request("M", 10) == "m");
      THEN("room is made and not used") { CHECK(cache.held() == "BCDEFGHIJL"); }
    }
  }
  WHEN("something that was evicted with 9 bytes comes back with 10") {
    cache.request("KL", 5);  // 100 bytes
    cache.request("M", 5);   // A goes
    REQUIRE(cache.held() == "BCDEFGHIJKLM");
    cache.request("A", 10);
    THEN("the ghost lets it into the main queue") { CHECK(cache.held().front() == 'A'); }
  }
}

SCENARIO("S3-FIFO that counts objects never admits any below a capacity of twenty") {
  // int(0.1 x 19) = 1: an object is as large as the small queue.
  CHECK(Letters<S3Fifo>(19).request("AAAA") == "mmmm");
  CHECK(Letters<S3Fifo>(9).request("AAAA") == "mmmm");
  CHECK(Letters<S3Fifo>(20).request("AAAA") == "mhhh");
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
