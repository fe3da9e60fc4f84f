// Steering by anycast: all PoPs announce one address, and a network's own choice of way decides
// which of them it comes to. Does not know delays for their own sake, load or traffic.
#pragma once

#include <cdnsim/models/steering/nearest.hpp>

namespace cdnsim {

// As steer_to_nearest() asks for it and gives it.
SteeringTable steer_by_anycast(const Routing& routing, const std::vector<std::uint32_t>& networks,
                               const std::vector<std::uint32_t>& cells,
                               const std::vector<std::uint32_t>& pops);

}  // namespace cdnsim
