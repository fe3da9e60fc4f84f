#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/sweep/run_sweep.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/build_info.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/tools/progress.hpp>
#include <cdnsim/tools/signals.hpp>

namespace cdnsim::tools {
namespace {

constexpr std::size_t kFailuresShown = 5;
constexpr std::size_t kStretchesShown = 4;  // of runs that failed with one message

struct SweepArguments {
  std::string sweep, store;
  std::vector<std::string> sets;
  std::optional<std::string> threads;
  std::string format = "table";
  bool retry_failed = false;
  bool quiet = false, timing = false;
};

std::uint32_t sweep_threads(const std::optional<std::string>& given, std::size_t runs) {
  if (given) return static_cast<std::uint32_t>(whole_number("--threads", *given, 1, kThreadsMax));
  const std::size_t threads = std::min<std::size_t>(std::thread::hardware_concurrency(), runs);
  return static_cast<std::uint32_t>(std::clamp<std::size_t>(threads, 1, kThreadsMax));
}

// The whole command's time, and what of it the workers spent in simulations.
struct Times {
  double wall_s = 0, in_runs_s = 0;
  std::uint32_t threads = 1;

  double outside_share() const { return 1 - in_runs_s / (wall_s * threads); }
};

double wall_now() {
  return std::chrono::duration<double>(ProgressLine::Clock::now().time_since_epoch()).count();
}

std::string sweep_json(const SweepArguments& arguments, const sweep::Sweep& sweep,
                       const sweep::Progress& progress, const Times& times) {
  nlohmann::ordered_json text = {{"store", arguments.store},
                                 {"points", sweep.points.size()},
                                 {"replications", sweep.spec.replications},
                                 {"runs", progress.runs},
                                 {"done", progress.done},
                                 {"failed", progress.failed},
                                 {"added", progress.added}};
  if (arguments.timing) {
    text["wall_s"] = times.wall_s;
    text["in_runs_s"] = times.in_runs_s;
    text["outside_share"] = times.outside_share();
  }
  return text.dump(2) + "\n";
}

std::string sweep_text(const SweepArguments& arguments, const sweep::Sweep& sweep,
                       const sweep::Progress& progress, const Times& times) {
  std::string text = fmt::format("{}: {} points", arguments.store, sweep.points.size());
  if (sweep.spec.replications > 1) {
    text += fmt::format(" with {} replications", sweep.spec.replications);
  }
  text += fmt::format(", {} of {} runs done", progress.done, progress.runs);
  if (progress.failed > 0) text += fmt::format(", {} failed", progress.failed);
  text += fmt::format("; {} run now\n", progress.added);
  if (arguments.timing) {
    text += fmt::format("{:.2f} s, {:.1f} % of it outside of simulations\n", times.wall_s,
                        100 * times.outside_share());
  }
  return text + fmt::format("cdnsim export {} prints them as CSV\n", arguments.store);
}

// "run 3", "runs 0 to 4, 7 and 12 more".
std::string runs_text(const std::vector<std::size_t>& runs) {
  std::string text = runs.size() == 1 ? "run" : "runs";
  std::size_t named = 0;
  for (std::size_t i = 0, parts = 0; i < runs.size() && parts < kStretchesShown; ++parts) {
    std::size_t last = i;
    while (last + 1 < runs.size() && runs[last + 1] == runs[last] + 1) ++last;
    text += fmt::format("{} {}", parts == 0 ? "" : ",", runs[i]);
    if (last > i) text += fmt::format(" to {}", runs[last]);
    i = named = last + 1;
  }
  if (named < runs.size()) text += fmt::format(" and {} more", runs.size() - named);
  return text;
}

// Tells what failed; returns the exit status.
int tell_failures(const sweep::Store& store, const sweep::Progress& progress) {
  if (progress.failed == 0) return kExitDone;
  std::cerr << fmt::format("cdnsim: {} of {} runs failed; --retry-failed runs them again\n",
                           progress.failed, progress.runs);
  const std::vector<sweep::Failed> failures = store.failures();
  for (std::size_t i = 0; i < std::min(kFailuresShown, failures.size()); ++i) {
    std::cerr << fmt::format("  {}: {}\n", runs_text(failures[i].runs), failures[i].message);
  }
  if (failures.size() > kFailuresShown) {
    std::cerr << fmt::format("  ... and {} messages more: column `message` of the table runs\n",
                             failures.size() - kFailuresShown);
  }
  return progress.broken > 0 ? kExitOurMistake : kExitUserMistake;
}

sweep::Progress run_all(const sweep::Sweep& sweep, sweep::Store& store,
                        const SweepArguments& arguments, const SignalWatch& signals,
                        const Hooks& hooks) {
  using Clock = ProgressLine::Clock;
  const auto runs = static_cast<double>(sweep.runs());
  std::optional<ProgressLine> line;
  if (!arguments.quiet && ::isatty(STDERR_FILENO) != 0) {
    line.emplace(std::cerr, [=](double share, double wall_s) {
      return fmt::format("  of {} runs, {:.1f} a second", runs, share * runs / wall_s);
    });
  }
  sweep::Progress last;
  sweep::Options options;
  options.threads = sweep_threads(arguments.threads, sweep.runs());
  options.retry_failed = arguments.retry_failed;
  options.before_checks = hooks.before_checks;
  options.poll = [&] { signals.poll(); };
  options.clock = wall_now;
  options.progress = [&](const sweep::Progress& progress) {
    last = progress;
    if (line) line->show(static_cast<double>(progress.over()) / runs, Clock::now());
  };
  try {
    return sweep::run_sweep(sweep, store, options);
  } catch (const Interrupted&) {
    line.reset();
    std::cerr << fmt::format(
        "cdnsim: stopped: {} of {} runs are over and kept in {}; the same command goes on\n",
        last.over(), last.runs, arguments.store);
    throw;
  }
}

int sweep_scenario(const SweepArguments& arguments, const Hooks& hooks) {
  const double started = wall_now();
  const sweep::Sweep sweep = sweep::load_sweep(arguments.sweep, arguments.sets);
  sweep::Store store(arguments.store, sweep, version());
  const SignalWatch signals;
  const sweep::Progress progress = run_all(sweep, store, arguments, signals, hooks);
  const Times times{wall_now() - started, progress.in_runs_s,
                    sweep_threads(arguments.threads, sweep.runs())};
  print(arguments.format == "json" ? sweep_json(arguments, sweep, progress, times)
                                   : sweep_text(arguments, sweep, progress, times));
  return tell_failures(store, progress);
}

void add_options(CLI::App& command, SweepArguments& arguments) {
  command.add_option("SWEEP", arguments.sweep, "sweep file")->required()->option_text(" ");
  command
      .add_option("-o,--output", arguments.store,
                  "the SQLite file to fill; one that is there is gone on with")
      ->required()
      ->type_name("STORE");
  command
      .add_option("--set", arguments.sets,
                  "change the scenario for all runs at a JSON pointer; can be repeated")
      ->type_name("PATH=VALUE")
      ->option_text("PATH=VALUE")
      ->allow_extra_args(false);
  command
      .add_option("--threads", arguments.threads,
                  "runs side by side (default: one per processor); they change no figure")
      ->type_name("N");
  command.add_flag("--retry-failed", arguments.retry_failed, "run again what failed before");
  command.add_option("--format", arguments.format, "how to print what was done")
      ->option_text("table|json")
      ->check(one_of_words({"table", "json"}));
  command.add_flag("--timing", arguments.timing,
                   "also print how long it took, and how much of that was no simulation");
  command.add_flag("--quiet", arguments.quiet, "no progress line");
}

}  // namespace

void add_sweep(CLI::App& app, Action& action, const Hooks& hooks) {
  CLI::App* command =
      app.add_subcommand("sweep", "Run a scenario at many points, into one SQLite file");
  const auto arguments = std::make_shared<SweepArguments>();
  add_options(*command, *arguments);
  command->footer(
      "Examples:\n"
      "  cdnsim sweep scenarios/sweeps/edge_memory.json -o memory.sqlite\n"
      "  cdnsim export memory.sqlite > memory.csv\n"
      "  cdnsim schema sweep\n"
      "\n"
      "Killed at any moment, it loses the runs in flight alone: the same command goes on. A\n"
      "run that fails is kept with its message and does not stop the others. The exit status is\n"
      "then 2, or 70 where it was a mistake of this program.\n");
  command->callback([=, &action] { action = [=] { return sweep_scenario(*arguments, hooks); }; });
}

}  // namespace cdnsim::tools
