// Steering by nearest PoP: every cell of a client network goes to the PoP of least delay.
// Does not know load, caches or traffic.
#pragma once

#include <cstdint>
#include <vector>

#include <cdnsim/models/routing/routing.hpp>

namespace cdnsim {

inline constexpr std::uint32_t kNowhere = ~std::uint32_t{0};

// Which PoP holds each cell. Index: client network, then cell.
struct SteeringTable {
  std::vector<std::vector<std::uint32_t>> place_of_cell;
};

// `networks` and `cells` run side by side; whom no PoP reaches goes kNowhere. REQUIRES: `pops` come
// in the order of their ids, which decides ties.
SteeringTable steer_to_nearest(const Routing& routing, const std::vector<std::uint32_t>& networks,
                               const std::vector<std::uint32_t>& cells,
                               const std::vector<std::uint32_t>& pops);

// The place whose answers take the least delay, each over the way that it chooses itself;
// the first of them at a tie; kNowhere when none can be reached.
std::uint32_t nearest(const Routing& routing, std::uint32_t from,
                      const std::vector<std::uint32_t>& candidates);

}  // namespace cdnsim
