// `cdnsim topology import`: a graph as a scenario.
// Does not know the other commands of topology.
#pragma once

#include <CLI/CLI.hpp>

#include <cdnsim/tools/commands.hpp>

namespace cdnsim::tools {

void add_import(CLI::App& app, Action& action);

}  // namespace cdnsim::tools
