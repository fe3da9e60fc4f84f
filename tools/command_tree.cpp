#include <cdnsim/tools/command_tree.hpp>

namespace cdnsim::tools {
namespace {

void add_below(const std::string& path, CLI::App& app, std::vector<Command>& commands) {
  commands.push_back(Command{path, &app});
  for (CLI::App* below : app.get_subcommands({})) {
    add_below(path + " " + below->get_name(), *below, commands);
  }
}

}  // namespace

std::vector<std::string> Command::subcommands() const {
  std::vector<std::string> names;
  for (const CLI::App* below : app->get_subcommands({})) names.push_back(below->get_name());
  return names;
}

std::vector<std::string> Command::option_names() const {
  std::vector<std::string> names;
  for (const CLI::Option* option : app->get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::vector<Command> commands_of(CLI::App& app) {
  std::vector<Command> commands;
  add_below(app.get_name(), app, commands);
  return commands;
}

}  // namespace cdnsim::tools
