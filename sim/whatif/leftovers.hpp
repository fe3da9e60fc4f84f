// What a scenario still says of things that have been taken out of its network.
// Does not know why they are away.
#pragma once

#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::whatif {

// Events leave out what is not there, and go when nothing else is named; a launch goes with its
// PoP. One that was decided at a place that is away is decided at the usual one, and one that a
// PoP that is away would warm is not warmed.
void drop_leftovers(Scenario& scenario);

}  // namespace cdnsim::whatif
