// The commands of the program with their options as the command line knows them, for whoever
// writes about them. Does not know what they do.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace cdnsim::tools {

// "cdnsim trace info" and its like, the program itself first, in the order of the help.
struct Command {
  std::string path;
  CLI::App* app;

  std::vector<std::string> subcommands() const;
  // With their dashes.
  std::vector<std::string> option_names() const;
};

std::vector<Command> commands_of(CLI::App& app);

}  // namespace cdnsim::tools
