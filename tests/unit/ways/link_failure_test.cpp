// scenarios/link_failure.json: what is lost, how long the port's queue grows and what transit
// costs, each worked out from the draws alone.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include <cdnsim/scenario/load.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

namespace link_failure_test {

using namespace cdnsim;
using namespace cdnsim::test;

constexpr const char* kNetwork = "isp-prague";
constexpr double kSegmentMs = 40;    // 5 MB through a port of 1 Gbps
constexpr double kFewSegments = 16;  // a queue of 0.6 s, at whose end a bin may begin

Scenario failing_for(Duration lasts) {
  const char* folder = std::getenv("CDNSIM_SOURCE_DIR");
  REQUIRE(folder != nullptr);
  Scenario s =
      load_scenario((std::filesystem::path(folder) / "scenarios/link_failure.json").string());
  std::get<FailEvent>(s.events.at("port fails").what).lasts = lasts;
  return s;
}

// What transit costs when a bin of five minutes with so many segments is billed, at 0.50 USD/Mbps.
double usd_of(double segments) { return segments * kSegmentMs / 300 * 0.50; }

std::vector<Duration> drawn_times(const Scenario& s, Duration from, Duration until) {
  const auto plan = assembly::make_plan(s);
  std::vector<LabelledCell> cells;
  for (std::uint32_t cell = 0; cell < plan->networks[0].cells; ++cell) cells.push_back({cell, 0});
  std::vector<Arrival> arrivals;
  for (std::int64_t slot = from / s.slot; slot < until / s.slot; ++slot) {
    plan->demand->append_arrivals(0, cells, slot, arrivals);
  }
  std::vector<Duration> times;
  for (const Arrival& arrival : arrivals) times.push_back(arrival.at().time_since_epoch());
  std::ranges::sort(times);
  return times;
}

TEST_CASE("an hour over transit is within the hours of a month that are free") {
  const Scenario s = failing_for(60min);
  const Result result = run(s).result;
  // 12 bins a day and a tenth of one; 14.4 are free.
  CHECK(result.cost->transit == 0);
  CHECK(result.cost->ixp == 770);
  const std::uint64_t lost = drawn(s, kNetwork, 60min, 60min + 30s);
  CHECK(std::abs(static_cast<double>(lost) - 600) < 5 * std::sqrt(600));
  CHECK(ways_of(result).requests_dropped == lost);
  CHECK(result.requests.outcomes.dropped == lost);
}

TEST_CASE("the duct that both ways lie in takes everything with it until routing is back") {
  Scenario s = failing_for(60min);
  FailEvent& event = std::get<FailEvent>(s.events.at("port fails").what);
  event.link.reset();
  event.domain = "duct";
  const Result result = run(s).result;
  CHECK(ways_of(result).links_failed == 2);
  CHECK(result.requests.outcomes.dropped == drawn(s, kNetwork, 60min, 120min + 30s));
  CHECK(result.cost->transit == 0);
}

TEST_CASE("the port's queue is as long as the times of the requests make it") {
  const Scenario s = failing_for(60min);
  const Result result = run(s).result;
  // One after the other: who comes while others are sent waits for the end of the last of them. A
  // result tells of the queue at the end of each second.
  double free_at = 0, longest = 0, second = 0;
  for (const Duration time : drawn_times(s, 60min + 30s, 120min + 30s)) {
    const double now = static_cast<double>(time.count()) / 1e6;
    for (; second <= now; second += 1000) longest = std::max(longest, free_at - second);
    free_at = std::max(free_at, now) + kSegmentMs;
  }
  CHECK(longest > 300);
  CHECK(link_of(result, "pop-transit").longest_queue_ms == Approx(longest).margin(0.5));
}

TEST_CASE("of 70 minutes over transit half a minute a day is billed") {
  const Scenario s = failing_for(70min);
  const Result result = run(s).result;
  // 14 whole bins, and from 130 min on the 30 s until routing takes the port again: 15 of which
  // 14.4 are free.
  const double least = usd_of(static_cast<double>(drawn(s, kNetwork, 130min, 130min + 30s)));
  CHECK(result.cost->transit >= least);
  CHECK(result.cost->transit < least + usd_of(kFewSegments));
  CHECK(least == Approx(40).epsilon(0.2));
}

TEST_CASE("of 90 minutes over transit the 15th largest of a day's averages is billed") {
  const Scenario s = failing_for(90min);
  const Result result = run(s).result;
  std::vector<double> segments;
  for (Duration from = 60min + 30s; from < 150min + 30s;) {
    const Duration until = std::min<Duration>((from / 5min + 1) * 5min, 150min + 30s);
    segments.push_back(static_cast<double>(drawn(s, kNetwork, from, until)));
    from = until;
  }
  REQUIRE(segments.size() == 19);
  std::ranges::sort(segments, std::greater());
  CHECK(std::abs(result.cost->transit - usd_of(segments[14])) < usd_of(kFewSegments));
  CHECK(result.cost->transit == Approx(400).epsilon(0.05));
}

}  // namespace link_failure_test
