// One fetch for many: coalescing, its time limit, entries that are still filling.

#include <cdnsim/models/node/cache_node.hpp>
#include <tests/support/catch.hpp>

#include "node_bench.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

SCENARIO("ten viewers miss the same object while it is being fetched") {
  GIVEN("a node with an empty cache, 60 ms from an answer of its origin") {
    NodeBench bench;
    WHEN("ten requests arrive within 5 ms") {
      for (int i = 0; i < 10; ++i) bench.ask(i * 500us);
      bench.run(1s);
      THEN("the origin sees one fetch") {
        REQUIRE(bench.fetches.size() == 1);
        CHECK(bench.fetches[0].at == at(10ms));
        CHECK_FALSE(bench.fetches[0].fetch.must_be_fresh);
      }
      THEN("one of them is a miss and nine wait for it") {
        CHECK(bench.counts()[Outcome::miss] == 1);
        CHECK(bench.counts()[Outcome::delayed_hit] == 9);
        CHECK(bench.counts()[Status::ok] == 10);
        CHECK(bench.counts().fetches == 1);
      }
      THEN("all ten are answered when the answer is here, in the order in which they came") {
        REQUIRE(bench.answers.size() == 10);
        for (std::size_t i = 0; i < 10; ++i) {
          // The port takes 1 ns for each.
          CHECK(bench.answers[i].at == at(70ms) + Duration{static_cast<std::int64_t>(i)});
          CHECK(bench.answers[i].reply.token.id().value == i + 1);
          CHECK(bench.answers[i].reply.bytes == NodeBench::kObjectBytes);
        }
      }
      AND_WHEN("another comes later") {
        bench.ask(2s);
        bench.run(3s);
        THEN("it is a hit, answered at once") {
          CHECK(bench.fetches.size() == 1);
          CHECK(bench.counts()[Outcome::hit] == 1);
          CHECK(bench.answers.back().at == at(2010ms));
        }
      }
    }
    WHEN("they ask for ten different objects") {
      for (std::uint32_t i = 0; i < 10; ++i) bench.ask(0ms, i);
      bench.run(1s);
      THEN("the origin sees ten fetches") {
        CHECK(bench.fetches.size() == 10);
        CHECK(bench.counts()[Outcome::miss] == 10);
      }
    }
  }
  GIVEN("a node that does not coalesce") {
    TierSpec tier = NodeBench::idle_tier();
    tier.coalesce = 0s;
    NodeBench bench("max-age=3600", tier);
    WHEN("ten requests arrive within 5 ms") {
      for (int i = 0; i < 10; ++i) bench.ask(i * 500us);
      bench.run(1s);
      THEN("each has a fetch of its own and waits for nobody else's") {
        CHECK(bench.fetches.size() == 10);
        CHECK(bench.counts()[Outcome::miss] == 10);
        REQUIRE(bench.answers.size() == 10);
        for (int i = 0; i < 10; ++i) {
          const SimTime expected = at(70ms + i * 500us);
          CHECK(bench.answers[static_cast<std::size_t>(i)].at == expected);
        }
      }
      THEN("the copy is kept once") {
        CHECK(bench.node().flows().objects_held == 1);
        CHECK(bench.node().flows().bytes_held == 1000);
      }
    }
  }
}

SCENARIO("a fetch that takes longer than the coalescing limit of 8 s") {
  GIVEN("an origin that has not answered a request of 0 s and one of 3 s") {
    NodeBench bench;
    bench.origin_answers(std::nullopt);
    bench.ask(0s);
    bench.ask(3s);
    bench.run(7999ms);
    CHECK(bench.answers.empty());
    WHEN("the limit of the first has passed") {
      bench.run(8500ms);
      THEN("it alone is told so") {
        REQUIRE(bench.answers.size() == 1);
        CHECK(bench.answers[0].at == at(8010ms));
        CHECK(bench.answers[0].reply.status == Status::timed_out);
        CHECK(bench.answers[0].reply.bytes == 0);
        CHECK(bench.counts()[Status::timed_out] == 1);
        CHECK(bench.node().flows().waiters_waiting == 1);
      }
      AND_WHEN("another asks at 9 s") {
        bench.ask(9s);
        bench.run(9500ms);
        THEN("it leads anew") {
          REQUIRE(bench.fetches.size() == 2);
          CHECK(bench.fetches[1].at == at(9010ms));
          CHECK(bench.counts()[Outcome::miss] == 2);
        }
        AND_WHEN("the first fetch is answered at last, at 10 s") {
          bench.reply(10s, bench.fetches[0], {});
          bench.run(10500ms);
          THEN("that is as good an answer for the two who still wait") {
            REQUIRE(bench.answers.size() == 3);
            CHECK(bench.answers[1].at == at(10010ms));
            CHECK(bench.answers[1].reply.token.id().value == 2);
            CHECK(bench.answers[2].reply.token.id().value == 3);
            CHECK(bench.counts()[Status::ok] == 2);
            CHECK(bench.counts()[Status::timed_out] == 1);
          }
          THEN("but the copy is good for whoever asks next") {
            bench.ask(10600ms);
            bench.run(10700ms);
            CHECK(bench.counts()[Outcome::hit] == 1);
          }
          AND_WHEN("so is the second, at 10.6 s") {
            bench.reply(10600ms, bench.fetches[1], {});
            bench.run(20s);
            THEN("nobody is left to be released") { CHECK(bench.answers.size() == 3); }
          }
        }
      }
    }
  }
}

SCENARIO("a copy of which the last byte is still to come") {
  GIVEN("a fill from 0.06 s to 2.06 s") {
    NodeBench bench;
    bench.origin_answers(NodeBench::Answers{40ms, Status::ok, 2s});
    bench.ask(0s);
    bench.run(500ms);
    THEN("who waited gets the first byte at once and the last with the fill's") {
      REQUIRE(bench.answers.size() == 1);
      CHECK(bench.answers[0].at == at(70ms));
      CHECK(bench.answers[0].reply.last_byte_at == at(2070ms));
    }
    WHEN("somebody reads it at 1 s") {
      bench.ask(1s);
      bench.run(1500ms);
      THEN("that is a delayed hit without a fetch") {
        CHECK(bench.counts()[Outcome::delayed_hit] == 1);
        CHECK(bench.fetches.size() == 1);
      }
      THEN("its first byte comes at once, and its last not before the fill's") {
        REQUIRE(bench.answers.size() == 2);
        CHECK(bench.answers[1].at == at(1010ms));
        CHECK(bench.answers[1].reply.last_byte_at == at(2070ms));
      }
    }
    WHEN("somebody reads it when the last byte is there") {
      bench.ask(2060ms);
      bench.run(3s);
      THEN("that is a hit") {
        CHECK(bench.counts()[Outcome::hit] == 1);
        CHECK(bench.answers[1].reply.last_byte_at == at(2070ms) + Duration{1});
      }
    }
  }
}

SCENARIO("content that must not be stored") {
  NodeBench bench("no-store, max-age=60");
  bench.ask(0ms);
  bench.ask(1ms);
  bench.ask(500ms);
  bench.run(1s);
  THEN("each request passes with a fetch of its own") {
    CHECK(bench.counts()[Outcome::pass] == 3);
    CHECK(bench.counts()[Outcome::miss] == 0);
    CHECK(bench.fetches.size() == 3);
    CHECK(bench.answers.size() == 3);
    CHECK(bench.counts().fetches == 3);
  }
  THEN("nothing is kept") { CHECK(bench.node().flows().bytes_in == 0); }
}

SCENARIO("why a request missed") {
  GIVEN("room for one object") {
    TierSpec tier = NodeBench::idle_tier();
    tier.memory = Bytes{1000};
    NodeBench bench("max-age=10", tier);
    bench.ask(0s, 0);
    bench.ask(1s, 1);
    bench.ask(2s, 0);
    bench.run(3s);
    THEN("what was never asked for is a first request, what has left was evicted") {
      CHECK(bench.cause(MissCause::first_request) == 2);
      CHECK(bench.cause(MissCause::evicted) == 1);
      CHECK(bench.counts()[Outcome::miss] == 3);
    }
    THEN("bytes are accounted for") {
      const CacheFlows flows = bench.node().flows();
      CHECK(flows.bytes_in == 3000);
      CHECK(flows.bytes_evicted == 2000);
      CHECK(flows.bytes_held == 1000);
    }
    WHEN("the copy's time is over") {
      bench.ask(20s, 0);
      bench.run(21s);
      THEN("it has expired") {
        CHECK(bench.cause(MissCause::expired) == 1);
        CHECK(bench.node().flows().bytes_expired == 1000);
      }
    }
  }
  GIVEN("content that says nothing of a lifetime") {
    NodeBench bench("");
    bench.ask(0s);
    bench.ask(1s);
    bench.ask(2s);
    bench.run(3s);
    THEN("it is not admitted") {
      CHECK(bench.cause(MissCause::first_request) == 1);
      CHECK(bench.cause(MissCause::not_admitted) == 2);
      CHECK(bench.node().flows().bytes_in == 0);
    }
  }
}

SCENARIO("what was asked for before and never came was not evicted") {
  GIVEN("an origin that fails") {
    NodeBench bench("max-age=10");
    bench.origin_answers(NodeBench::Answers{.status = Status::error});
    for (int second = 0; second < 3; ++second) bench.ask(second * 1s);
    bench.run(3s);
    THEN("it is said to be not fetched") {
      CHECK(bench.cause(MissCause::first_request) == 1);
      CHECK(bench.cause(MissCause::not_fetched) == 2);
      CHECK(bench.node().flows().bytes_evicted == 0);
    }
    WHEN("it comes at last, and another pushes it out") {
      bench.origin_answers(NodeBench::Answers{});
      bench.ask(3s);
      bench.ask(4s);
      bench.run(5s);
      THEN("it was fetched once more, and then is a hit") {
        CHECK(bench.cause(MissCause::not_fetched) == 3);
        CHECK(bench.counts()[Outcome::hit] == 1);
      }
    }
  }
  GIVEN("fetches that are not coalesced") {
    TierSpec tier = NodeBench::idle_tier();
    tier.coalesce = 0s;
    NodeBench bench("max-age=10", tier);
    for (int i = 0; i < 5; ++i) bench.ask(i * 1ms);
    bench.run(1s);
    THEN("four miss what is still under way") {
      CHECK(bench.cause(MissCause::first_request) == 1);
      CHECK(bench.cause(MissCause::not_fetched) == 4);
    }
  }
  GIVEN("objects larger than the cache") {
    TierSpec tier = NodeBench::idle_tier();
    tier.memory = Bytes{999};
    NodeBench bench("max-age=10", tier);
    for (int second = 0; second < 3; ++second) bench.ask(second * 1s);
    bench.run(3s);
    THEN("they are not admitted") {
      CHECK(bench.cause(MissCause::first_request) == 1);
      CHECK(bench.cause(MissCause::not_admitted) == 2);
    }
  }
}
