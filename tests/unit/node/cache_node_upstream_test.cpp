// Whom a node asks: peers first, others when a parent refuses, the same once more when it fails.

#include <cdnsim/models/node/cache_node.hpp>
#include <tests/support/catch.hpp>

#include "node_bench.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

namespace cache_node_upstream_test {

NodeBench::Answers refusing() {
  NodeBench::Answers answers{0ms, Status::error};
  answers.refused = true;
  return answers;
}

TEST_CASE("a parent that refuses is passed over for a while, and its stand-in asked") {
  NodeBench bench("max-age=1");
  bench.add_upstream(NodeBench::kSpare, false);
  bench.origin_answers(std::nullopt);
  bench.ask(0s, 1);
  bench.run(15ms);
  bench.reply(20ms, bench.fetches[0], refusing());
  bench.run(30ms);
  REQUIRE(bench.fetches.size() == 2);
  CHECK(bench.fetches[0].to == NodeBench::kOrigin);
  CHECK(bench.fetches[1].to == NodeBench::kSpare);
  CHECK(bench.fetches[1].at == at(30ms));
  CHECK(bench.fetches[1].fetch.token.id() == bench.fetches[0].fetch.token.id());
  bench.reply(70ms, bench.fetches[1], NodeBench::Answers{});
  bench.ask(10019ms, 2);  // avoided until 10.02 s
  bench.ask(10020ms, 3);
  bench.run(11s);
  CHECK(bench.answers.size() == 1);
  CHECK(bench.counts().resent == 1);
  REQUIRE(bench.fetches.size() == 4);
  CHECK(bench.fetches[2].to == NodeBench::kSpare);
  CHECK(bench.fetches[3].to == NodeBench::kOrigin);
}

TEST_CASE("when everybody refuses, those who wait get the error") {
  NodeBench bench("max-age=1");
  bench.add_upstream(NodeBench::kSpare, false);
  bench.origin_answers(refusing());
  bench.ask(0s);
  bench.ask(1ms);
  bench.run(1s);
  CHECK(bench.fetches.size() == 2);
  CHECK(bench.counts()[Status::error] == 2);
}

TEST_CASE("once everybody has refused, the first is asked again at once") {
  NodeBench bench("max-age=1");
  bench.add_upstream(NodeBench::kSpare, false);
  bench.origin_answers(refusing());
  bench.ask(0s, 1);
  bench.run(1s);
  bench.origin_answers(NodeBench::Answers{});
  bench.ask(2s, 2);
  bench.run(3s);
  REQUIRE(bench.fetches.size() == 3);
  CHECK(bench.fetches[2].to == NodeBench::kOrigin);
  CHECK(bench.counts()[Status::ok] == 1);
}

TEST_CASE("an error that a parent passes on is no refusal") {
  NodeBench bench("max-age=1");
  bench.add_upstream(NodeBench::kSpare, false);
  bench.origin_answers(NodeBench::Answers{40ms, Status::error});
  bench.ask(0s);
  bench.run(1s);
  CHECK(bench.fetches.size() == 1);
  CHECK(bench.counts()[Status::error] == 1);
}

TEST_CASE("a fetch that failed is sent again as often as said") {
  TierSpec tier = NodeBench::idle_tier();
  tier.retries = 2;
  NodeBench bench("max-age=1", tier);
  bench.origin_answers(NodeBench::Answers{40ms, Status::error});
  bench.ask(0s);
  bench.run(1s);
  CHECK(bench.fetches.size() == 3);
  CHECK(bench.counts().resent == 2);
  CHECK(bench.counts().fetches == 1);
  REQUIRE(bench.answers.size() == 1);
  CHECK(bench.answers[0].at == at(190ms));  // three times 60 ms, and 10 ms back to the PoP
  CHECK(bench.answers[0].reply.status == Status::error);
}

TEST_CASE("who waits too long fetches by himself where the tier says so") {
  TierSpec tier = NodeBench::idle_tier();
  tier.coalesce = 1s;
  tier.on_timeout = OnTimeout::go_alone;
  NodeBench bench("max-age=10", tier);
  bench.origin_answers(NodeBench::Answers{5s});
  bench.ask(0s);
  bench.ask(100ms);
  bench.run(1050ms);
  bench.origin_answers(NodeBench::Answers{40ms});
  bench.run(10s);
  // The second waits until 1.1 s and has its answer 60 ms later; the first has a fetch of his own
  // already, which takes 5.02 s.
  CHECK(bench.fetches.size() == 2);
  CHECK(bench.counts().fetches == 2);
  CHECK(bench.counts()[Status::timed_out] == 0);
  CHECK(bench.counts()[Status::ok] == 2);
  REQUIRE(bench.answers.size() == 2);
  CHECK(bench.answers[0].at == at(1170ms));
  CHECK(bench.answers[1].at == at(5030ms));
  // The first answer that comes is stored, whoever asked for it.
  bench.ask(8s);
  bench.run(9s);
  CHECK(bench.counts()[Outcome::hit] == 1);
}

TEST_CASE("a peer asked for what it has answers, or refuses without fetching") {
  NodeBench bench("max-age=10");
  Fetch fetch;
  fetch.key = bench.catalogue()[0].key_of(0);
  fetch.only_if_cached = true;
  bench.ask(0s, fetch);
  bench.ask(1s);
  bench.ask(2s, fetch);
  bench.ask(12s, fetch);  // expired at 11.06 s
  bench.run(13s);
  CHECK(bench.fetches.size() == 1);
  REQUIRE(bench.answers.size() == 4);
  CHECK(bench.answers[0].reply.refused);
  CHECK_FALSE(bench.answers[2].reply.refused);
  CHECK(bench.answers[2].reply.bytes == 1000);
  CHECK(bench.answers[3].reply.refused);
}

TEST_CASE("a node asks its peers for what they have and then its parent") {
  // The first place is the parent's in the bench: a second one stands for it here.
  NodeBench bench("max-age=10");
  bench.add_upstream(NodeBench::kSpare, true);
  bench.origin_answers(refusing());
  bench.ask(0s);
  bench.run(1s);
  REQUIRE(bench.fetches.size() == 2);
  CHECK_FALSE(bench.fetches[0].fetch.only_if_cached);
  CHECK(bench.fetches[1].fetch.only_if_cached);
}

}  // namespace cache_node_upstream_test
