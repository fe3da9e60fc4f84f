// Purges, and servers and nodes that go down, as one node sees them.

#include <cdnsim/models/node/cache_node.hpp>
#include <tests/support/catch.hpp>

#include "node_bench.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

namespace cache_node_events_test {

PurgeScope objects(std::uint64_t first, std::uint64_t end) {
  PurgeScope scope;
  scope.content = 0;
  scope.first = first;
  scope.end = end;
  return scope;
}

TEST_CASE("a hard purge removes what it names, and the next miss says so") {
  NodeBench bench("max-age=1000");
  bench.schedule(5s, Purge{objects(1, 3), false, at(4s)});
  for (std::uint32_t object = 0; object < 4; ++object) bench.ask(0s, object);
  for (std::uint32_t object = 0; object < 4; ++object) bench.ask(6s, object);
  bench.run(7s);
  CHECK(bench.counts()[Outcome::hit] == 2);
  CHECK(bench.cause(MissCause::first_request) == 4);
  CHECK(bench.cause(MissCause::purged) == 2);
  CHECK(bench.node().event_counts().at(0).copies == 2);
  CHECK(bench.node().flows().bytes_purged == 2000);
}

TEST_CASE("a soft purge makes copies stale: they serve while one fetch renews them") {
  NodeBench bench("max-age=1000, stale-while-revalidate=60");
  bench.schedule(5s, Purge{PurgeScope{}, true, at(4s)});
  bench.ask(0s);
  bench.ask(6s);
  bench.ask(6010ms);
  bench.ask(7s);
  bench.run(8s);
  CHECK(bench.counts()[Outcome::stale_hit] == 2);
  CHECK(bench.counts()[Outcome::hit] == 1);
  CHECK(bench.counts().refreshes == 1);
  CHECK(bench.node().flows().bytes_purged == 0);
}

TEST_CASE("an answer that was under way when a purge came serves, but is not stored") {
  NodeBench bench("max-age=1000");
  bench.schedule(50ms, Purge{PurgeScope{}, false, at(45ms)});
  bench.origin_answers(std::nullopt);
  bench.ask(0s);
  bench.run(20ms);
  NodeBench::Answers old;
  old.made_at = at(40ms);
  bench.reply(60ms, bench.fetches[0], old);
  bench.ask(100ms);
  bench.run(200ms);
  CHECK(bench.answers.size() == 1);
  CHECK(bench.fetches.size() == 2);
  CHECK(bench.counts()[Outcome::miss] == 2);
}

TEST_CASE("an answer made after the purge was published is stored") {
  NodeBench bench("max-age=1000");
  bench.schedule(50ms, Purge{PurgeScope{}, false, at(45ms)});
  bench.origin_answers(std::nullopt);
  bench.ask(0s);
  bench.run(20ms);
  NodeBench::Answers renewed;
  renewed.made_at = at(46ms);
  bench.reply(60ms, bench.fetches[0], renewed);
  bench.ask(100ms);
  bench.run(200ms);
  CHECK(bench.counts()[Outcome::hit] == 1);
}

TEST_CASE("a copy that lives for a year still knows to the nanosecond when it was made") {
  // Published at 4 s; the answer to the miss at 6 s was made at 6.05 s: what a child holds of that
  // time is current, and what is older is not.
  NodeBench bench("max-age=31536000", NodeBench::idle_tier(), 0s, 3600s);
  bench.schedule(5s, Purge{PurgeScope{}, false, at(4s)});
  bench.ask(6s);
  bench.ask(8s);
  bench.run(9s);
  REQUIRE(bench.answers.size() == 2);
  CHECK(bench.answers[1].reply.made_at == at(6050ms));
}

TEST_CASE("so does one of a class that changes where nothing is ever purged") {
  NodeBench bench("max-age=31536000", NodeBench::idle_tier(), 0s, 3600s);
  bench.ask(6s);
  bench.ask(8s);
  bench.run(9s);
  REQUIRE(bench.answers.size() == 2);
  CHECK(bench.answers[1].reply.made_at == at(6050ms));
}

TEST_CASE("a 304 that a soft purge overtook serves the old copy, and asks nobody again") {
  NodeBench bench("max-age=10");
  bench.schedule(20030ms, Purge{PurgeScope{}, true, at(20020ms)});
  bench.ask(0s);
  bench.run(1s);
  bench.origin_answers(std::nullopt);
  bench.ask(20s);
  bench.run(20040ms);
  NodeBench::Answers unchanged;
  unchanged.not_modified = true;
  unchanged.made_at = at(20010ms);
  bench.reply(20060ms, bench.fetches.at(1), unchanged);
  bench.run(21s);
  CHECK(bench.fetches.size() == 2);
  CHECK(bench.answers.size() == 2);
  CHECK(bench.counts().not_modified == 0);
}

TEST_CASE("a purge makes remembered failures forgotten") {
  TierSpec tier = NodeBench::idle_tier();
  tier.not_found_ttl = 1h;
  NodeBench bench("max-age=10", tier);
  bench.schedule(5s, Purge{PurgeScope{}, false, at(5s)});
  bench.origin_answers(NodeBench::Answers{40ms, Status::not_found});
  bench.ask(0s);
  bench.ask(4s);
  bench.ask(6s);
  bench.run(7s);
  CHECK(bench.fetches.size() == 2);
  CHECK(bench.counts()[Outcome::negative_hit] == 1);
}

TEST_CASE("what two events keep down works when both are over") {
  NodeBench bench("max-age=1000");
  bench.schedule(5s, NodeSwitch{true});
  bench.schedule(6s, ServerSwitch{0, true, false});
  bench.schedule(10s, NodeSwitch{false});
  bench.schedule(15s, ServerSwitch{0, false, false});
  for (const Duration when : {7s, 12s, 16s}) bench.ask(when);
  bench.run(17s);
  CHECK(bench.counts()[Outcome::shed] == 2);
  CHECK(bench.counts()[Status::ok] == 1);
}

TEST_CASE("a node that is down refuses everything, and has its copies when it is back") {
  NodeBench bench("max-age=1000");
  bench.schedule(5s, NodeSwitch{true});
  bench.schedule(10s, NodeSwitch{false});
  bench.ask(0s);
  bench.ask(6s);
  bench.ask(11s);
  bench.run(12s);
  REQUIRE(bench.answers.size() == 3);
  CHECK(bench.answers[1].reply.refused);
  CHECK(bench.counts()[Outcome::shed] == 1);
  CHECK(bench.counts()[Outcome::hit] == 1);
}

TEST_CASE("a server that is wiped comes back with nothing") {
  NodeBench bench("max-age=1000");
  bench.schedule(5s, ServerSwitch{0, true, false});
  bench.schedule(10s, ServerSwitch{0, false, true});
  bench.ask(0s);
  bench.ask(6s);
  bench.ask(11s);
  bench.run(12s);
  CHECK(bench.counts()[Outcome::shed] == 1);
  CHECK(bench.counts()[Outcome::miss] == 2);
  CHECK(bench.node().flows().objects_held == 1);
}

// Two servers of two objects each, and four objects of the second one.
struct TwoServers : NodeBench {
  TwoServers() : NodeBench("max-age=1000", of_two_objects(), 0s, {}, 2) {
    for (std::uint32_t object = 0; own.size() < 4; ++object) {
      if (owner_of(object) == 1) own.push_back(object);
    }
  }
  static TierSpec of_two_objects() {
    TierSpec tier = idle_tier();
    tier.memory = Bytes{2 * kObjectBytes};
    return tier;
  }
  void goes_down(Duration when) {
    schedule(when, ServerSwitch{1, true, false});
    schedule(when, ServerNoticed{1, true});
  }
  void comes_back(Duration when, bool wiped) {
    schedule(when, ServerSwitch{1, false, wiped});
    schedule(when, ServerNoticed{1, false});
  }
  std::vector<std::uint32_t> own;
};

TEST_CASE("what a server had let go of before it went down is not missed because of that") {
  TwoServers bench;
  const std::uint32_t x = bench.own[0], y = bench.own[1], z = bench.own[2];
  bench.goes_down(10s);
  bench.comes_back(20s, false);
  bench.ask(0s, x);
  bench.ask(1s, y);
  bench.ask(2s, z);   // pushes x out
  bench.ask(11s, x);  // at the other server: evicted long ago
  bench.ask(12s, z);  // the one that is down has it: re-steered
  bench.run(13s);
  CHECK(bench.cause(MissCause::evicted) == 1);
  CHECK(bench.cause(MissCause::re_steered) == 1);
  bench.ask(21s, z);  // it is back, and has it still
  bench.ask(22s, x);  // the other has it: re-steered; pushes y out
  bench.ask(23s, y);  // evicted; pushes z out
  bench.ask(24s, z);  // evicted here, where it was found since; that the other has it is old news
  bench.run(25s);
  CHECK(bench.counts()[Outcome::hit] == 1);
  CHECK(bench.cause(MissCause::first_request) == 3);
  CHECK(bench.cause(MissCause::re_steered) == 2);
  CHECK(bench.cause(MissCause::evicted) == 3);
  CHECK(bench.counts()[Outcome::miss] == 8);
}

TEST_CASE("of a server that comes back wiped, what others have since was re-steered") {
  TwoServers bench;
  const std::uint32_t x = bench.own[0], y = bench.own[1];
  bench.goes_down(10s);
  bench.comes_back(20s, true);
  bench.ask(0s, x);
  bench.ask(1s, y);
  bench.ask(12s, x);  // re-steered
  bench.ask(21s, x);  // again: the other has it
  bench.ask(22s, y);  // nobody has it any more
  bench.run(23s);
  CHECK(bench.cause(MissCause::re_steered) == 2);
  CHECK(bench.cause(MissCause::purged) == 1);
}

TEST_CASE("a change of other servers does not hide where an object was") {
  // The second server is down from 10 s; at 20 s another event takes and gives the first one,
  // before anybody asks.
  TwoServers bench;
  bench.goes_down(10s);
  bench.schedule(20s, ServerNoticed{0, true});
  bench.schedule(21s, ServerNoticed{0, false});
  bench.ask(0s, bench.own[0]);
  bench.ask(22s, bench.own[0]);
  bench.run(23s);
  CHECK(bench.cause(MissCause::re_steered) == 1);
}

TEST_CASE("a copy that had expired on the server that is gone is missed for that") {
  TwoServers bench;
  bench.goes_down(1500s);
  bench.ask(0s, bench.own[0]);
  bench.ask(1501s, bench.own[0]);
  bench.run(1502s);
  CHECK(bench.cause(MissCause::expired) == 1);
  CHECK(bench.cause(MissCause::re_steered) == 0);
}

}  // namespace cache_node_events_test
