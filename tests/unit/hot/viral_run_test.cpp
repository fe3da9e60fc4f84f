// Viral detection in whole runs. By hand: a video at 12 PoPs alike whose rate at each rises by
// 3u^2 - 2u^3 from nothing at 70 s to 20,000 a second at 80 s, u = (t - 70 s) / 10 s. After t
// seconds t^3/100 - t^4/2000 times 20,000 have come: 190 in the first second, 1,250 in the next. So
// with a floor of 500 a second every PoP reports it for the second from 71 s on, at 72 s; the PoP
// furthest from the detector by 35 ms, which judges then: 15,000 a second against 12 x 500 taken to
// have been hidden 60 s before, +150 %.

#include <algorithm>
#include <cmath>
#include <string>

#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace viral_run_test {

using namespace cdnsim;
using Signals = std::vector<std::string>;

Viral video(double peak, Duration starts) {
  Viral video;
  video.peak = Rate{peak};
  video.starts = starts;
  video.rise = 10s;
  video.size.law = FixedSize{Bytes{1000}};
  video.origin = "origin";
  video.cache_control = *parse<CacheControl>("max-age=3600").value;
  video.social_share = Ratio{0.6};
  return video;
}

// Beside the video a page that is asked for 1,000 times a second at every PoP, always.
Scenario viral_scenario() {
  Scenario s = test::small_scenario(12, true);
  s.duration = 80s;
  for (auto& [id, pop] : s.network.pops) pop.servers = 4;
  s.network.links["pop3-shield"].delay = 35ms;
  test::add_content(s, "page", 1, 0, "max-age=3600");
  s.content["page"].social_share = Ratio{0.9};
  test::add_steady(s, "crowd", 12'000, "page");
  s.traffic["video"] = video(240'000, 70s);
  s.caching.viral = ViralSpec{};
  s.caching.viral->floor = Rate{500};
  s.caching.viral->rate = Rate{8'400};
  return s;
}

const NodeResult& node(const Result& result, const std::string& id) {
  return *std::ranges::find(result.nodes, id, &NodeResult::id);
}
ViralDetection only(const Result& result) {
  REQUIRE(result.viral);
  REQUIRE(result.viral->detections.size() == 1);
  return result.viral->detections.front();
}
bool near(double value, double expected) { return std::abs(value - expected) < 1e-9; }

TEST_CASE("a video that goes viral is known two seconds later, and a page that is popular is not") {
  Scenario s = viral_scenario();
  s.caching.edge.hot = HotSpec{};
  s.caching.edge.hot->rate = Rate{3000};  // 15,000 in 5 s: 18,750 come from 70 s to 75 s
  const Result result = run(s).result;
  const ViralDetection found = only(result);
  CHECK(found.content == "video");
  CHECK(found.object == 0);
  CHECK(found.starts_from == "workload");
  CHECK(found.starts_at_s == 70);
  CHECK(near(found.detected_at_s, 72.035));
  CHECK(near(found.latency_s, 2.035));
  CHECK(near(result.viral->slowest_latency_s, 2.035));
  CHECK(found.signals == Signals{"acceleration", "rate", "spread", "social"});
  CHECK(std::abs(found.rate_rps - 15'000) < 5 * 123);
  CHECK(std::abs(found.growth - 1.5) < 5 * 0.021);
  CHECK(found.pops == 12);
  CHECK(std::abs(found.social_share - 0.6) < 5 * 0.004);
  // The page for the seconds until 79 s, the video for those from 71 s on.
  CHECK(result.viral->reports == 12 * (79 + 8));
  CHECK(result.viral->detector == "shield");
  CHECK(found.alerts_heard == 12);
  CHECK(near(found.first_alert_at_s, 72.045));
  CHECK(near(found.last_alert_at_s, 72.070));
  CHECK(found.alerts_listed == 12);
  // Spread over the servers at once, not at the end of the interval.
  for (const auto& [pop, listed] : {std::pair{"pop0", 72.045}, std::pair{"pop3", 72.070}}) {
    REQUIRE(node(result, pop).hot.size() == 1);
    const HotResult& hot = node(result, pop).hot.front();
    CHECK(hot.content == "video");
    CHECK(near(hot.listed_at_s, listed));
    REQUIRE(hot.by_server.size() == 4);
    const auto [least, most] = std::ranges::minmax(hot.by_server, {}, &HotServer::requests);
    CHECK(most.requests - least.requests <= 1);
    // What came until then, from all that comes until 80 s.
    CHECK(std::abs(static_cast<double>(hot.requests) - (100'000 - 1'440 - 2'100 * (listed - 72))) <
          5 * 320);
    CHECK(hot.replica_fills == 3);
  }
  s.caching.viral.reset();
  const Result alone = run(s).result;
  CHECK(node(alone, "pop0").hot.front().listed_at_s == 75);
  CHECK_FALSE(alone.viral);
  CHECK(alone.messages.size() == 2);
}

TEST_CASE("reports and alerts are messages like others") {
  Scenario s = viral_scenario();
  const Result result = run(s).result;
  REQUIRE(result.messages.size() == 4);
  CHECK(result.messages[2].kind == "hot_report");
  CHECK(result.messages[2].sent == 12 * 87);
  CHECK(result.messages[2].received == 12 * 87);
  CHECK(result.messages[3].kind == "hot_alert");
  CHECK(result.messages[3].sent == 12);
  CHECK(result.messages[3].received == 12);
  CHECK(only(result).alerts_listed == 0);  // nobody has a list
  CHECK(result.nodes.size() == 12 + 2);    // the detector is no place of its own
  // It ends 20 ms after the video is reported: two reports of the PoP that is 35 ms away are not
  // in.
  s.duration = 72s + 20ms;
  const Result cut = run(s).result;
  CHECK(cut.messages[2].in_flight == 2);
  CHECK(cut.messages[2].sent == cut.messages[2].received + 2);
  CHECK(cut.viral->detections.empty());
  CHECK(std::isnan(cut.viral->slowest_latency_s));
}

TEST_CASE("a PoP that is down reports nothing and hears nothing") {
  Scenario s = viral_scenario();
  s.caching.edge.hot = HotSpec{};
  s.caching.edge.hot->rate = Rate{1e6};
  DownEvent outage;
  outage.node = "pop5";
  s.events["outage"] = EventSpec{65s, outage};
  const Result result = run(s).result;
  CHECK(only(result).pops == 11);
  CHECK(only(result).alerts_heard == 12);
  CHECK(only(result).alerts_listed == 11);
  // The page at pop5 until 65 s.
  CHECK(result.viral->reports == 11 * (79 + 8) + 65);
}

TEST_CASE("the detector judges where the scenario puts it") {
  Scenario s = viral_scenario();
  s.caching.viral->detector = "pop0";  // 20 ms from the others, 45 ms from pop3
  // Over the CDN's own lines: nobody carries traffic from one line that is bought to another.
  for (auto& [id, link] : s.network.links) {
    if (link.to == "shield") link.kind = LinkKind::backbone;
  }
  const ViralDetection found = only(run(s).result);
  CHECK(near(found.detected_at_s, 72.045));
  CHECK(near(found.first_alert_at_s, 72.055));  // no alert takes less than 10 ms
  CHECK(near(found.last_alert_at_s, 72.090));
}

TEST_CASE("an object of no viral workload starts with the first request that was reported") {
  Scenario s = viral_scenario();
  s.traffic.erase("video");
  test::add_content(s, "clip", 1, 0, "max-age=3600");
  test::add_steady(s, "fans", 24'000, "clip");
  std::get<Steady>(s.traffic["fans"]).curve = *parse<Curve>("points:0s=0,69s999ms=0,70s=1").value;
  s.caching.viral->report_every = 2s;
  const ViralDetection found = only(run(s).result);
  CHECK(found.content == "clip");
  CHECK(found.starts_from == "request");
  CHECK(found.starts_at_s >= 70);
  CHECK(found.starts_at_s < 70.002);
  CHECK(near(found.detected_at_s, 72.035));
  CHECK(found.signals == Signals{"acceleration", "rate", "spread"});
  CHECK(found.social_share == 0);
}

TEST_CASE("viral objects are found alike on 1, 2 and 3 threads") {
  Scenario s = viral_scenario();
  s.duration = 12s;
  s.caching.viral->within = 3s;
  s.caching.viral->floor = Rate{20};
  s.caching.viral->rate = Rate{1000};
  s.caching.edge.hot = HotSpec{};
  s.traffic["video"] = video(60'000, 5s);
  s.traffic["another"] = video(30'000, 6s);
  const Result one = run(s, {.threads = 1}).result;
  CHECK(one.viral->detections.size() == 2);
  for (const std::uint32_t threads : {2u, 3u}) {
    CHECK(assembly::result_text(run(s, {.threads = threads}).result) == assembly::result_text(one));
  }
}

}  // namespace viral_run_test
