// Copies and what stands in for them: revalidation, remembered failures, refresh ahead of time, and
// where copies are left.

#include <cdnsim/models/node/cache_node.hpp>
#include <tests/support/catch.hpp>

#include "node_bench.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

namespace cache_node_copies_test {

TierSpec tier_with(const std::function<void(TierSpec&)>& change) {
  TierSpec tier = NodeBench::idle_tier();
  change(tier);
  return tier;
}

NodeBench::Answers failing(Status status) { return NodeBench::Answers{40ms, status}; }

// A fetch that leaves at t is answered at t + 60 ms: 10 there, 40 at the origin, 10 back.

TEST_CASE("an expired copy is asked about, and 304 makes it good again") {
  NodeBench bench("max-age=10");
  bench.ask(0s);
  bench.run(1s);
  NodeBench::Answers unchanged;
  unchanged.not_modified = true;
  bench.origin_answers(unchanged);
  bench.ask(20s);
  bench.ask(29s);  // fresh again: from 20.06 s for ten seconds
  bench.ask(31s);  // expired again
  bench.run(32s);
  REQUIRE(bench.fetches.size() == 3);
  CHECK(bench.fetches[0].fetch.held_since == kNothingHeld);
  CHECK(bench.fetches[1].fetch.held_since == at(60ms));
  CHECK(bench.fetches[2].fetch.held_since == at(20060ms));
  CHECK(bench.counts().not_modified == 2);
  CHECK(bench.counts()[Outcome::hit] == 1);
  CHECK(bench.counts()[Outcome::miss] == 3);
  CHECK(bench.counts().bytes_fetched == 1000);
  REQUIRE(bench.answers.size() == 4);
  for (const auto& answer : bench.answers) CHECK(answer.reply.bytes == 1000);
  CHECK(bench.answers[1].at == at(20070ms));
}

TEST_CASE("where a tier does not revalidate, all of an expired copy is fetched again") {
  NodeBench bench("max-age=10", tier_with([](TierSpec& tier) { tier.revalidate = false; }));
  bench.ask(0s);
  bench.ask(20s);
  bench.run(21s);
  REQUIRE(bench.fetches.size() == 2);
  CHECK(bench.fetches[1].fetch.held_since == kNothingHeld);
}

TEST_CASE("304 for a copy that was purged meanwhile: all of it is fetched") {
  NodeBench bench("max-age=10");
  bench.schedule(20030ms, Purge{PurgeScope{}, false, at(20020ms)});
  bench.ask(0s);
  bench.run(1s);
  bench.origin_answers(std::nullopt);
  bench.ask(20s);
  bench.run(20040ms);
  REQUIRE(bench.fetches.size() == 2);
  NodeBench::Answers unchanged;
  unchanged.not_modified = true;
  bench.reply(20060ms, bench.fetches[1], unchanged);
  bench.origin_answers(NodeBench::Answers{});
  bench.run(21s);
  REQUIRE(bench.fetches.size() == 3);
  CHECK(bench.fetches[2].at == at(20070ms));
  CHECK(bench.fetches[2].fetch.held_since == kNothingHeld);
  CHECK(bench.counts().resent == 1);
  REQUIRE(bench.answers.size() == 2);
  CHECK(bench.answers[1].at == at(20130ms));
  CHECK(bench.answers[1].reply.status == Status::ok);
}

TEST_CASE("a 404 is remembered as long as said, and answers at once") {
  NodeBench bench("max-age=10", tier_with([](TierSpec& tier) { tier.not_found_ttl = 5s; }));
  bench.origin_answers(failing(Status::not_found));
  bench.ask(0s);      // known to be missing from 0.06 s
  bench.ask(1s);      // remembered
  bench.ask(5059ms);  // still
  bench.ask(5060ms);  // no more
  bench.run(6s);
  CHECK(bench.fetches.size() == 2);
  CHECK(bench.counts()[Outcome::negative_hit] == 2);
  CHECK(bench.counts()[Outcome::miss] == 2);
  CHECK(bench.counts()[Status::not_found] == 4);
  CHECK(bench.counts().remembered_errors == 0);
  CHECK(bench.counts().found() == 2);
  REQUIRE(bench.answers.size() == 4);
  CHECK(bench.answers[1].at == at(1010ms));
  CHECK(bench.answers[1].reply.status == Status::not_found);
}

TEST_CASE("an error is remembered apart from a 404, and a success makes it forgotten") {
  NodeBench bench("max-age=1", tier_with([](TierSpec& tier) { tier.error_ttl = 2s; }));
  bench.origin_answers(failing(Status::not_found));
  bench.ask(0s, 1);
  bench.ask(1s, 1);  // no negative time for 404s here
  bench.run(1500ms);
  CHECK(bench.fetches.size() == 2);
  bench.origin_answers(failing(Status::error));
  bench.ask(2s);
  bench.ask(3s);
  bench.run(4s);
  CHECK(bench.fetches.size() == 3);
  CHECK(bench.counts()[Outcome::negative_hit] == 1);
  CHECK(bench.counts().remembered_errors == 1);
  CHECK(bench.counts().found() == 0);
  bench.origin_answers(NodeBench::Answers{});
  bench.ask(5s);
  bench.ask(5500ms);
  bench.run(6s);
  CHECK(bench.counts()[Outcome::hit] == 1);
}

TEST_CASE("while an error is remembered, a stale copy within its grace answers instead") {
  NodeBench bench("max-age=10, stale-if-error=60",
                  tier_with([](TierSpec& tier) { tier.error_ttl = 30s; }));
  bench.ask(0s);
  bench.run(1s);
  bench.origin_answers(failing(Status::error));
  bench.ask(20s);  // led a fetch, failed, got the stale copy
  bench.ask(40s);  // the error is remembered until 50.06 s
  bench.ask(60s);  // asks again
  bench.run(65s);
  CHECK(bench.fetches.size() == 3);
  CHECK(bench.counts()[Outcome::stale_hit] == 1);
  CHECK(bench.counts()[Outcome::miss] == 3);
  CHECK(bench.counts()[Status::ok] == 4);
}

TEST_CASE("micro-caching answers a page that may not be stored for a second") {
  NodeBench bench("no-store", tier_with([](TierSpec& tier) { tier.micro_ttl = 1s; }));
  bench.ask(0s);
  bench.ask(500ms);
  bench.ask(1059ms);
  bench.ask(1060ms);
  bench.run(2s);
  CHECK(bench.counts()[Outcome::hit] == 2);
  CHECK(bench.counts()[Outcome::miss] == 2);
  CHECK(bench.counts()[Outcome::pass] == 0);
}

TEST_CASE("a hit shortly before the end of a copy's life refreshes it in the background") {
  NodeBench bench("max-age=10", tier_with([](TierSpec& tier) { tier.refresh_ahead = Ratio{0.1}; }));
  bench.ask(0s);       // fresh from 0.06 s to 10.06 s; the last tenth begins at 9.06 s
  bench.ask(9059ms);   // too early
  bench.ask(9060ms);   // refreshes: fresh until 9.12 + 10 s
  bench.ask(9065ms);   // under way already
  bench.ask(10500ms);  // would have expired
  bench.run(11s);
  CHECK(bench.fetches.size() == 2);
  CHECK(bench.fetches.back().at == at(9070ms));
  CHECK(bench.counts().refreshes == 1);
  CHECK(bench.counts()[Outcome::hit] == 4);
  CHECK(bench.counts()[Outcome::miss] == 1);
}

TEST_CASE("an answer leaves a copy where the rule says") {
  const auto hits_when = [](CopyPlaces places, std::uint8_t passed) {
    NodeBench bench("max-age=10", tier_with([&](TierSpec& tier) { tier.copies = places; }));
    NodeBench::Answers how;
    how.passed = passed;
    bench.origin_answers(how);
    bench.ask(0s);
    bench.ask(1s);
    bench.run(2s);
    if (bench.counts()[Outcome::miss] == 2) CHECK(bench.cause(MissCause::not_admitted) == 1);
    return bench.counts()[Outcome::hit];
  };
  using Kind = CopyPlaces::Kind;
  CHECK(hits_when({Kind::everywhere, 1}, 0) == 1);
  CHECK(hits_when({Kind::everywhere, 1}, 3) == 1);
  CHECK(hits_when({Kind::down, 1}, 0) == 1);
  CHECK(hits_when({Kind::down, 1}, 1) == 0);
  CHECK(hits_when({Kind::edge, 1}, 0) == 0);  // the bench is a shield
  CHECK(hits_when({Kind::prob, 1}, 5) == 1);
  CHECK(hits_when({Kind::prob, 0}, 0) == 0);
}

TEST_CASE("copies left by lot are as many as the odds say") {
  NodeBench bench("max-age=3600", tier_with([](TierSpec& tier) {
                    tier.copies = CopyPlaces{CopyPlaces::Kind::prob, 0.3};
                  }));
  for (std::uint32_t object = 0; object < 1000; ++object) bench.ask(object * 1ms, object);
  for (std::uint32_t object = 0; object < 1000; ++object) bench.ask(5s + object * 1ms, object);
  bench.run(10s);
  // Binomial: 300 +- 14.5; five times that.
  CHECK(bench.counts()[Outcome::hit] > 227);
  CHECK(bench.counts()[Outcome::hit] < 373);
}

TEST_CASE("an answer says how many caches it has passed since the one that had it") {
  NodeBench bench("max-age=10");
  NodeBench::Answers how;
  how.passed = 2;
  bench.origin_answers(how);
  bench.ask(0s);
  bench.ask(1s);
  bench.run(2s);
  REQUIRE(bench.answers.size() == 2);
  CHECK(bench.answers[0].reply.passed == 3);
  CHECK(bench.answers[1].reply.passed == 0);
}

TEST_CASE("a node that holds the version of our copy is told so, and not sent it") {
  NodeBench bench("max-age=1000", NodeBench::idle_tier(), 0s, 100s);
  const ContentClass& pages = bench.catalogue()[0];
  bench.ask(250s);
  const SimTime made = at(250050ms);  // our copy, at the origin
  Fetch fetch;
  fetch.object = 0;
  fetch.key = pages.key_of(0);
  fetch.held_since = pages.version_since(0, made);
  bench.ask(252s, fetch);
  fetch.held_since -= Duration{1};  // the version before
  bench.ask(253s, fetch);
  bench.run(254s);
  REQUIRE(bench.answers.size() == 3);
  CHECK(bench.answers[1].reply.not_modified);
  CHECK(bench.answers[1].reply.bytes == 0);
  CHECK_FALSE(bench.answers[2].reply.not_modified);
  CHECK(bench.answers[2].reply.bytes == 1000);
  CHECK(bench.answers[2].reply.made_at == made);
}

TEST_CASE("what must be asked about each time is kept for its bytes, where 304 is asked for") {
  // The first answer brings 1000 bytes; the two that come later bring none.
  for (const char* rules : {"no-cache", "max-age=0", "no-cache, max-age=600"}) {
    INFO(rules);
    NodeBench bench(rules);
    bench.ask(0s);
    bench.run(1s);
    bench.origin_answers(NodeBench::Answers{.not_modified = true, .made_at = at(0s)});
    bench.ask(1s);
    bench.ask(2s);
    bench.run(3s);
    REQUIRE(bench.fetches.size() == 3);
    CHECK(bench.fetches[0].fetch.held_since == kNothingHeld);
    CHECK(bench.fetches[2].fetch.held_since != kNothingHeld);
    CHECK(bench.fetches[2].fetch.must_be_fresh);
    CHECK(bench.counts().not_modified == 2);
    CHECK(bench.counts().bytes_fetched == 1000);
    CHECK(bench.counts().bytes_served == 3000);
    CHECK(bench.counts()[Outcome::miss] == 3);
    CHECK(bench.cause(MissCause::expired) == 2);
    CHECK(bench.node().flows().objects_held == 1);
  }
}

TEST_CASE("where it is not, or where nothing is said of a lifetime, it is not kept") {
  const auto never_asks = tier_with([](TierSpec& tier) { tier.revalidate = false; });
  for (const auto& [rules, tier] :
       {std::pair{"no-cache", never_asks}, std::pair{"", NodeBench::idle_tier()}}) {
    NodeBench bench(rules, tier);
    bench.ask(0s);
    bench.ask(1s);
    bench.run(2s);
    CHECK(bench.counts().bytes_fetched == 2000);
    CHECK(bench.cause(MissCause::not_admitted) == 1);
    CHECK(bench.node().flows().objects_held == 0);
  }
}

TEST_CASE("nobody reads along what must be asked about each time") {
  NodeBench bench("no-cache");
  bench.origin_answers(NodeBench::Answers{.fills_for = 2s});
  bench.ask(0s);
  bench.ask(1s);  // the first is still coming in
  bench.run(5s);
  CHECK(bench.fetches.size() == 2);
  CHECK(bench.counts()[Outcome::delayed_hit] == 0);
}

}  // namespace cache_node_copies_test
