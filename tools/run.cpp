#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>

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
#include <cdnsim/tools/signals.hpp>

namespace cdnsim::tools {
namespace {

struct RunArguments {
  std::string scenario;
  std::string output;
  std::vector<std::string> sets;
  std::string seed;
  std::string threads;
  std::string format = "table";
  bool quiet = false;
  bool gate = false;
};

Scenario load(const RunArguments& arguments) {
  std::vector<std::string> sets = arguments.sets;
  if (!arguments.seed.empty()) {
    sets.push_back("/seed=" + std::to_string(whole_number("--seed", arguments.seed, 0, UINT64_MAX)));
  }
  return load_scenario(arguments.scenario, sets);
}

// A worker without a node of its own has nothing to do.
std::uint32_t threads_for(const std::string& given, const Scenario& scenario) {
  if (!given.empty()) {
    return static_cast<std::uint32_t>(whole_number("--threads", given, 1, kThreadsMax));
  }
  const NetworkSpec& network = scenario.network;
  const std::size_t nodes = network.pops.size() + network.shields.size() + network.origins.size();
  const std::size_t threads = std::min<std::size_t>(std::thread::hardware_concurrency(), nodes);
  return static_cast<std::uint32_t>(std::clamp<std::size_t>(threads, 1, kThreadsMax));
}

// The files of -o DIR, written as the run goes and published when it is over.
class RunFiles {
 public:
  explicit RunFiles(const std::string& directory)
      : directory_(directory, {"series.csv.gz", "run.json", "result.json"}),
        series_(directory_.scratch("series.csv.gz"), directory_.shown("series.csv.gz")) {}

  void add_to_series(std::string_view text) { series_.write(text); }

  void publish(const std::string& result, const std::string& record) {
    series_.close();
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
                    Stopwatch& stopwatch) {
  const SignalWatch signals;
  std::optional<ProgressLine> line;
  if (show_progress && ::isatty(STDERR_FILENO) != 0) line.emplace(std::cerr, scenario.duration);
  options.progress = [&](SimTime reached) {
    signals.poll();
    const auto now = Stopwatch::Clock::now();
    stopwatch.window_done(now);
    if (line) line->show(reached, now);
  };
  RunOutcome outcome = run(scenario, options);
  signals.poll();
  return outcome;
}

int run_scenario(const RunArguments& arguments, const Hooks& hooks) {
  Stopwatch stopwatch;
  RunOptions options;
  options.before_checks = hooks.before_checks;
  const Scenario scenario = load(arguments);
  options.threads = threads_for(arguments.threads, scenario);
  std::optional<RunFiles> files;
  if (!arguments.output.empty()) {
    files.emplace(arguments.output);
    options.series = [&](std::string_view text) { files->add_to_series(text); };
  }
  const RunOutcome outcome = simulate(scenario, options, !arguments.quiet, stopwatch);
  const std::string document = assembly::result_text(outcome.result);
  if (files) {
    files->publish(document, run_record(outcome, options.threads, stopwatch.times()));
  }
  std::cout << (arguments.format == "json" ? document : result_table(outcome.result));
  const auto missed = [](const SloResult& slo) { return !slo.met; };
  const std::vector<SloResult>& targets = outcome.result.slo;
  const bool fails = arguments.gate && std::any_of(targets.begin(), targets.end(), missed);
  return fails ? kExitTargetMissed : kExitDone;
}

void add_options(CLI::App& command, RunArguments& arguments) {
  command.add_option("SCENARIO", arguments.scenario, "scenario file")->required();
  command
      .add_option("-o,--output", arguments.output,
                  "write result.json, series.csv.gz and run.json into this directory")
      ->type_name("DIR");
  command
      .add_option("--set", arguments.sets,
                  "change the scenario: a JSON pointer and a value; can be repeated")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  command.add_option("--seed", arguments.seed, "the same as --set /seed=N")->type_name("N");
  command
      .add_option("--threads", arguments.threads,
                  "worker threads; the result does not depend on them (default: one per processor)")
      ->type_name("N");
  command
      .add_option("--format", arguments.format,
                  "what to print: table, or json for the result document and nothing else")
      ->type_name("table|json")
      ->check(CLI::IsMember({"table", "json"}));
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
      "  cdnsim run scenarios/viral_spike.json --set '/network/pops/nyc/servers=48' --gate\n"
      "  cdnsim run scenarios/viral_spike.json --format json | jq .origin\n"
      "\n"
      "Without -o nothing is written but what is printed. `cdnsim schema result` says what each\n"
      "figure of result.json means.\n");
  command->callback([=, &action] { action = [=] { return run_scenario(*arguments, hooks); }; });
}

}  // namespace cdnsim::tools
