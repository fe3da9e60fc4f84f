#include <cdnsim/models/steering/nearest.hpp>

namespace cdnsim {

std::uint32_t nearest(const Routing& routing, std::uint32_t from,
                      const std::vector<std::uint32_t>& candidates) {
  std::uint32_t best = kNowhere;
  Duration best_delay = Duration::max();
  for (const std::uint32_t candidate : candidates) {
    const std::optional<Duration> delay = routing.delay(candidate, from);
    if (!delay || *delay >= best_delay) continue;
    best = candidate;
    best_delay = *delay;
  }
  return best;
}

SteeringTable steer_to_nearest(const Routing& routing, const std::vector<std::uint32_t>& networks,
                               const std::vector<std::uint32_t>& cells,
                               const std::vector<std::uint32_t>& pops) {
  SteeringTable table;
  for (std::size_t i = 0; i < networks.size(); ++i) {
    table.place_of_cell.emplace_back(cells[i], nearest(routing, networks[i], pops));
  }
  return table;
}

}  // namespace cdnsim
