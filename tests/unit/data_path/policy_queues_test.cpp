// Policies of several queues, hit by hit: SLRU, 2Q, QD-LP-FIFO, S3-FIFO.

#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <tests/support/catch.hpp>

#include "letters.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

SCENARIO("SLRU moves a copy one segment up for each hit, and down when its segment overflows") {
  const std::vector<double> two_segments{2};
  Letters<Slru> cache(6, Slru(two_segments));  // three in each
  cache.request("ABC");
  WHEN("seven more come that are asked for once") {
    cache.request("DEFGHIJ");
    THEN("a cold cache took three into the upper segment; the others went through the lower one") {
      CHECK(cache.held() == "DEFHIJ");
    }
  }
  WHEN("A, B and C are asked for again, and D, E and F come") {
    REQUIRE(cache.request("ABCDEF") == "hhhmmm");  // upper: A B C; lower: D E F
    THEN("a scan goes through the lower segment alone") {
      cache.request("GHIJKL");
      CHECK(cache.held() == "ABCJKL");
    }
    AND_WHEN("D is asked for again") {
      cache.request("D");  // upper: B C D; lower: E F A
      THEN("A fell, as the newest of the lower segment") {
        cache.request("GH");
        CHECK(cache.held() == "ABCDGH");
        cache.request("I");
        CHECK(cache.held() == "BCDGHI");
      }
      THEN("A, asked for again, changes places with B") {
        cache.request("AGHI");  // for E, F and B
        CHECK(cache.held() == "ACDGHI");
      }
    }
    AND_WHEN("D and E are purged") {
      cache.purge('D');
      cache.purge('E');
      cache.request("G");   // lower: F G
      cache.request("GH");  // upper: B C G; lower: F A H
      cache.request("I");
      THEN("F goes first") { CHECK(cache.held() == "ABCGHI"); }
    }
  }
}

SCENARIO("what SLRU's hits push out of the lowest segment is gone, though there is room") {
  Letters<Slru> cache(40, Slru(std::vector<double>{2}));  // 20 in each
  CHECK(cache.request("AA", 21) == "mm");                 // larger than a segment
  cache.request("ABAB", 10);                              // upper: A B
  cache.request("C", 5);
  cache.request("D", 15);
  // D goes up and pushes A and B down: C A B are 25 of 20, and C goes.
  REQUIRE(cache.request("D") == "h");
  CHECK(cache.held() == "ABD");
}

SCENARIO("2Q takes only those into its main queue who come back after they have left") {
  Letters<TwoQ> cache(8);  // newcomers 2, the main queue 6, the ghost 4
  REQUIRE(cache.request("ABCDEFGH") == std::string(8, 'm'));
  WHEN("newcomers are asked for again") {
    cache.request("AAB");
    cache.request("I");
    THEN("that helps nobody: the oldest goes") { CHECK(cache.held() == "BCDEFGHI"); }
  }
  WHEN("A has left and comes back, and so does B") {
    cache.request("IAB");  // A goes for I, B for A, C for B; newcomers: D to I, main: A B
    REQUIRE(cache.held() == "ABDEFGHI");
    THEN("newcomers pass through and leave the two alone") {
      cache.request("JKLMNOPQ");
      CHECK(cache.held() == "ABLMNOPQ");
    }
    AND_WHEN("the newcomers' part has shrunk to what it may be, and A is asked for") {
      cache.request("CDEF");  // D, E, F and G go for them; newcomers: H I; main: A B C D E F
      REQUIRE(cache.held() == "ABCDEFHI");
      cache.request("A");
      cache.request("J");
      THEN("the main queue gives way: B, asked for longest ago") {
        CHECK(cache.held() == "ACDEFHIJ");
      }
    }
  }
  WHEN("five have left and the first comes back") {
    cache.request("IJKLM");  // A to E
    cache.request("A");      // for F
    cache.request("NOPQRSTU");
    THEN("the ghost of four has forgotten it: it was a newcomer") {
      CHECK(cache.held() == "NOPQRSTU");
    }
  }
}

SCENARIO("QD-LP-FIFO moves on whoever was asked for once more, and has a CLOCK for them") {
  Letters<Qdlp> cache(20);  // the small queue 2, the main queue 18, the ghost 18
  cache.request("ABCDEFGHIJKLMNOPQRST");
  WHEN("A was asked for again, and another one comes") {
    cache.request("AU");
    THEN("A moves on and B goes") { CHECK(cache.held() == "ACDEFGHIJKLMNOPQRSTU"); }
    AND_WHEN("B comes back at once") {
      cache.request("B");  // from the ghost into the main queue, behind A; C goes
      cache.request("VWXYZ");
      THEN("newcomers leave the two alone") { CHECK(cache.held() == "ABIJKLMNOPQRSTUVWXYZ"); }
    }
  }
  WHEN("eighteen move on, so that the main queue is full, and one more would") {
    cache.request("ABCDEFGHIJKLMNOPQRS");  // all but T
    cache.request("U");                    // A to R move on; S makes room for itself: A goes
    REQUIRE(cache.held() == "BCDEFGHIJKLMNOPQRSTU");
    cache.request("B");
    cache.request("T");
    cache.request("V");
    THEN("T does so too: the CLOCK passes B, who was asked for, and C goes") {
      CHECK(cache.held() == "BDEFGHIJKLMNOPQRSTUV");
    }
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
