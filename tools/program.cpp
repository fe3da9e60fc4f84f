#include <cdnsim/tools/program.hpp>

#include <exception>
#include <iostream>
#include <new>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/tools/build_info.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/tools/signals.hpp>

namespace cdnsim::tools {
namespace {

constexpr const char* kExamples =
    "Examples:\n"
    "  cdnsim run scenarios/viral_spike.json\n"
    "  cdnsim run scenarios/viral_spike.json -o out --set /caching/edge/policy=sieve\n"
    "  cdnsim check scenarios/*.json\n"
    "  cdnsim list policies\n"
    "\n"
    "Exit status: 0 done, 2 a mistake in the command line or a scenario, 3 a target missed (with\n"
    "--gate), 70 a mistake of this program.\n";

// Reads the command line. Returns the exit status when there is nothing more to do.
std::optional<int> parse(CLI::App& app, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error, std::cout, std::cerr);
    std::cerr << "cdnsim: " << error.what() << "\nRun `cdnsim --help` or `cdnsim COMMAND --help`.\n";
    return kExitUserMistake;
  }
}

int run_command_line(int argc, const char* const* argv, const Hooks& hooks) {
  CLI::App app("Simulates a content delivery network: hit ratios, origin load, latency.", "cdnsim");
  app.set_version_flag("--version", "cdnsim " + std::string(version()));
  app.require_subcommand(1);
  app.footer(kExamples);
  Action action;
  add_run(app, action, hooks);
  add_check(app, action);
  add_schema(app, action);
  add_list(app, action);
  if (const std::optional<int> status = parse(app, argc, argv)) {
    flush_standard_output();
    return *status;
  }
  const int status = action();
  flush_standard_output();
  return status;
}

int our_mistake(const char* what) {
  std::cerr << "cdnsim: a mistake of this program, not yours: " << what
            << "\nPlease report it with the scenario and the command line.\n";
  return kExitOurMistake;
}

}  // namespace

int cdnsim_main(int argc, const char* const* argv, const Hooks& hooks) {
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
