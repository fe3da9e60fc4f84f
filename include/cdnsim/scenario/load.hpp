// Turns a scenario file and its overrides into a Scenario, or throws every mistake in it.
// Does not know how a scenario is run.
#pragma once

#include <span>
#include <string>

#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim {

// `sets` are "PATH=VALUE" overrides, applied in order after `extends`. Throws ScenarioError.
Scenario load_scenario(const std::string& file, std::span<const std::string> sets = {});

}  // namespace cdnsim
