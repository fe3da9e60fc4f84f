// Who holds a cell of clients when, over the whole run: steering, worked out anew for each epoch.
// Does not know nodes or ways.
#pragma once

#include <cstdint>
#include <vector>

#include <cdnsim/assembly/epochs.hpp>
#include <cdnsim/models/steering/nearest.hpp>

namespace cdnsim::assembly {

struct CellHold {
  SimTime from{};           // an edge of a slot
  std::uint32_t pop = 0;    // place
  std::uint32_t event = 0;  // that brought it about, but for the first
  bool stale = false;       // the PoP is out of steering, and the cell has not asked again yet
};
// By client network, then cell: one after the other, the first from the start.
using CellHolds = std::vector<std::vector<std::vector<CellHold>>>;

// Client networks by place, and into how many cells each is split.
struct Clients {
  std::vector<std::uint32_t> places;
  std::vector<std::uint32_t> cells;
};

// PoPs that are `left_out` get nobody. A cell that no PoP reaches stays where it was. Afterwards
// `routing` knows all links again.
CellHolds hold_cells(const Scenario& scenario, const Clients& clients,
                     const std::vector<Epoch>& epochs, Routing& routing,
                     const std::vector<std::uint32_t>& left_out = {});

}  // namespace cdnsim::assembly
