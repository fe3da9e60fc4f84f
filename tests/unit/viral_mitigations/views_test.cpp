// A viral workload that says how many views there will be: its peak by the closed form, and all
// requests of a run against it.

#include <cmath>

#include <cdnsim/models/workload/viral.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace views_test {

using namespace cdnsim;

Viral video(std::uint64_t views, Duration rise, Duration half_life) {
  Viral video;
  video.views = views;
  video.rise = rise;
  video.half_life = half_life;
  video.size.law = FixedSize{Bytes{1000}};
  video.origin = "origin";
  video.cache_control = *parse<CacheControl>("max-age=3600").value;
  return video;
}

TEST_CASE("fifty million views: the peak follows from the rise and the half-life") {
  // 90 s / 2 + 240 s / 0.693147 = 45 + 346.247 = 391.247 s at the peak.
  CHECK(video(50'000'000, 90s, 240s).peak_rate() == Approx(50e6 / 391.2468).epsilon(1e-6));
  CHECK(video(50'000'000, 90s, 240s).peak_rate() ==
        Approx(50e6 / (45 + 240 / std::log(2.0))).epsilon(1e-12));
  Viral by_peak = video(1, 90s, 240s);
  by_peak.views.reset();
  by_peak.peak = Rate{1234};
  CHECK(by_peak.peak_rate() == 1234);
}

TEST_CASE("all that comes is what was said, whatever regions weigh and however late they are") {
  Viral viral = video(1'000'000, 60s, 30s);
  viral.spread["east"] = RegionalSpread{2.0, 20s};
  // A quarter of the users in the east, who weigh twice: shares of 2/5 and 3/5.
  const Audience west{"w", "west", 0.6, 0h};
  const Audience east{"e", "east", 0.4, 0h};
  double sum = 0;  // by rectangles around the middle, 30 half-lives long
  for (Duration at = 5ms; at < 1000s; at += 10ms) {
    sum += 0.01 * (viral.rate_of(west, kTimeZero + at) + viral.rate_of(east, kTimeZero + at));
  }
  CHECK(sum == Approx(1e6).epsilon(1e-6));
}

TEST_CASE("a run of thirty half-lives brings the views that were said") {
  Scenario s = test::small_scenario(2, true);
  s.network.client_networks["isp1"].region = "far";
  s.duration = 60s;
  Viral viral = video(40'000, 2s, 1s);
  viral.starts = 1s;
  viral.spread["far"] = RegionalSpread{3.0, 5s};
  s.traffic["video"] = viral;
  const double requests =
      static_cast<double>(run(s).result.classes.at("video").edge.outcomes.requests);
  CHECK(std::abs(requests - 40'000) < 4 * std::sqrt(40'000.0));
}

}  // namespace views_test
