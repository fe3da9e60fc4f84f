// What one viewer's player asks for and when, by hand: start-up, how far behind it plays, stalls.

#include <cmath>

#include <tests/support/catch.hpp>

#include "live_scenario.hpp"

namespace cdnsim::test {
namespace live_players_test {

EventSpec down(const std::string& node, Duration at, Duration lasts) {
  DownEvent what;
  what.node = node;
  what.lasts = lasts;
  EventSpec event;
  event.at = at;
  event.what = what;
  return event;
}

// It polls at 10 s for the first time: nothing is listed. At 15 s, up to a millisecond later, it
// polls anew; the manifest comes from the origin in 20 ms, the request for the first segment takes
// 30 ms, that comes in 20 ms, and the viewer has it 90 + 15 ms later: 137 packets take three round
// trips more, 10, 20, 40 and the rest.
TEST_CASE("one viewer's start and distance from the film, by hand") {
  const Result result = run(live_scenario(1, false, small_live(1, 40s))).result;
  const LiveResult& show = show_of(result);
  CHECK(show.viewers.planned == 1);
  CHECK(show.viewers.came == 1);
  CHECK(show.viewers.started == 1);
  CHECK(show.segments == 10);
  CHECK(show.asked == 10);
  CHECK(show.got == 10);
  CHECK(show.start_up_ms.mean > 175);
  CHECK(show.start_up_ms.mean < 177);
  CHECK(show.glass_to_glass_ms.mean > 5175);
  CHECK(show.glass_to_glass_ms.mean < 5177);
  CHECK(show.stalls.count == 0);
  // One poll before anything is out, and one a segment.
  CHECK(show.manifests.without_news == 1);
  CHECK(show.manifests.answered == 11);
  CHECK(show.bitrate_mean_bps == 400'000);
}

// The polls at 31 to 47 s fail. The one at 51 s lists what has come out since 31 s: the first of
// that should have played 20 s ago.
TEST_CASE("an origin that is down for 20 s stalls the player for 20 s") {
  Scenario s = live_scenario(1, false, small_live(1, 60s));
  s.events["outage"] = down("origin", 30s, 20s);
  const LiveResult show = show_of(run(s).result);
  CHECK(show.stalls.count == 1);
  CHECK(show.stalls.seconds == Approx(20.0).epsilon(0).margin(0.01));
  CHECK(show.stalls.ratio == Approx(20.0 / (60 + 20)).epsilon(0.001));
  CHECK(show.manifests.failed == 5);
  CHECK(show.got == 15);
  CHECK(show.stalls.skipped_segments == 0);
  CHECK(show.glass_to_glass_ms.max == Approx(25'176).epsilon(0.001));
}

// Of the six segments that have come out since a manifest lists two: it goes on with the last.
TEST_CASE("what is not listed any more is skipped") {
  Live live = small_live(1, 60s);
  live.behind = 1;
  live.window = 2;
  Scenario s = live_scenario(1, false, live);
  s.events["outage"] = down("origin", 30s, 20s);
  const LiveResult show = show_of(run(s).result);
  // Next is number 4, ten are listed: it goes on with the last.
  CHECK(show.stalls.skipped_segments == 5);
  CHECK(show.got == 10);
  CHECK(show.viewers.started == 1);
  CHECK(show.viewers.taken_over == 0);
  CHECK(show.glass_to_glass_ms.max < 5300);
  // Number 4 would have played at 31.2 s; at 51.2 s the screen is light again.
  CHECK(show.stalls.count == 1);
  CHECK(show.stalls.seconds == Approx(20.0).epsilon(0).margin(0.01));
}

TEST_CASE("a player that never gets anything more is dark until it would have seen all") {
  Scenario s = live_scenario(1, false, small_live(1, 60s));
  s.events["outage"] = down("origin", 30s, 200s);
  const LiveResult show = show_of(run(s).result);
  // Eleven segments of 4 s, or up to there.
  CHECK(show.got == 4);
  CHECK(show.stalls.seconds == Approx(44).epsilon(0).margin(0.01));
  s.duration = 60s;
  CHECK(show_of(run(s).result).stalls.seconds == Approx(60 - 31.176).epsilon(0).margin(0.01));
}

// Manifests live as long as a segment lasts: after the last poll most are old. Nobody misses the
// last segment for that, and nothing depends on how long the run goes on.
TEST_CASE("players poll until they have the last segment") {
  Live live = small_live(300, 40s);
  live.ramp = 8s;
  live.segment = 2s;
  live.manifest_ttl = 2s;
  live.polls_within = std::nullopt;
  Scenario s = live_scenario(1, false, live);
  const LiveResult show = show_of(run(s).result);
  CHECK(show.got == show.asked);
  s.duration += 100s;
  const LiveResult later = show_of(run(s).result);
  CHECK(later.got == show.got);
  CHECK(later.stalls.seconds == show.stalls.seconds);
  CHECK(show.got >= 300 * 18);
}

// From 15 to 131 s. With a part u of 4 Mbps a segment of 16 Mbit takes 4 s / u: 29 u of the 25.
TEST_CASE("a player gets one segment after the other, as fast as its own line carries them") {
  Live live = small_live(2000, 100s);
  live.behind = 1;
  live.window = 100;
  live.ladder = {{"only", Rendition{BitRate{4'000'000}, 0}}};
  Scenario s = live_scenario(1, false, live);
  s.network.client_networks["isp0"].access_rate = BitRate{4'000'000};
  const double each = static_cast<double>(show_of(run(s).result).got) / 2000;
  // The mean of min(25, floor(29 u)), whole segments: 29 / 2 - 1 / 2, and what is above 25.
  CHECK(each < 13.8);
  CHECK(each > 12.5);
}

TEST_CASE("who is overtaken by its own second poll has not come from elsewhere") {
  Live live = small_live(500, 40s);
  live.ramp = 20s;
  Scenario s = live_scenario(1, false, live);
  s.caching.edge.coalesce = 0s;
  s.network.origins["origin"].service_time = *parse<ServiceLaw>("exponential:mean=2s").value;
  const LiveResult show = show_of(run(s).result);
  CHECK(show.viewers.taken_over == 0);
  CHECK(show.viewers.started == show.start_up_ms.count);
}

TEST_CASE("a mean stay of a year is no overflow") {
  Live live = small_live(500, 40s);
  live.drop_off = 8760h;
  const LiveResult show = show_of(run(live_scenario(1, false, live)).result);
  CHECK(show.viewers.peak == 500);
  CHECK(show.viewers.started == 500);
}

// Who comes t after the first frame starts three segments before the end of the list, L = (t - 1) /
// 4 long, and plays t - 4 max(L - 3, 0) behind; who comes before that has buffered anything is as
// far behind as the first poll that comes after a segment is listed, 5 s and the phase.
TEST_CASE("how far behind viewers are who come at any time, from the rule alone") {
  Live live = small_live(4000, 200s);
  live.late = Ratio{1.0};
  live.polls_within = std::nullopt;
  const LiveResult show = show_of(run(live_scenario(1, false, live)).result);
  double sum = 0;
  double weights = 0;
  constexpr int kSteps = 2000;
  for (int i = 0; i < kSteps; ++i) {
    const double t = 200.0 * (i + 0.5) / kSteps;
    for (int j = 0; j < 40; ++j) {
      const double phase = 4.0 * (j + 0.5) / 40;
      const double listed = t < 5 ? 0 : std::floor((t - 1) / 4);
      const double first = std::max(listed - 3, 0.0);
      const double behind = std::max(t - 4 * first, 5 + phase);
      sum += behind * (50 - first);
      weights += 50 - first;
    }
  }
  // From a poll until the segment that it lists is there: 30 + 90 + 15 ms, both cached.
  const double expected = 1000 * (sum / weights) + 135;
  CHECK(show.glass_to_glass_ms.mean == Approx(expected).epsilon(0.01));
  CHECK(show.failed == 0);
}

TEST_CASE("viewers of a PoP that fails go on elsewhere, and every sum holds") {
  Live live = small_live(500, 60s);
  live.ramp = 8s;
  live.polls_within = std::nullopt;
  Scenario s = live_scenario(2, true, live);
  LinkSpec other = s.network.links["pop0-isp0"];
  other.from = "pop1";
  other.delay = 25ms;
  s.network.links["pop1-isp0"] = other;
  s.network.convergence = 2s;
  s.events["failure"] = down("pop0", 40s, 15s);
  const Result result = run(s).result;  // throws where an identity is broken
  const LiveResult& show = show_of(result);
  CHECK(show.viewers.started == 500);
  CHECK(show.viewers.taken_over > 200);
  CHECK(show.start_up_ms.count == 500);
  CHECK(show.start_up_ms.max < 10'000);  // all have come by 18 s, and nobody comes again
  CHECK(show.failed > 0);
  for (const unsigned threads : {2u, 3u}) {
    CHECK(run(s, {.threads = threads}).result.digest == result.digest);
  }
}

}  // namespace live_players_test
}  // namespace cdnsim::test
