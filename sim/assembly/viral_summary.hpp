// What the detector of viral objects found, as figures of a result.
// Does not know how it finds them.
#pragma once

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/scenario.hpp>
#include <cdnsim/scenario/viral_result.hpp>

namespace cdnsim::assembly {

// REQUIRES: there is a detector.
ViralResult viral_of(const Scenario& scenario, const Network& network);

}  // namespace cdnsim::assembly
