// The scenario that a run's folder holds: written with its result, read back to run it again.
// Does not know what is run.
#pragma once

#include <optional>
#include <string>

#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::tools {

inline constexpr const char* kScenarioFile = "scenario.json";

// As it was run: what it extends and all that was set is in it.
std::string run_scenario_text(const Scenario& scenario);
// The folder in which files lie that the scenario names; nothing when it names none.
std::optional<std::string> folder_of_files(const Scenario& scenario);

// Nothing when the folder does not hold one. Throws a ScenarioError where it cannot be read.
std::optional<Scenario> read_run_scenario(const std::string& folder);

}  // namespace cdnsim::tools
