// The subcommands: each function adds one to the application, with its options and its help.
// Does not know how a mistake becomes an exit status.
#pragma once

#include <functional>

#include <CLI/CLI.hpp>

#include <cdnsim/tools/program.hpp>

namespace cdnsim::tools {

// What the command line asked for; returns the exit status.
using Action = std::function<int()>;

// Each sets `action` when its subcommand is given.
void add_run(CLI::App& app, Action& action, const Hooks& hooks);
void add_cache(CLI::App& app, Action& action);
void add_check(CLI::App& app, Action& action);
void add_compare(CLI::App& app, Action& action);
void add_store_export(CLI::App& app, Action& action);
void add_schema(CLI::App& app, Action& action);
void add_sweep(CLI::App& app, Action& action, const Hooks& hooks);
void add_trace(CLI::App& app, Action& action);
void add_topology(CLI::App& app, Action& action);
void add_verify(CLI::App& app, Action& action);
void add_whatif(CLI::App& app, Action& action);
void add_world(CLI::App& app, Action& action);
void add_completion(CLI::App& app, Action& action);
void add_man(CLI::App& app, Action& action);
void add_list(CLI::App& app, Action& action);

}  // namespace cdnsim::tools
