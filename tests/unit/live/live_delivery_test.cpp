// How segments come down: asked for, or sent on; and what the herd of polls asks of the origin.

#include <cmath>

#include <tests/support/catch.hpp>

#include "live_scenario.hpp"

namespace cdnsim::test {
namespace live_delivery_test {

// Four PoPs behind two shields, and two renditions that somebody watches everywhere.
Scenario two_shields(LiveDelivery delivery) {
  Live live = small_live(2000, 40s);
  live.delivery = delivery;
  live.ramp = 8s;
  live.polls_within = 500ms;
  live.manifest_ttl = 1s;
  live.ladder["only"].screens = live.ladder["more"].screens = 1;
  live.ladder["more"].bitrate = BitRate{2'000'000};
  Scenario s = live_scenario(4, true, live);
  s.network.shields["second"] = ShieldSpec{1};
  s.network.links["second-origin"] = s.network.links["shield-origin"];
  s.network.links["second-origin"].from = "second";
  for (const std::string pop : {"pop2", "pop3"}) {
    s.network.pops[pop].shield = "second";
    LinkSpec link = s.network.links[pop + "-shield"];
    link.to = "second";
    s.network.links.erase(pop + "-shield");
    s.network.links[pop + "-second"] = link;
  }
  return s;
}

std::uint64_t origin_requests(const Result& result, const std::string& content) {
  return result.classes.at(content).origin_requests;
}

TEST_CASE("pull: each shield fetches each segment once; whoever asks first waits") {
  const Result result = run(two_shields(LiveDelivery::pull)).result;
  const LiveResult& show = show_of(result);
  CHECK(show.origin.segments == 2 * 10);
  CHECK(show.origin.fetches == 2 * 2 * 10);
  CHECK(show.origin.most_per_asker == 1);
  CHECK(show.origin.mean_per_asker == 1);
  CHECK(origin_requests(result, "show") == 2 * 2 * 10);
  // One a segment and rendition at each PoP at least.
  CHECK(show.waited >= 4 * 2 * 10);
  CHECK(show.pushed == 0);
}

TEST_CASE("without coalescing a shield fetches a segment more than once") {
  Scenario s = two_shields(LiveDelivery::pull);
  s.caching.edge.coalesce = 0s;
  s.caching.shield.coalesce = 0s;
  CHECK(show_of(run(s).result).origin.most_per_asker > 2);
}

TEST_CASE("push: nobody waits for a segment at the edge, and each is sent once to each shield") {
  const Result result = run(two_shields(LiveDelivery::push)).result;
  const LiveResult& show = show_of(result);
  CHECK(show.waited == 0);
  CHECK(show.origin.fetches == 0);
  // Ten segments and manifests of two renditions, to two shields: 200 kB and 1 MB, 2000 bytes.
  CHECK(show.pushed == 10 * 2 * 2 * 2);
  CHECK(show.pushed_bytes == 10ull * 2 * (200'000 + 1'000'000 + 2 * 2'000));
  const auto pushes = std::ranges::find(result.messages, "push", &MessageResult::kind);
  REQUIRE(pushes != result.messages.end());
  CHECK(pushes->sent == 10 * 2 * 2 * (2 + 4));
  CHECK(pushes->received == pushes->sent);
  // What is pushed is the origin's to send, and so to bill.
  CHECK(result.origin.bytes >= show.pushed_bytes);
}

TEST_CASE("push to shields alone: the edge fetches, the origin is not asked") {
  const LiveResult show = show_of(run(two_shields(LiveDelivery::push_to_shields)).result);
  CHECK(show.origin.fetches == 0);
  CHECK(show.waited >= 4 * 2 * 10);
  CHECK(show.pushed == 10 * 2 * 2 * 2);
}

TEST_CASE("push brings viewers nearer to the film than pull") {
  const LiveResult pull = show_of(run(two_shields(LiveDelivery::pull)).result);
  const LiveResult push = show_of(run(two_shields(LiveDelivery::push)).result);
  CHECK(push.glass_to_glass_ms.mean < pull.glass_to_glass_ms.mean);
  CHECK(push.start_up_ms.mean < pull.start_up_ms.mean);
}

// While anybody polls, from 10 to 56 s, a shield has a manifest of its own for a second at a time.
TEST_CASE("the herd of polls reaches the origin once a shield, rendition and lifetime at most") {
  for (const Duration within : {10ms, 4000ms}) {
    Scenario s = two_shields(LiveDelivery::pull);
    std::get<Live>(s.traffic["show"]).polls_within = within;
    const Result result = run(s).result;
    CHECK(origin_requests(result, "show_manifests") <= 2 * 2 * (46 + 1));
    CHECK(origin_requests(result, "show_manifests") >= 2 * 2 * 10);
  }
}

TEST_CASE("the nearer after a segment's listing all poll, the higher the edge's busiest second") {
  Scenario s = two_shields(LiveDelivery::pull);
  Live& live = std::get<Live>(s.traffic["show"]);
  live.ramp = 1ms;
  live.manifest_ttl = 100ms;
  live.polls_within = 10ms;
  const double herd = run(s).result.classes.at("show").edge_peak_rps;
  live.polls_within = std::nullopt;
  const double even = run(s).result.classes.at("show").edge_peak_rps;
  // All 2,000 in one second, and a quarter of them.
  CHECK(herd == Approx(2000).epsilon(0.01));
  CHECK(even == Approx(500).epsilon(0.2));
}

TEST_CASE("delivery does not depend on the number of threads") {
  for (const LiveDelivery delivery : {LiveDelivery::pull, LiveDelivery::push}) {
    const Scenario s = two_shields(delivery);
    const std::string digest = run(s).result.digest;
    for (const unsigned threads : {2u, 3u})
      CHECK(run(s, {.threads = threads}).result.digest == digest);
  }
}

}  // namespace live_delivery_test
}  // namespace cdnsim::test
