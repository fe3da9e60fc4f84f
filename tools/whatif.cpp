#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/nearest_name.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/scenario/load.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/tools/progress.hpp>
#include <cdnsim/tools/signals.hpp>
#include <cdnsim/tools/whatif_output.hpp>

namespace cdnsim::tools {
namespace {

using whatif::Failure;
using whatif::FailureKind;

struct WhatIfArguments {
  std::string scenario;
  std::vector<std::string> fail;
  std::vector<std::string> sets;
  std::optional<std::string> at;
  std::optional<std::string> threads;
  std::optional<std::string> rows;
  std::string format = "table";
  bool quiet = false;
};

std::vector<std::string_view> kind_names() {
  std::vector<std::string_view> names;
  for (const auto& entry : enum_names(FailureKind{})) names.push_back(entry.name);
  return names;
}

FailureKind kind_named(std::string_view name) {
  for (const auto& entry : enum_names(FailureKind{})) {
    if (entry.name == name) return entry.value;
  }
  throw UserError(fmt::format("--fail: unknown {}{}; write e.g. each:pop,ixp or pop:tokyo",
                              quoted(std::string(name)), did_you_mean(name, kind_names())));
}

Failure failure_named(const NetworkSpec& network, FailureKind kind, const std::string& id) {
  const std::vector<Failure> known = failures_of(network, kind);
  std::vector<std::string_view> ids;
  for (const Failure& failure : known) {
    if (failure.id == id) return failure;
    ids.emplace_back(failure.id);
  }
  throw UserError(fmt::format("--fail: the scenario has no {} {}{}", enum_name(kind), quoted(id),
                              did_you_mean(id, ids)));
}

std::string nothing_of(const std::string& kinds) {
  std::string text = fmt::format("--fail each:{}: the scenario has none; ", kinds);
  if (kinds == "pod") {
    return text + "a site has pods where it has more \"servers\" than \"pod_servers\"";
  }
  if (kinds == "domain") return text + "describe some in /network/failure_domains";
  return text + "take away what it has, e.g. each:pop";
}

// "each:pop,ixp" or "pop:tokyo".
void add_failures(const NetworkSpec& network, const std::string& text,
                  std::vector<Failure>& failures) {
  const auto add = [&](Failure failure) {
    if (std::ranges::find(failures, failure) == failures.end()) {
      failures.push_back(std::move(failure));
    }
  };
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) {
    throw UserError(fmt::format(
        "--fail {}: write each:pop,ixp for one at a time of all, or pop:tokyo for one", text));
  }
  const std::string head = text.substr(0, colon);
  std::string rest = text.substr(colon + 1);
  if (head != "each") return add(failure_named(network, kind_named(head), rest));
  const std::string kinds = rest;
  bool any = false;
  while (true) {
    const std::size_t comma = rest.find(',');
    for (Failure& failure : failures_of(network, kind_named(rest.substr(0, comma)))) {
      add(std::move(failure));
      any = true;
    }
    if (comma == std::string::npos) break;
    rest.erase(0, comma + 1);
  }
  if (!any) throw UserError(nothing_of(kinds));
}

std::uint32_t threads_for(const std::optional<std::string>& given, std::size_t runs) {
  if (given) return static_cast<std::uint32_t>(whole_number("--threads", *given, 1, kThreadsMax));
  const std::size_t threads = std::min<std::size_t>(std::thread::hardware_concurrency(), runs);
  return static_cast<std::uint32_t>(std::clamp<std::size_t>(threads, 1, kThreadsMax));
}

int what_if(const WhatIfArguments& arguments) {
  std::vector<std::string> sets = arguments.sets;
  if (arguments.at) sets.push_back("/starts_at=" + *arguments.at);
  const Scenario scenario = load_scenario(arguments.scenario, sets);
  std::vector<Failure> failures;
  for (const std::string& text : arguments.fail) add_failures(scenario.network, text, failures);
  const SignalWatch signals;
  std::optional<ProgressLine> line;
  if (!arguments.quiet && ::isatty(STDERR_FILENO) != 0) {
    line.emplace(std::cerr,
                 [](double share, double) { return fmt::format("  {:.0f} % run", share * 100); });
  }
  whatif::Options options;
  options.threads = threads_for(arguments.threads, failures.size() + 1);
  options.progress = [&](std::size_t over, std::size_t all) {
    signals.poll();
    const double share = static_cast<double>(over) / static_cast<double>(all);
    if (line) line->show(share, ProgressLine::Clock::now());
  };
  const whatif::WhatIf found = whatif::what_if(scenario, failures, options);
  line.reset();
  const std::uint64_t rows =
      arguments.rows ? whole_number("--rows", *arguments.rows, 1, UINT32_MAX) : kRowsShown;
  print(arguments.format == "json" ? whatif_json(found) : whatif_text(found, rows));
  return kExitDone;
}

}  // namespace

void add_whatif(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("whatif", "Take things away from a scenario, and rank what that does");
  const auto arguments = std::make_shared<WhatIfArguments>();
  command->add_option("SCENARIO", arguments->scenario, "scenario file")
      ->required()
      ->option_text(" ");
  command
      ->add_option("--fail", arguments->fail,
                   "all of KINDS, one at a time, or one thing; can be repeated")
      ->required()
      ->option_text("each:KINDS|KIND:ID")
      ->allow_extra_args(false);
  command->add_option("--at", arguments->at, "the same as --set /starts_at=TIME: its hour, UTC")
      ->type_name("TIME");
  command
      ->add_option("--set", arguments->sets,
                   "change the scenario first at a JSON pointer; can be repeated")
      ->type_name("PATH=VALUE")
      ->option_text("PATH=VALUE")
      ->allow_extra_args(false);
  command
      ->add_option("--threads", arguments->threads,
                   "runs side by side (default: one per processor); they change no figure")
      ->type_name("N");
  command->add_option("--rows", arguments->rows, "rows of the table (40); JSON has all")
      ->type_name("N");
  command->add_option("--format", arguments->format, "how to print")
      ->option_text("table|json")
      ->check(one_of_words({"table", "json"}));
  command->add_flag("--quiet", arguments->quiet, "no progress line");
  command->footer(
      "Examples:\n"
      "  cdnsim whatif scenarios/viral_spike.json --fail each:pop,shield\n"
      "  cdnsim whatif scenarios/viral_spike.json --fail pop:tokyo --fail link:tokyo-isp\n"
      "  cdnsim whatif world.json --fail each:ixp,transit --at 19h --set /duration=20s\n"
      "\n"
      "Kinds: pop, ixp, shield, link, port, transit, origin, embedded, pod, domain; several with "
      "a\n"
      "comma. A site has pods where it has more servers than `pod_servers`.\n"
      "\n"
      "The scenario runs once as it is, and once without each thing, which is away all the time:\n"
      "routes and steering are those that hold without it. Worst first: users without a PoP,\n"
      "errors, links that become overloaded, users beyond 50 ms, requests displaced, cost.\n");
  command->callback([=, &action] { action = [=] { return what_if(*arguments); }; });
}

}  // namespace cdnsim::tools
