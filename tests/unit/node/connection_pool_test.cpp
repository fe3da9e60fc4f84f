// Connections that are kept: which fetch finds one, how long it is kept, and what opening one
// costs.

#include <cdnsim/models/node/connection_pool.hpp>
#include <tests/support/catch.hpp>

#include "node_bench.hpp"

namespace connection_pool_test {

using namespace cdnsim;
using namespace cdnsim::test;

constexpr NodeId kParent{5};

TierSpec pooling_tier(std::uint32_t pool, Duration idle_timeout, std::uint32_t round_trips = 2) {
  TierSpec tier = NodeBench::idle_tier();
  tier.connections = ConnectionSpec{pool, idle_timeout, round_trips};
  return tier;
}

// Ten misses, one a second.
void ask_spaced(NodeBench& bench) {
  for (std::uint32_t i = 0; i < 10; ++i) bench.ask(i * 1s, i);
  bench.run(20s);
}

TEST_CASE("a pool keeps as many as it may, for as long as it may") {
  ConnectionPool pool(ConnectionSpec{2, 10s, 2});
  CHECK_FALSE(pool.take(kParent, at(0s)));
  for (const Duration end : {3s, 1s, 2s}) pool.give_back(kParent, at(end));
  CHECK_FALSE(pool.take(kParent, at(1s - Duration{1})));
  // Idle since 1, 2 and 3 s, of which the first had to go.
  CHECK(pool.take(kParent, at(4s)));  // that of 3 s
  CHECK(pool.take(kParent, at(4s)));  // that of 2 s
  CHECK_FALSE(pool.take(kParent, at(4s)));
  CHECK_FALSE(pool.take(NodeId{6}, at(4s)));
  pool.give_back(kParent, at(5s));
  pool.give_back(kParent, at(6s));
  CHECK(pool.take(kParent, at(15s)));  // that of 6 s; the other is overdue at this moment
  CHECK_FALSE(pool.take(kParent, at(15s)));
  pool.give_back(kParent, at(20s));
  pool.close_all();
  CHECK_FALSE(pool.take(kParent, at(21s)));
}

TEST_CASE("a pool of none keeps none") {
  ConnectionPool pool(ConnectionSpec{0, 10s, 2});
  pool.give_back(kParent, at(0s));
  CHECK_FALSE(pool.take(kParent, at(1s)));
}

// The last byte of an answer is here 60 ms and 1 ns after its fetch left, and 40 or 60 ms later
// where a connection was opened in two or three round trips of 20 ms: a connection is idle for
// nearly 940, 900 or 880 ms before the next fetch.
SCENARIO("ten misses, one a second") {
  GIVEN("idle connections that are kept for longer than that") {
    NodeBench bench("max-age=3600", pooling_tier(4, 950ms));
    ask_spaced(bench);
    THEN("all but the first find one") {
      const ConnectionCounts& counts = bench.node().connections(Phase::measured);
      CHECK(counts.opened == 1);
      CHECK(counts.reused == 9);
    }
    THEN("the first is answered two round trips later than the others") {
      REQUIRE(bench.answers.size() == 10);
      CHECK(bench.answers[0].at == at(110ms));
      for (int i = 1; i < 10; ++i)
        CHECK(bench.answers[static_cast<std::size_t>(i)].at == at(i * 1s + 70ms));
      CHECK(bench.fetches[0].fetch.opens_connection);
      CHECK_FALSE(bench.fetches[1].fetch.opens_connection);
    }
  }
  GIVEN("idle connections that are kept for less than that") {
    NodeBench bench("max-age=3600", pooling_tier(4, 870ms, 3));
    ask_spaced(bench);
    THEN("none of them finds one: three round trips each") {
      CHECK(bench.node().connections(Phase::measured).opened == 10);
      CHECK(bench.node().connections(Phase::measured).reused == 0);
      for (int i = 0; i < 10; ++i)
        CHECK(bench.answers[static_cast<std::size_t>(i)].at == at(i * 1s + 130ms));
    }
  }
  GIVEN("no word of connections") {
    NodeBench bench;
    ask_spaced(bench);
    THEN("nothing is opened, and nothing costs time") {
      CHECK(bench.node().connections(Phase::measured).opened == 0);
      CHECK_FALSE(bench.fetches[0].fetch.opens_connection);
      CHECK(bench.answers[0].at == at(70ms));
    }
  }
}

SCENARIO("five misses at once, and five more a second later") {
  NodeBench bench("max-age=3600", pooling_tier(3, 60s));
  for (std::uint32_t i = 0; i < 5; ++i) bench.ask(0s, i);
  for (std::uint32_t i = 5; i < 10; ++i) bench.ask(1s, i);
  bench.run(2s);
  THEN("one carries one fetch at a time, and three of five were kept") {
    CHECK(bench.node().connections(Phase::measured).opened == 5 + 2);
    CHECK(bench.node().connections(Phase::measured).reused == 3);
  }
}

SCENARIO("a connection on which something failed is not kept") {
  NodeBench bench("max-age=3600", pooling_tier(3, 60s));
  NodeBench::Answers how;
  WHEN("the answer was an error") { how.status = Status::error; }
  WHEN("the answer broke off") { how.breaks_after = 10; }
  bench.origin_answers(how);
  bench.ask(0s, 0);
  bench.ask(1s, 1);
  bench.run(2s);
  CHECK(bench.node().connections(Phase::measured).opened == 2);
}

}  // namespace connection_pool_test
