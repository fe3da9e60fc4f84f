#include <cdnsim/models/routing/catchment.hpp>
#include <cdnsim/models/steering/anycast.hpp>

namespace cdnsim {

SteeringTable steer_by_anycast(const Routing& routing, const std::vector<std::uint32_t>& networks,
                               const std::vector<std::uint32_t>& cells,
                               const std::vector<std::uint32_t>& pops) {
  const auto reached = catchment(routing, networks, pops);
  SteeringTable table;
  for (std::size_t i = 0; i < networks.size(); ++i) {
    table.place_of_cell.emplace_back(cells[i], reached[i].value_or(kNowhere));
  }
  return table;
}

}  // namespace cdnsim
