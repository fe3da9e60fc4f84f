// A server's queue, the warm-up's end, and what a node sends too soon.

#include <cdnsim/models/node/cache_node.hpp>
#include <tests/support/catch.hpp>

#include "node_bench.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

SCENARIO("a server that takes 1 ms for a request and lets none wait longer than 2 ms") {
  TierSpec tier = NodeBench::idle_tier();
  tier.service_time = 1ms;
  tier.max_wait = 2ms;
  NodeBench bench("max-age=3600", tier);
  GIVEN("a copy in its cache") {
    bench.ask(0s);
    bench.run(1s);
    REQUIRE(bench.answers.size() == 1);
    // 0.001 s of service, 10 ms to the origin, 40 ms there, 10 ms back, 10 ms to the PoP.
    CHECK(bench.answers[0].at == at(71ms));
    WHEN("five requests come at once") {
      for (int i = 0; i < 5; ++i) bench.ask(1s);
      bench.run(1001ms);
      THEN("those who would wait 3 ms and 4 ms are shed") {
        CHECK(bench.counts()[Outcome::hit] == 3);
        CHECK(bench.counts()[Outcome::shed] == 2);
        CHECK(bench.counts()[Status::error] == 2);
      }
      THEN("the others are answered one after the other") {
        std::vector<SimTime> times;
        for (const auto& answer : bench.answers) {
          if (answer.reply.status == Status::ok) times.push_back(answer.at);
        }
        REQUIRE(times.size() == 4);
        CHECK(times[1] == at(1011ms));
        CHECK(times[2] == at(1012ms) + Duration{1});  // the port is charged when it is decided
        CHECK(times[3] == at(1013ms) + Duration{2});
      }
      THEN("the shed ones hear so at once and take none of the server's time") {
        bench.ask(1003ms);
        bench.run(1100ms);
        CHECK(bench.answers.back().at == at(1014ms));
        std::size_t refused = 0;
        for (const auto& answer : bench.answers) {
          if (answer.reply.status != Status::error) continue;
          ++refused;
          CHECK(answer.reply.bytes == 0);
          CHECK(answer.at >= at(1010ms));
          CHECK(answer.at < at(1010ms) + 1us);
        }
        CHECK(refused == 2);
      }
    }
  }
  GIVEN("an empty cache") {
    WHEN("two requests for different objects come at once") {
      bench.ask(0s, 0);
      bench.ask(0s, 1);
      bench.run(1s);
      THEN("the second's fetch leaves 1 ms later") {
        REQUIRE(bench.fetches.size() == 2);
        CHECK(bench.fetches[0].at == at(11ms));
        CHECK(bench.fetches[1].at == at(12ms));
      }
    }
  }
}

TEST_CASE("whoever joins a fetch is answered no sooner than his server has taken him up") {
  // One request a millisecond: the fetch of the first leaves at 1 ms and is back at 61 ms, when the
  // server has come to the 61st. The port takes 1 ns for each answer, as of then.
  TierSpec tier = NodeBench::idle_tier();
  tier.service_time = 1ms;
  NodeBench bench("max-age=3600", tier);
  for (int i = 0; i < 100; ++i) bench.ask(0s);
  bench.run(1s);
  REQUIRE(bench.answers.size() == 100);
  CHECK(bench.counts()[Outcome::delayed_hit] == 99);
  for (std::size_t i : {0u, 1u, 30u, 60u, 61u, 80u, 99u}) {
    const auto served = 1ms * (i + 1);
    const Duration port{static_cast<std::int64_t>(i)};
    INFO("request " << i);
    CHECK(bench.answers[i].at == at(std::max<Duration>(61ms, served) + 10ms + port));
  }
}

SCENARIO("requests belong to the time at which they come") {
  GIVEN("a warm-up of 1 s") {
    NodeBench bench("max-age=3600", NodeBench::idle_tier(), 1s);
    WHEN("one comes just before its end and is answered after it, one comes at it") {
      bench.ask(1s - Duration{1});
      bench.ask(1s);
      bench.ask(2s);
      bench.run(3s);
      THEN("the first is counted apart for good") {
        CHECK(bench.counts(Phase::warmup).requests() == 1);
        CHECK(bench.counts(Phase::warmup)[Outcome::miss] == 1);
        CHECK(bench.counts(Phase::warmup)[Status::ok] == 1);
        CHECK(bench.counts(Phase::warmup).fetches == 1);
        CHECK(bench.counts(Phase::warmup).bytes_served == 1000);
      }
      THEN("the others are counted, though the second waited for the first's fetch") {
        CHECK(bench.counts()[Outcome::miss] == 0);
        CHECK(bench.counts()[Outcome::delayed_hit] == 1);
        CHECK(bench.counts()[Outcome::hit] == 1);
        CHECK(bench.counts()[Status::ok] == 2);
        CHECK(bench.counts().bytes_served == 2000);
        CHECK(bench.counts().bytes_hit == 1000);
      }
    }
  }
}

TEST_CASE("message counts and waiters add up at any moment") {
  NodeBench bench;
  for (int i = 0; i < 5; ++i) bench.ask(i * 25ms);
  bench.run(55ms);  // three have come, none is answered
  CHECK(bench.node().flows().waiters_joined == 3);
  CHECK(bench.node().flows().waiters_waiting == 3);
  const auto messages = [&](MessageKind kind) {
    return bench.node().messages()[static_cast<std::size_t>(kind)];
  };
  CHECK(messages(MessageKind::fetch).received == 3);
  CHECK(messages(MessageKind::fetch).sent == 1);
  bench.run(1s);
  CHECK(bench.node().flows().waiters_released == 3);
  CHECK(bench.node().flows().waiters_waiting == 0);
  CHECK(messages(MessageKind::fetch).received == 5);
  CHECK(messages(MessageKind::reply).received == 1);
  CHECK(messages(MessageKind::reply).sent == 5);
  CHECK(messages(MessageKind::reply).bytes_sent == 5000);
  CHECK(messages(MessageKind::reply).bytes_received == 1000);
  CHECK(bench.counts().bytes_fetched == 1000);
}
