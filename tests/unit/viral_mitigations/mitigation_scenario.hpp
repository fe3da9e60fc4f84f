// Three PoPs, a shield and an origin, every way 10 ms, and a page whose crowd is there from one
// moment to the next, so that it is known when it is found.
// Does not know measures.
#pragma once

#include <algorithm>
#include <string>

#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace cdnsim::test {

// By hand: from 10 s on each PoP gets 500 requests a second. It reports 500 of [10 s, 11 s) at
// 11.000, they are at the shield 10 ms later and judged there at once: 1,500 against 3 x 50 that
// the floor could have hidden 5 s before. PoPs hear of it at 11.020, and so does the shield, as no
// alert takes less than 10 ms.
//
// `curve` is of 1,000 requests a second at each PoP.
inline Scenario mitigation_scenario(const char* cache_control, const char* curve) {
  Scenario s = small_scenario(3, true);
  s.duration = 30s;
  for (auto& [id, pop] : s.network.pops) pop.servers = 4;
  add_content(s, "page", 1, 0, cache_control);
  add_steady(s, "crowd", 3'000, "page");
  std::get<Steady>(s.traffic["crowd"]).curve = *parse<Curve>(curve).value;
  s.caching.viral = ViralSpec{};
  s.caching.viral->within = 5s;
  s.caching.viral->needed = 1;
  s.caching.viral->cool_down = 4s;
  return s;
}
// Half of it from 10 s to 12 s, all of it until 20 s: 1,500 and 3,000 requests in an interval of
// all PoPs together. So the last that has as many as the one in which it was found is that from
// 19 s, longer than 4 s ago when the one from 24 s is judged, at 25.010; PoPs hear at 25.020.
inline constexpr const char* kCrowd =
    "points:0s=0,9s999ms=0,10s=0.5,12s=0.5,12s1ms=1,19s999ms=1,20s=0";

inline MitigationSpec& measures(Scenario& s) {
  if (!s.caching.viral->mitigations) s.caching.viral->mitigations.emplace();
  return *s.caching.viral->mitigations;
}
inline const NodeResult& node(const Result& result, const std::string& id) {
  return *std::ranges::find(result.nodes, id, &NodeResult::id);
}
inline ViralDetection only_detection(const Result& result) {
  REQUIRE(result.viral);
  REQUIRE(result.viral->detections.size() == 1);
  return result.viral->detections.front();
}
// Of a number that is drawn by Poisson's law, five standard deviations wide.
inline bool is_about(std::uint64_t count, double expected) {
  const double off = static_cast<double>(count) - expected;
  return off * off <= 25 * expected;
}

}  // namespace cdnsim::test
