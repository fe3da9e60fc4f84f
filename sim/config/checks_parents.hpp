// Whether what a scenario says of parents, peers and failovers names somebody, and leads somewhere.
// Does not know links.
#pragma once

#include <string_view>

#include <cdnsim/config/problems.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::config {

// The words that `shield` may have instead of an id.
inline constexpr std::string_view kNearest = "nearest";
inline constexpr std::string_view kNone = "none";

// Whether everybody named exists: only then can one say who is not reached.
bool parents_are_known(const NetworkSpec& network, const Problems& problems);

}  // namespace cdnsim::config
