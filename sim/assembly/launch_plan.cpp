#include <algorithm>

#include <fmt/format.h>

#include <cdnsim/assembly/launch_plan.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/base/draws.hpp>

namespace cdnsim::assembly {
namespace {

bool is_same(const std::vector<CellHold>& a, const std::vector<CellHold>& b) {
  return std::ranges::equal(a, b, [](const CellHold& one, const CellHold& other) {
    return one.from == other.from && one.pop == other.pop;
  });
}

// The launch whose PoP has it first; the first of all when none has.
std::size_t launch_of(const std::vector<PlannedLaunch>& launches, const LaunchTracks& tracks) {
  for (const CellHold& hold : tracks.after) {
    const auto found = std::ranges::find(launches, hold.pop, &PlannedLaunch::place);
    if (found != launches.end()) return static_cast<std::size_t>(found - launches.begin());
  }
  return 0;
}

void order_by_lot(const Scenario& scenario, const NetworkNames& names, PlannedLaunch& launch) {
  std::vector<std::pair<std::uint64_t, HeldCell>> lots;
  for (const HeldCell& cell : launch.cells) {
    const DrawKey key = draw_key(scenario.seed, {"launch", launch.pop, names[cell.audience]});
    lots.emplace_back(draw(key, Counter{cell.cell, 0, 0, 0}).low64(), cell);
  }
  std::ranges::stable_sort(lots, {}, &std::pair<std::uint64_t, HeldCell>::first);
  for (std::size_t i = 0; i < lots.size(); ++i) launch.cells[i] = lots[i].second;
}

}  // namespace

bool has_some_time(const LaunchedCells& cells, std::uint32_t pop, std::uint32_t network,
                   std::uint32_t cell) {
  const auto tracks = cells.find({network, cell});
  return tracks != cells.end() &&
         (std::ranges::count(tracks->second.before, pop, &CellHold::pop) > 0 ||
          std::ranges::count(tracks->second.after, pop, &CellHold::pop) > 0);
}

std::vector<PlannedLaunch> plan_launches(const Scenario& scenario, const Topology& topology,
                                         const NetworkNames& names, const CellHolds& after,
                                         CellHolds& before, LaunchedCells& cells) {
  std::vector<PlannedLaunch> launches;
  for (const auto& [id, unused] : scenario.launches) {
    launches.push_back(PlannedLaunch{id, *topology.find(id), {}});
  }
  for (std::uint32_t i = 0; i < before.size(); ++i) {
    for (std::uint32_t cell = 0; cell < before[i].size(); ++cell) {
      if (is_same(before[i][cell], after[i][cell])) continue;
      LaunchTracks tracks{before[i][cell], after[i][cell]};
      launches[launch_of(launches, tracks)].cells.push_back(HeldCell{i, cell});
      before[i][cell].resize(1);
      cells.emplace(std::pair(i, cell), std::move(tracks));
    }
  }
  for (PlannedLaunch& launch : launches) {
    CDNSIM_REQUIRE_USER(!launch.cells.empty(),
                        fmt::format("#/launches/{}: steering gives this PoP no clients, so there "
                                    "is nothing to launch; place it nearer to some",
                                    launch.pop));
    order_by_lot(scenario, names, launch);
  }
  return launches;
}

}  // namespace cdnsim::assembly
