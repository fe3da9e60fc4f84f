#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/scenario/load.hpp>
#include <cdnsim/scenario/run.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/output_directory.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/tools/progress.hpp>
#include <cdnsim/tools/result_table.hpp>
#include <cdnsim/tools/run_record.hpp>
#include <cdnsim/tools/run_scenario_file.hpp>
#include <cdnsim/tools/signals.hpp>
#include <cdnsim/tools/units.hpp>

namespace cdnsim::tools {
namespace {

struct RunArguments {
  std::string scenario;
  std::optional<std::string> output;
  std::vector<std::string> sets;
  std::optional<std::string> seed;
  std::optional<std::string> threads;
  std::optional<std::string> replay;
  std::string format = "table";
  bool quiet = false;
  bool gate = false;
};

Scenario load(const RunArguments& arguments) {
  std::vector<std::string> sets = arguments.sets;
  if (arguments.seed) {
    const std::uint64_t seed = whole_number("--seed", *arguments.seed, 0, UINT64_MAX);
    sets.push_back("/seed=" + std::to_string(seed));
  }
  if (arguments.replay) sets.push_back("/replay=" + *arguments.replay);
  return load_scenario(arguments.scenario, sets);
}

// A worker without a node of its own has nothing to do.
std::uint32_t threads_for(const std::optional<std::string>& given, const Scenario& scenario) {
  if (given) return static_cast<std::uint32_t>(whole_number("--threads", *given, 1, kThreadsMax));
  const NetworkSpec& network = scenario.network;
  const std::size_t nodes = network.pops.size() + network.shields.size() + network.embedded.size() +
                            network.origins.size();
  const std::size_t threads = std::min<std::size_t>(std::thread::hardware_concurrency(), nodes);
  return static_cast<std::uint32_t>(std::clamp<std::size_t>(threads, 1, kThreadsMax));
}

// The files of -o DIR, written as the run goes and published when it is over.
class RunFiles {
 public:
  explicit RunFiles(const std::string& directory)
      : directory_(directory, {"series.csv.gz", kScenarioFile, "run.json", "result.json"}),
        series_(directory_.scratch("series.csv.gz"), directory_.shown("series.csv.gz")) {}

  void add_to_series(std::string_view text) { series_.write(text); }

  void publish(const std::string& scenario, const std::string& result, const std::string& record) {
    series_.close();
    write(kScenarioFile, scenario);
    write("run.json", record);
    write("result.json", result);
    directory_.publish();
  }

 private:
  void write(std::string_view name, const std::string& text) {
    OutputFile file(directory_.scratch(name), directory_.shown(name));
    file.write(text);
    file.close();
  }

  OutputDirectory directory_;
  GzipFile series_;
};

RunOutcome simulate(const Scenario& scenario, RunOptions options, bool show_progress,
                    const SignalWatch& signals, Stopwatch& stopwatch) {
  std::optional<ProgressLine> line;
  const double whole_s = seconds(scenario.duration);
  if (show_progress && ::isatty(STDERR_FILENO) != 0) {
    line.emplace(std::cerr, [=](double share, double wall_s) {
      const double speed = share * whole_s / wall_s;
      return fmt::format("  of {} simulated, {:.{}f} times real time", seconds_text(whole_s), speed,
                         speed < 10 ? 1 : 0);
    });
  }
  options.progress = [&](SimTime reached) {
    signals.poll();
    const auto now = Stopwatch::Clock::now();
    stopwatch.window_done(now);
    if (line) line->show(seconds(reached.time_since_epoch()) / whole_s, now);
  };
  return run(scenario, options);
}

// Tells which targets were missed where only the exit status would.
int gate(const std::vector<SloResult>& targets) {
  if (targets.empty()) std::cerr << "cdnsim: --gate: the scenario has no targets (slo)\n";
  std::string missed;
  for (const SloResult& slo : targets) {
    if (!slo.met) missed += (missed.empty() ? "" : ", ") + slo.name;
  }
  if (missed.empty()) return kExitDone;
  std::cerr << "cdnsim: targets missed: " << missed << '\n';
  return kExitTargetMissed;
}

int run_scenario(const RunArguments& arguments, const Hooks& hooks) {
  Stopwatch stopwatch;
  RunOptions options;
  options.before_checks = hooks.before_checks;
  const Scenario scenario = load(arguments);
  const SignalWatch signals;
  options.threads = threads_for(arguments.threads, scenario);
  std::optional<RunFiles> files;
  if (arguments.output) {
    files.emplace(*arguments.output);
    options.series = [&](std::string_view text) { files->add_to_series(text); };
  }
  const RunOutcome outcome = simulate(scenario, options, !arguments.quiet, signals, stopwatch);
  const std::string document = assembly::result_text(outcome.result);
  if (files) {
    signals.poll();
    files->publish(
        run_scenario_text(scenario), document,
        run_record(outcome, options.threads, stopwatch.times(), folder_of_files(scenario)));
  }
  print(arguments.format == "json" ? document : result_table(outcome.result));
  return arguments.gate ? gate(outcome.result.slo) : kExitDone;
}

void add_options(CLI::App& command, RunArguments& arguments) {
  command.add_option("SCENARIO", arguments.scenario, "scenario file")->required()->option_text(" ");
  command
      .add_option("-o,--output", arguments.output,
                  "write result.json, series.csv.gz, run.json and scenario.json there")
      ->type_name("DIR");
  command
      .add_option("--set", arguments.sets, "change the scenario at a JSON pointer; can be repeated")
      ->type_name("PATH=VALUE")
      ->option_text("PATH=VALUE")
      ->allow_extra_args(false);
  command.add_option("--seed", arguments.seed, "the same as --set /seed=N")->type_name("N");
  command.add_option("--replay", arguments.replay, "the same as --set /replay=MODE, for traces")
      ->option_text("timed|atomic")
      ->check(one_of_words({"timed", "atomic"}));
  command
      .add_option("--threads", arguments.threads,
                  "worker threads (default: one per processor); they change no figure")
      ->type_name("N");
  command
      .add_option("--format", arguments.format, "print a table, or result.json and nothing else")
      ->option_text("table|json")
      ->check(one_of_words({"table", "json"}));
  command.add_flag("--quiet", arguments.quiet, "no progress line");
  command.add_flag("--gate", arguments.gate, "exit with status 3 when a target (slo) is missed");
}

}  // namespace

void add_run(CLI::App& app, Action& action, const Hooks& hooks) {
  CLI::App* command = app.add_subcommand("run", "Run a scenario and print what it found");
  const auto arguments = std::make_shared<RunArguments>();
  add_options(*command, *arguments);
  command->footer(
      "Examples:\n"
      "  cdnsim run scenarios/viral_spike.json\n"
      "  cdnsim run scenarios/viral_spike.json -o out --threads 2\n"
      "  cdnsim run scenarios/viral_spike.json --set /caching/edge/policy=sieve --seed 8\n"
      "  cdnsim run scenarios/viral_spike.json --set '/network/pops/new-york/servers=48' --gate\n"
      "  cdnsim run scenarios/viral_spike.json --format json | jq .origin\n"
      "\n"
      "Without -o nothing is written but what is printed. `cdnsim schema result` says what each\n"
      "figure of result.json means.\n");
  command->callback([=, &action] { action = [=] { return run_scenario(*arguments, hooks); }; });
}

}  // namespace cdnsim::tools
