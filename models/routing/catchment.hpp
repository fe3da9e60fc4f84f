// Anycast: which of the places that announce one address each network's own choice of way reaches.
// Does not know cells, load or convergence.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <cdnsim/models/routing/routing.hpp>

namespace cdnsim {

// By network; nothing when no place is reached. One search for all places, so that they compete in
// the order of ways: an organisation's liking goes before distance.
std::vector<std::optional<std::uint32_t>> catchment(const Routing& routing,
                                                    const std::vector<std::uint32_t>& networks,
                                                    const std::vector<std::uint32_t>& announcers);

}  // namespace cdnsim
