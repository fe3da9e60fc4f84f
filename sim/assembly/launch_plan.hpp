// Which cells of clients a launch is about, and who would have each without it and with it.
// Does not know nodes, nor when they move.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <cdnsim/assembly/cell_holds.hpp>
#include <cdnsim/models/workload/demand.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

struct LaunchTracks {
  std::vector<CellHold> before;
  std::vector<CellHold> after;
};
// By client network and cell.
using LaunchedCells = std::map<std::pair<std::uint32_t, std::uint32_t>, LaunchTracks>;

// Whether a cell is at the PoP some time, with or without the launches.
bool has_some_time(const LaunchedCells& cells, std::uint32_t pop, std::uint32_t network,
                   std::uint32_t cell);

struct PlannedLaunch {
  std::string pop;
  std::uint32_t place = 0;
  std::vector<HeldCell> cells;  // in the order in which they come
};

// What client networks are called, as holds number them.
using NetworkNames = std::vector<std::string>;

// Cells whose holds differ, told in `cells`, are held in `before` as at the start for good: who has
// them is decided during the run. A cell waits for the PoP that it has when all launches are
// through; one that only goes from one of the others to another goes with the first launch.
std::vector<PlannedLaunch> plan_launches(const Scenario& scenario, const Topology& topology,
                                         const NetworkNames& names, const CellHolds& after,
                                         CellHolds& before, LaunchedCells& cells);

}  // namespace cdnsim::assembly
