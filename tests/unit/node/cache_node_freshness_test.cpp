// Stale copies: served while revalidated, served when the origin fails, never as a revalidation.

#include <cdnsim/models/node/cache_node.hpp>
#include <tests/support/catch.hpp>

#include "node_bench.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

namespace cache_node_freshness_test {

// A node whose only copy came at 0.06 s and is fresh until 10.06 s.
struct Filled : NodeBench {
  explicit Filled(const std::string& cache_control, TierSpec tier = idle_tier())
      : NodeBench(cache_control, tier) {
    ask(0s);
    run(1s);
    REQUIRE(answers.size() == 1);
  }
};

const NodeBench::Answers kError{40ms, Status::error};

SCENARIO("stale while revalidate") {
  GIVEN("a copy fresh until 10.06 s that may be served stale for a minute") {
    Filled bench("max-age=10, stale-while-revalidate=60");
    WHEN("it is asked for a nanosecond before it goes stale") {
      bench.ask(10060ms - Duration{1});
      bench.run(11s);
      THEN("it is fresh") { CHECK(bench.counts()[Outcome::hit] == 1); }
    }
    WHEN("it is asked for at 10.06 s, and twice at 15 s") {
      bench.origin_answers(NodeBench::Answers{6s});
      bench.ask(10060ms);
      bench.ask(15s);
      bench.ask(15s);
      bench.run(15500ms);
      THEN("all are answered at once with the stale copy, and told its age") {
        CHECK(bench.counts()[Outcome::stale_hit] == 3);
        REQUIRE(bench.answers.size() == 4);
        CHECK(bench.answers[1].at == at(10070ms));
        CHECK(bench.answers[2].at == at(15010ms));
        CHECK(Duration{bench.answers[1].reply.age_ns} == 10s);
        CHECK(Duration{bench.answers[2].reply.age_ns} == 14940ms);
      }
      THEN("one fetch in the background asks for a fresh one") {
        REQUIRE(bench.fetches.size() == 2);
        CHECK(bench.fetches[1].at == at(10070ms));
        CHECK(bench.fetches[1].fetch.must_be_fresh);
        CHECK(bench.counts().refreshes == 1);
        CHECK(bench.counts().fetches == 1);
        CHECK(bench.counts()[Outcome::miss] == 1);
      }
      AND_WHEN("it has come, at 16.08 s") {
        bench.ask(17080ms);
        bench.run(18s);
        THEN("the next is a fresh hit") {
          CHECK(bench.counts()[Outcome::hit] == 1);
          CHECK(Duration{bench.answers.back().reply.age_ns} == 1s);
          CHECK(bench.fetches.size() == 2);
        }
      }
    }
    WHEN("its grace is over") {
      bench.ask(70060ms);
      bench.run(71s);
      THEN("that is a miss: it has expired") {
        CHECK(bench.counts()[Outcome::miss] == 2);
        CHECK(bench.cause(MissCause::expired) == 1);
      }
    }
  }
  GIVEN("a tier that does not serve stale copies") {
    TierSpec tier = NodeBench::idle_tier();
    tier.serve_stale = false;
    Filled bench("max-age=10, stale-while-revalidate=60", tier);
    bench.ask(15s);
    bench.run(16s);
    THEN("a stale one is a miss") {
      CHECK(bench.counts()[Outcome::stale_hit] == 0);
      CHECK(bench.cause(MissCause::expired) == 1);
    }
  }
}

SCENARIO("whoever must not have a stale copy") {
  GIVEN("a copy fresh until 10.06 s that may be served stale for a minute") {
    Filled bench("max-age=10, stale-while-revalidate=60");
    WHEN("one asks when it is stale") {
      bench.ask(15s, 0, true);
      bench.run(16s);
      THEN("it waits for a fetch that must not have one either") {
        CHECK(bench.counts()[Outcome::stale_hit] == 0);
        CHECK(bench.cause(MissCause::expired) == 1);
        REQUIRE(bench.fetches.size() == 2);
        CHECK(bench.fetches[1].fetch.must_be_fresh);
        CHECK(bench.answers[1].at == at(15070ms));
        CHECK(bench.answers[1].reply.age_ns == 0);
      }
    }
    WHEN("one comes while a refresh is under way") {
      bench.ask(15s);
      bench.ask(15010ms, 0, true);
      bench.run(16s);
      THEN("it waits for that") {
        CHECK(bench.fetches.size() == 2);
        CHECK(bench.counts()[Outcome::delayed_hit] == 1);
        CHECK(bench.answers.back().at == at(15070ms));
      }
    }
    WHEN("one asks when it is fresh") {
      bench.ask(5s, 0, true);
      bench.run(6s);
      THEN("it gets this one") { CHECK(bench.counts()[Outcome::hit] == 1); }
    }
  }
}

TEST_CASE("what has expired is not replaced by a stale copy from further up") {
  Filled bench("max-age=10");
  bench.ask(15s);
  bench.run(16s);
  CHECK(bench.cause(MissCause::expired) == 1);
  REQUIRE(bench.fetches.size() == 2);
  CHECK_FALSE(bench.fetches[0].fetch.must_be_fresh);
  CHECK(bench.fetches[1].fetch.must_be_fresh);
}

SCENARIO("stale if error") {
  GIVEN("a copy fresh until 10.06 s that may stand in for errors for a minute") {
    Filled bench("max-age=10, stale-if-error=60");
    bench.origin_answers(kError);
    WHEN("the origin fails to renew it at 15 s") {
      bench.ask(15s);
      bench.ask(15001ms);
      bench.run(16s);
      THEN("those who wait get the stale copy") {
        REQUIRE(bench.answers.size() == 3);
        for (const std::size_t i : {std::size_t{1}, std::size_t{2}}) {
          CHECK(bench.answers[i].reply.status == Status::ok);
          CHECK(bench.answers[i].reply.bytes == 1000);
          CHECK(Duration{bench.answers[i].reply.age_ns} == 15s);  // 0.06 s to 15.06 s
        }
        CHECK(bench.counts()[Status::ok] == 3);
        CHECK(bench.counts()[Status::error] == 0);
      }
      THEN("they missed all the same") {
        CHECK(bench.cause(MissCause::expired) == 1);
        CHECK(bench.counts()[Outcome::delayed_hit] == 1);
      }
    }
    WHEN("it fails at 80 s") {
      bench.ask(80s);
      bench.run(81s);
      THEN("the error is passed on") {
        CHECK(bench.answers.back().reply.status == Status::error);
        CHECK(bench.answers.back().reply.bytes == 0);
        CHECK(bench.counts()[Status::error] == 1);
      }
    }
    WHEN("there is no copy") {
      bench.ask(15s, 1);
      bench.run(16s);
      THEN("the error is passed on") { CHECK(bench.counts()[Status::error] == 1); }
    }
    WHEN("the origin limits the rate") {
      bench.origin_answers(NodeBench::Answers{40ms, Status::rate_limited});
      bench.ask(15s, 1);
      bench.run(16s);
      THEN("that is passed on as what it is") {
        CHECK(bench.answers.back().reply.status == Status::rate_limited);
        CHECK(bench.counts()[Status::rate_limited] == 1);
      }
    }
  }
  GIVEN("a tier that does not serve stale copies") {
    TierSpec tier = NodeBench::idle_tier();
    tier.serve_stale = false;
    Filled bench("max-age=10, stale-if-error=60", tier);
    bench.origin_answers(kError);
    bench.ask(15s);
    bench.run(16s);
    THEN("the error is passed on") { CHECK(bench.counts()[Status::error] == 1); }
  }
}

SCENARIO("a refresh in the background that fails") {
  Filled bench("max-age=10, stale-while-revalidate=60, stale-if-error=60");
  bench.origin_answers(kError);
  bench.ask(15s);
  bench.ask(16s);
  bench.run(17s);
  THEN("the stale copy stays, and the next one who asks tries again") {
    CHECK(bench.counts()[Outcome::stale_hit] == 2);
    CHECK(bench.counts().refreshes == 2);
    CHECK(bench.counts()[Status::ok] == 3);
    CHECK(bench.node().flows().objects_held == 1);
  }
}

SCENARIO("a copy that has spent 4 s in a cache further up, with a TTL of 10 s") {
  const NodeBench::Answers aged{40ms, Status::ok, 0s, 4s};
  GIVEN("a tier that honours age") {
    NodeBench bench("max-age=10");
    bench.origin_answers(aged);
    bench.ask(0s);
    bench.ask(6059ms);
    bench.run(6060ms);
    THEN("it is fresh for 6 s, and its age counts on") {
      CHECK(bench.counts()[Outcome::hit] == 1);
      CHECK(Duration{bench.answers[0].reply.age_ns} == 4s);
      CHECK(Duration{bench.answers[1].reply.age_ns} == 9999ms);
      bench.ask(6060ms);
      bench.run(7s);
      CHECK(bench.cause(MissCause::expired) == 1);
    }
  }
  GIVEN("a tier that resets age") {
    TierSpec tier = NodeBench::idle_tier();
    tier.age = AgeRule::reset;
    NodeBench bench("max-age=10", tier);
    bench.origin_answers(aged);
    bench.ask(0s);
    bench.ask(10059ms);
    bench.run(10060ms);
    THEN("it is fresh for 10 s, and its age begins anew") {
      CHECK(bench.counts()[Outcome::hit] == 1);
      CHECK(Duration{bench.answers[1].reply.age_ns} == 9999ms);
      bench.ask(10060ms);
      bench.run(11s);
      CHECK(bench.cause(MissCause::expired) == 1);
    }
    THEN("who waited for it is told an age of nothing, too") {
      CHECK(bench.answers[0].reply.age_ns == 0);
    }
  }
}

}  // namespace cache_node_freshness_test
