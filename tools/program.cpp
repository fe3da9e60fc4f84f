#include <csignal>
#include <exception>
#include <iostream>
#include <new>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/config/suggest.hpp>
#include <cdnsim/tools/build_info.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/tools/program.hpp>
#include <cdnsim/tools/signals.hpp>

namespace cdnsim::tools {
namespace {

constexpr const char* kExamples =
    "Examples:\n"
    "  cdnsim run scenarios/viral_spike.json\n"
    "  cdnsim run scenarios/viral_spike.json -o out --set /caching/edge/policy=sieve\n"
    "  cdnsim cache TRACE --policy lru,sieve,s3fifo --size 0.1%,1%,10%\n"
    "  cdnsim check scenarios/*.json\n"
    "  cdnsim sweep scenarios/sweeps/edge_memory.json -o memory.sqlite\n"
    "  cdnsim list policies\n"
    "\n"
    "Exit status: 0 done, 1 compared and different, 2 a mistake in the command line or a\n"
    "scenario, 3 a target missed (with --gate), 70 a mistake of this program.\n";

// What is wrong with the options of a subcommand.
std::string mistake_in_options(const CLI::App& command, const CLI::ParseError& error) {
  std::vector<std::string> known;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  }
  for (const std::string& rest : command.remaining()) {
    if (!rest.starts_with("-")) continue;
    return fmt::format("unknown option \"{}\"{}", rest, config::hint(rest, known));
  }
  return error.what();
}

// What to tell about a command line that could not be read.
std::string mistake_in(const CLI::App& app, const CLI::ParseError& error) {
  if (!app.get_subcommands().empty()) {
    const CLI::App& command = *app.get_subcommands().front();
    return fmt::format("cdnsim {0}: {1}\nRun `cdnsim {0} --help`.\n", command.get_name(),
                       mistake_in_options(command, error));
  }
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands({})) known.push_back(command->get_name());
  const std::vector<std::string> rest = app.remaining();
  const std::string problem = rest.empty()
                                  ? fmt::format("which command? known: {}", fmt::join(known, ", "))
                                  : fmt::format("unknown command \"{}\"{}", rest.front(),
                                                config::hint(rest.front(), known));
  return fmt::format("cdnsim: {}\nRun `cdnsim --help`.\n", problem);
}

// Reads the command line. Returns the exit status when there is nothing more to do.
std::optional<int> parse(CLI::App& app, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
      std::ostringstream help;
      app.exit(error, help);
      print(help.str());
      return kExitDone;
    }
    std::cerr << mistake_in(app, error);
    return kExitUserMistake;
  }
}

int run_command_line(int argc, const char* const* argv, const Hooks& hooks) {
  CLI::App app("Simulates a content delivery network: hit ratios, origin load, latency.", "cdnsim");
  app.set_version_flag("--version", about_build());
  app.require_subcommand(1);
  app.footer(kExamples);
  Action action;
  add_run(app, action, hooks);
  add_cache(app, action);
  add_check(app, action);
  add_trace(app, action);
  add_topology(app, action);
  add_compare(app, action);
  add_verify(app, action);
  add_whatif(app, action);
  add_sweep(app, action, hooks);
  add_store_export(app, action);
  add_world(app, action);
  add_schema(app, action);
  add_list(app, action);
  add_completion(app, action);
  add_man(app, action);
  if (const std::optional<int> status = parse(app, argc, argv)) return *status;
  return action();
}

int our_mistake(const char* what) {
  std::cerr << "cdnsim: a mistake of this program, not yours: " << what
            << "\nPlease report it with the scenario and the command line.\n";
  return kExitOurMistake;
}

}  // namespace

int cdnsim_main(int argc, const char* const* argv, const Hooks& hooks) {
  // A file that may grow no further is an error of its write, told and tidied up like a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return run_command_line(argc, argv, hooks);
  } catch (const Interrupted& interrupted) {
    return interrupted.signal() + 128;
  } catch (const ScenarioError& error) {
    std::cerr << error.what() << '\n';
    return kExitUserMistake;
  } catch (const UserError& error) {
    std::cerr << "cdnsim: " << error.what() << '\n';
    return kExitUserMistake;
  } catch (const std::bad_alloc&) {
    std::cerr << "cdnsim: there is not enough memory for this run\n";
    return kExitOurMistake;
  } catch (const std::exception& error) {
    return our_mistake(error.what());
  } catch (...) {
    return our_mistake("an exception of unknown type");
  }
}

}  // namespace cdnsim::tools
