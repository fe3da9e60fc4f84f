// A PoP that serves everybody, and one nearer to them that is launched; and what is to be expected
// of a cache that has been asked for a while.
// Does not know what a run makes of it.
#pragma once

#include <cmath>
#include <functional>

#include <tests/support/ways_scenario.hpp>

namespace cdnsim::test {

// 400 requests a second of 40 cells for 2000 objects of 1000 bytes. Reports come every 10 s and
// take 10 ms, as what is told does; so decisions fall 10 ms after each tenth second, and cells move
// 10 s later, at the next tenth of a second.
inline constexpr double kPerSecond = 400;
inline constexpr std::uint64_t kObjects = 2000;
inline constexpr double kZipf = 0.8;

inline Scenario launch_scenario() {
  Scenario s = ways_scenario(kPerSecond);
  s.duration = 300s;
  s.content.clear();
  add_content(s, "pages", kObjects, kZipf, "max-age=86400");
  s.caching.edge.memory = Bytes{10'000'000};
  add_isp(s, "isp", 40);
  for (const char* pop : {"new", "old"}) add_pop(s, pop);
  join(s, "old", "isp", LinkKind::pni, 10ms);
  join(s, "new", "isp", LinkKind::pni, 2ms);
  join(s, "new", "old", LinkKind::backbone, 10ms);
  LaunchSpec& launch = s.launches["new"];
  launch.at = 20s;
  launch.starts = 60s;
  launch.stages = {LaunchStage{Ratio{1.0}, 60s}};
  return s;
}

inline const LaunchResult& launch_of(const Result& result) { return result.launches->at(0); }

// By rank, from the law alone.
inline std::vector<double> popularity() {
  std::vector<double> p(kObjects);
  double sum = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    sum += p[i] = std::pow(static_cast<double>(i + 1), -kZipf);
  }
  for (double& each : p) each /= sum;
  return p;
}

// The hit ratio of `seconds` of requests in a cache that keeps all, where `held(rank, p)` is the
// chance that an object was there at first: each of the others misses once, if it is asked for.
inline double hit_ratio(double seconds, const std::function<double(std::size_t, double)>& held) {
  const std::vector<double> p = popularity();
  double misses = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    misses += (1 - held(i, p[i])) * (1 - std::exp(-kPerSecond * p[i] * seconds));
  }
  return 1 - misses / (kPerSecond * seconds);
}

}  // namespace cdnsim::test
