// Answers that break off midway: who reads them, what is kept, and what is charged. The origin is
// 60 ms away; answers take 300 ms to come in and break off after 400 of their 1000 bytes.

#include <cdnsim/models/node/cache_node.hpp>
#include <tests/support/catch.hpp>

#include "node_bench.hpp"

namespace cache_node_fills_test {

using namespace cdnsim;
using namespace cdnsim::test;

NodeBench::Answers broken_answers() {
  NodeBench::Answers answers;
  answers.fills_for = 300ms;
  answers.breaks_after = 400;
  return answers;
}

std::int64_t charged(const NodeBench& bench) {
  return bench.node().egress().ledger().total(0).count();
}

void check_partial(const NodeBench::SentReply& answer, Duration first, Duration last,
                   std::int64_t bytes) {
  CHECK(answer.at == at(first));
  CHECK(answer.reply.broken == 1);
  CHECK(answer.reply.bytes == bytes);
  CHECK(answer.reply.last_byte_at == at(last));
  CHECK(answer.reply.status == Status::ok);  // the word of its first byte
}

SCENARIO("an answer breaks off while it comes in") {
  NodeBench bench;
  bench.origin_answers(broken_answers());
  bench.ask(0ms);    // leads the fetch
  bench.ask(30ms);   // waits for it
  bench.ask(200ms);  // reads what comes in
  bench.run(359ms);
  THEN("who waited and who read get what came in, and it breaks off for them at that moment") {
    REQUIRE(bench.answers.size() == 3);
    check_partial(bench.answers[0], 70ms, 370ms, 400);
    // The port is busy with the first one for a part of a nanosecond.
    check_partial(bench.answers[1], 70ms + Duration{1}, 370ms, 400);
    check_partial(bench.answers[2], 210ms, 370ms, 400);
    CHECK(bench.counts()[Outcome::miss] == 1);
    CHECK(bench.counts()[Outcome::delayed_hit] == 2);
  }
  THEN("each is an error, and no byte more is charged than was sent") {
    CHECK(bench.counts()[Status::error] == 3);
    CHECK(bench.counts().broken_off == 3);
    CHECK(bench.counts().aborted == 1);
    CHECK(bench.counts().bytes_served == 1200);
    CHECK(bench.counts().bytes_fetched == 400);
    CHECK(charged(bench) == 1200);
  }
  THEN("nothing of it was ever in the cache") {
    CHECK(bench.node().flows().objects_held == 0);
    CHECK(bench.node().flows().bytes_in == 0);
  }
  AND_WHEN("somebody asks after the break") {
    bench.origin_answers(NodeBench::Answers{});
    bench.ask(361ms);
    bench.run(1s);
    THEN("it is fetched anew, as what nobody has brought yet") {
      CHECK(bench.fetches.size() == 2);
      CHECK(bench.cause(MissCause::not_fetched) == 1);
      CHECK(bench.answers.back().reply.bytes == 1000);
      CHECK(bench.answers.back().reply.broken == 0);
      CHECK(bench.node().flows().objects_held == 1);
    }
  }
}

SCENARIO("an answer that breaks off leaves the stale copy where it was") {
  NodeBench bench("max-age=1, stale-if-error=60");
  bench.ask(0ms);
  bench.run(2s);
  bench.origin_answers(broken_answers());
  bench.ask(2s);  // expired: fetched anew, from 2,060 to 2,360 ms
  bench.ask(2200ms);
  bench.run(2500ms);
  REQUIRE(bench.answers.size() == 3);
  check_partial(bench.answers[1], 2070ms, 2370ms, 400);
  check_partial(bench.answers[2], 2210ms, 2370ms, 400);
  CHECK(bench.node().flows().objects_held == 1);
  WHEN("the origin fails altogether") {
    NodeBench::Answers error;
    error.status = Status::error;
    bench.origin_answers(error);
    bench.ask(3s);
    bench.run(4s);
    THEN("the stale copy is there to be served") {
      CHECK(bench.answers[3].reply.status == Status::ok);
      CHECK(bench.answers[3].reply.bytes == 1000);
    }
  }
}

SCENARIO("an answer of which not one byte comes is fetched again where the tier says so") {
  TierSpec tier = NodeBench::idle_tier();
  tier.retries = 1;
  NodeBench bench("max-age=3600", tier);
  NodeBench::Answers nothing;
  nothing.status = Status::error;
  bench.origin_answers(nothing);
  bench.ask(0ms);
  bench.run(55ms);
  bench.origin_answers(NodeBench::Answers{});
  bench.run(1s);
  THEN("from the start, for whoever waits: twice 60 ms, and 10 ms back") {
    REQUIRE(bench.answers.size() == 1);
    CHECK(bench.answers[0].at == at(130ms));
    CHECK(bench.answers[0].reply.bytes == 1000);
    CHECK(bench.counts().resent == 1);
    CHECK(bench.counts().aborted == 0);
  }
}

SCENARIO("a purge comes while an answer that will break off comes in") {
  NodeBench bench;
  bench.origin_answers(broken_answers());
  Purge purge;
  purge.published = at(100ms);
  bench.schedule(100ms, purge);
  bench.ask(0ms);
  bench.ask(200ms);
  bench.run(250ms);
  THEN("who comes after it does not read what is purged, but fetches") {
    CHECK(bench.fetches.size() == 2);
    CHECK(bench.counts()[Outcome::miss] == 2);
  }
}

SCENARIO("a node goes down at 200 ms, while an answer comes in from 60 to 360 ms") {
  NodeBench bench;
  NodeBench::Answers slow;
  slow.fills_for = 300ms;
  bench.origin_answers(slow);
  bench.schedule(200ms, NodeSwitch{true});
  bench.schedule(500ms, NodeSwitch{false});
  bench.ask(0ms);
  bench.ask(100ms);
  bench.ask(250ms);
  bench.ask(600ms);
  bench.run(2s);
  // In 140 of 300 ms 466 of 1000 bytes have come, and as many were sent on.
  THEN("its readers get what had come until then") {
    REQUIRE(bench.answers.size() == 4);
    check_partial(bench.answers[0], 70ms, 210ms, 466);
    check_partial(bench.answers[1], 110ms, 210ms, 466);
    CHECK(charged(bench) == 466 + 466 + 1000);
  }
  THEN("while it is down it refuses") {
    CHECK(bench.answers[2].at == at(260ms));
    CHECK(bench.answers[2].reply.refused == 1);
  }
  THEN("what was half there is not there when it is back") {
    CHECK(bench.fetches.size() == 2);
    CHECK(bench.answers[3].reply.bytes == 1000);
    CHECK(bench.answers[3].reply.broken == 0);
    CHECK(bench.counts().aborted == 1);
    CHECK(bench.counts().broken_off == 2);
  }
}

SCENARIO("a node goes down at 30 ms, before the answer to its fetch is there") {
  NodeBench bench;
  bench.schedule(30ms, NodeSwitch{true});
  bench.ask(0ms);
  bench.run(1s);
  THEN("who waits is told when the answer comes, and may ask somebody else") {
    REQUIRE(bench.answers.size() == 1);
    CHECK(bench.answers[0].at == at(70ms));
    CHECK(bench.answers[0].reply.status == Status::error);
    CHECK(bench.answers[0].reply.refused == 1);
    CHECK(bench.answers[0].reply.bytes == 0);
  }
  THEN("nothing is kept and nothing sent again") {
    CHECK(bench.node().flows().bytes_in == 0);
    CHECK(bench.fetches.size() == 1);
    CHECK(charged(bench) == 0);
  }
}

}  // namespace cache_node_fills_test
