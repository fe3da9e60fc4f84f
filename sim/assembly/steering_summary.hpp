// What steering did during a run, as a result says it.
// Does not know how it decides.
#pragma once

#include <optional>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/steering_result.hpp>

namespace cdnsim::assembly {

// Nothing where all was known before the run.
std::optional<SteeringResult> steering_of(const Scenario& scenario, const Network& network);

}  // namespace cdnsim::assembly
