// Who watches a live event, from when to when and in which rendition: against the laws.

#include <array>
#include <cmath>
#include <numeric>

#include <cdnsim/models/workload/live_audience.hpp>
#include <tests/support/catch.hpp>

#include "live_scenario.hpp"

namespace cdnsim::test {
namespace live_audience_test {

using Viewer = LiveAudience::Viewer;

std::vector<Viewer> viewers_of(const Scenario& s) {
  const auto plan = assembly::make_plan(s);
  std::vector<Viewer> all;
  for (std::size_t i = 0; i < plan->demand->audiences(); ++i) {
    for (std::uint32_t cell = 0; cell < plan->demand->audience(i).cells; ++cell) {
      for (const Viewer& viewer : plan->demand->live_events().at(0).viewers(i, cell)) {
        all.push_back(viewer);
      }
    }
  }
  return all;
}

double share_where(const std::vector<Viewer>& viewers, const auto& holds) {
  return static_cast<double>(std::ranges::count_if(viewers, holds)) /
         static_cast<double>(viewers.size());
}

// max(1 %, 4 standard errors) of a share.
double tolerance(double share, std::size_t n) {
  return std::max(0.01 * share, 4 * std::sqrt(share * (1 - share) / static_cast<double>(n)));
}

TEST_CASE("viewers are as many as the scenario says, shared out by users and interest") {
  Scenario s = live_scenario(3, false, small_live(100'001, 40s));
  s.network.client_networks["isp1"].users = 2'000'000;
  s.network.client_networks["isp1"].cells = 7;
  s.network.client_networks["isp2"].region = "elsewhere";
  std::get<Live>(s.traffic["show"]).interest = {{"elsewhere", 0.5}};
  const auto plan = assembly::make_plan(s);
  const LiveAudience& audience = plan->demand->live_events().at(0);
  std::array<std::size_t, 3> counts{};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::uint32_t cell = 0; cell < plan->demand->audience(i).cells; ++cell) {
      const std::size_t here = audience.viewers(i, cell).size();
      counts[i] += here;
      if (i == 1) CHECK(std::abs(static_cast<double>(here) - 100'001 * 2 / 3.5 / 7) < 1.5);
    }
  }
  CHECK(counts[0] + counts[1] + counts[2] == 100'001);
  // 1, 2 and 0.5 of 3.5.
  CHECK(std::abs(static_cast<double>(counts[0]) - 100'001 / 3.5) < 1.5);
  CHECK(std::abs(static_cast<double>(counts[2]) - 100'001 * 0.5 / 3.5) < 1.5);
}

TEST_CASE("viewers come by 3u^2 - 2u^3 or late, and those who do not stay leave exponentially") {
  Live live = small_live(200'000, 400s);
  live.doors = 5s;
  live.ramp = 40s;
  live.late = Ratio{0.25};
  live.drop_off = 100s;
  live.stay = Ratio{0.4};
  const std::vector<Viewer> viewers = viewers_of(live_scenario(1, false, live));
  for (const double t : {5.0, 10.0, 20.0, 30.0, 45.0, 200.0}) {
    const double u = std::clamp((t - 5) / 40, 0.0, 1.0);
    const double late = std::clamp((t - 10) / 400, 0.0, 1.0);
    const double expected = 0.75 * u * u * (3 - 2 * u) + 0.25 * late;
    CAPTURE(t);
    const SimTime by{Duration{static_cast<std::int64_t>(t * 1e9)}};
    CHECK(std::abs(share_where(viewers, [&](const Viewer& v) { return v.comes <= by; }) -
                   expected) <= tolerance(expected, viewers.size()));
  }
  for (const Duration after : {30s, 100s, 300s}) {
    const double expected = 0.6 * (1 - std::exp(-seconds(after) / 100));
    CHECK(std::abs(share_where(viewers,
                               [&](const Viewer& v) {
                                 return v.leaves != SimTime::max() && v.leaves - v.comes <= after;
                               }) -
                   expected) <= tolerance(expected, viewers.size()));
  }
}

TEST_CASE("a rendition is the highest that the screen shows and the line carries") {
  Live live = small_live(200'000, 40s);
  live.headroom = Ratio{0.5};
  live.ladder = {{"low", Rendition{BitRate{1'000'000}, 0}},
                 {"middle", Rendition{BitRate{4'000'000}, 1}},
                 {"high", Rendition{BitRate{10'000'000}, 3}}};
  Scenario s = live_scenario(1, false, live);
  s.network.client_networks["isp0"].access_rate = BitRate{40'000'000};
  const std::vector<Viewer> viewers = viewers_of(s);
  // Of 20 Mbps a player finds an even part: 4 Mbps with a chance of 0.8, 10 with 0.5.
  const double high = 0.75 * 0.5;
  const double middle = 0.75 * 0.3 + 0.25 * 0.8;
  const std::array<double, 3> expected = {1 - high - middle, middle, high};
  for (std::uint32_t rung = 0; rung < 3; ++rung) {
    CHECK(std::abs(share_where(viewers, [&](const Viewer& v) { return v.rendition == rung; }) -
                   expected[rung]) <= tolerance(expected[rung], viewers.size()));
  }
}

TEST_CASE(
    "each viewer polls as it comes and once for each later segment, whoever draws which cells") {
  Live live = small_live(3000, 40s);
  live.ramp = 30s;
  live.polls_within = std::nullopt;
  live.drop_off = 20s;
  Scenario s = live_scenario(1, false, live);
  s.network.client_networks["isp0"].cells = 5;
  const auto plan = assembly::make_plan(s);
  const LiveAudience& audience = plan->demand->live_events().at(0);
  const std::vector<LabelledCell> cells = {{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 4}};
  std::vector<Arrival> together, apart;
  for (std::int64_t slot = 0; slot < 750; ++slot) {
    plan->demand->append_arrivals(0, cells, slot, together);
    for (std::size_t i = 5; i-- > 0;) {
      plan->demand->append_arrivals(0, std::span(cells).subspan(i, 1), slot, apart);
    }
  }
  const auto key = [](const Arrival& a) { return std::tuple(a.at_ns, a.cell, a.object); };
  std::ranges::sort(together, {}, key);
  std::ranges::sort(apart, {}, key);
  CHECK(std::ranges::equal(together, apart, {}, key, key));
  // Segments are out at 15, 19 ... 51 s; who comes after 51 s does not watch.
  std::size_t expected = 0;
  for (const LabelledCell cell : cells) {
    for (const Viewer& viewer : audience.viewers(0, cell.cell)) {
      const double comes = seconds(viewer.comes - SimTime{});
      if (comes < 51) ++expected;
      for (int segment = 0; segment < 10; ++segment) {
        const double at = 15 + 4 * segment + seconds(viewer.phase);
        const bool has_left =
            viewer.leaves != SimTime::max() && seconds(viewer.leaves - SimTime{}) <= at;
        expected += comes < 15 + 4 * segment && !has_left;
      }
    }
  }
  CHECK(together.size() == expected);
}

}  // namespace live_audience_test
}  // namespace cdnsim::test
