#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/scenario/load.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/output_file.hpp>

namespace cdnsim::tools {
namespace {

struct CheckArguments {
  std::vector<std::string> scenarios;
  std::vector<std::string> sets;
};

// Reads the file as `run` does, and finds paths and serving PoPs; nothing is simulated.
bool is_sound(const std::string& file, const std::vector<std::string>& sets) {
  try {
    const Scenario scenario = load_scenario(file, sets);
    assembly::make_plan(scenario);
    return true;
  } catch (const ScenarioError& error) {
    std::cerr << error.what() << '\n';
  } catch (const UserError& error) {
    std::cerr << file << ": " << error.what() << '\n';
  }
  return false;
}

int check(const CheckArguments& arguments) {
  std::size_t wrong = 0;
  for (const std::string& file : arguments.scenarios) {
    if (is_sound(file, arguments.sets)) {
      print(file + ": ok\n");
    } else {
      ++wrong;
    }
  }
  return wrong == 0 ? kExitDone : kExitUserMistake;
}

}  // namespace

void add_check(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("check", "Tell every mistake of scenario files");
  const auto arguments = std::make_shared<CheckArguments>();
  command->add_option("SCENARIO", arguments->scenarios, "scenario files")
      ->required()
      ->option_text(" ");
  command
      ->add_option("--set", arguments->sets,
                   "change the scenarios first at a JSON pointer; can be repeated")
      ->type_name("PATH=VALUE")
      ->option_text("PATH=VALUE")
      ->allow_extra_args(false);
  command->footer(
      "Examples:\n"
      "  cdnsim check scenarios/*.json\n"
      "  cdnsim check scenarios/viral_spike.json --set /caching/edge/policy=sieve\n"
      "\n"
      "Exit status: 0 all are sound, 2 at least one is not. Mistakes go to standard error.\n");
  command->callback([=, &action] { action = [=] { return check(*arguments); }; });
}

}  // namespace cdnsim::tools
