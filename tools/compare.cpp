#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/compare_output.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/tools/result_files.hpp>

namespace cdnsim::tools {
namespace {

constexpr std::uint64_t kDifferencesShown = 30;
constexpr std::size_t kExplained = 8;

struct CompareArguments {
  std::string baseline;
  std::vector<std::string> candidates;
  std::optional<std::string> tolerances, rel, rows;
  std::string format = "table";
  bool explain = false;
  bool first_divergence = false;
};

compare::Tolerances tolerances_of(const CompareArguments& arguments) {
  compare::Tolerances tolerances;
  if (arguments.tolerances) tolerances = compare::read_tolerances(*arguments.tolerances);
  if (arguments.rel) {
    const Parsed<Ratio> rel = parse<Ratio>(*arguments.rel);
    if (!rel.value) throw UserError("--rel: " + rel.problem);
    tolerances.rel = rel.value->value();
  }
  return tolerances;
}

// A typo must not open a gate.
void check_rules(const compare::Tolerances& tolerances, const compare::Side& baseline,
                 const compare::Side& candidate) {
  for (const compare::ToleranceRule& rule : tolerances.rules) {
    const auto fits = [&](const compare::Side& side) {
      return std::ranges::any_of(side.runs.front(), [&](const auto& figure) {
        return compare::fits(rule.path, figure.first);
      });
    };
    CDNSIM_REQUIRE_USER(fits(baseline) || fits(candidate),
                        fmt::format("--tolerances: no figure fits {}; `cdnsim compare {} {} "
                                    "--format json` shows how figures are called",
                                    quoted(rule.path), baseline.name, candidate.name));
  }
}

int compare_results(const CompareArguments& arguments) {
  const compare::Tolerances tolerances = tolerances_of(arguments);
  const std::uint64_t rows =
      arguments.rows ? whole_number("--rows", *arguments.rows, 1, UINT32_MAX) : kDifferencesShown;
  const compare::Side baseline = read_side(arguments.baseline);
  std::vector<Compared> all;
  bool same = true;
  for (const std::string& name : arguments.candidates) {
    const compare::Side candidate = read_side(name);
    Compared one;
    check_rules(tolerances, baseline, candidate);
    one.comparison = compare::compare(baseline, candidate, tolerances);
    CDNSIM_REQUIRE_USER(one.comparison.compared > 0,
                        "--tolerances: all figures are ignored, so nothing is left to compare");
    same = same && one.comparison.is_same();
    if (arguments.explain) {
      one.explanations = compare::explain(one.comparison, baseline, kExplained);
    }
    one.sought_divergence = arguments.first_divergence;
    if (arguments.first_divergence) {
      one.partings = first_divergence(arguments.baseline, name);
      if (!one.partings.empty()) {
        one.first_request = first_request(arguments.baseline, name, one.partings);
      }
    }
    all.push_back(std::move(one));
  }
  print(arguments.format == "json"    ? comparison_json(all)
        : arguments.format == "junit" ? comparison_junit(all)
                                      : comparison_text(all, rows));
  return same ? kExitDone : kExitDifferent;
}

}  // namespace

void add_compare(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("compare", "Say in what results differ, and where from");
  const auto arguments = std::make_shared<CompareArguments>();
  command->add_option("BASELINE", arguments->baseline, "a run's folder or result.json")
      ->required()
      ->option_text(" ");
  command->add_option("CANDIDATE", arguments->candidates, "the same; several one by one")
      ->required()
      ->option_text("...");
  command
      ->add_option("--tolerances", arguments->tolerances,
                   "JSON file: how far which figures may be off")
      ->type_name("FILE");
  command->add_option("--rel", arguments->rel, "how far any figure may be off, e.g. 1%")
      ->type_name("SHARE");
  command->add_flag("--explain", arguments->explain,
                    "name the nodes, links and classes behind each difference");
  command->add_flag("--first-divergence", arguments->first_divergence,
                    "find the first bin of the series, the nodes and the request at which the runs "
                    "part; this runs both again up to there");
  command->add_option("--rows", arguments->rows, "rows of the table (30); JSON has all")
      ->type_name("N");
  command->add_option("--format", arguments->format, "how to print")
      ->option_text("table|json|junit")
      ->check(one_of_words({"table", "json", "junit"}));
  command->footer(
      "Examples:\n"
      "  cdnsim run scenarios/viral_spike.json -o before\n"
      "  cdnsim run scenarios/viral_spike.json -o after --set /caching/edge/policy=sieve\n"
      "  cdnsim compare before after --explain\n"
      "  cdnsim compare before after --rel 1% --format junit > report.xml\n"
      "\n"
      "Exit status: 0 the same or within the tolerance, 1 different. A folder of runs' folders\n"
      "holds replications: means are compared, runs of the same seeds in pairs, and what 95 %\n"
      "of chance explains is no difference. What was run (/scenario) is told and not counted.\n"
      "\n"
      "A file of tolerances: {\"rel\": 0.01, \"rules\": [{\"path\": \"/nodes/*/hits\", \"abs\": "
      "5},\n"
      "{\"path\": \"/cost/**\", \"ignore\": true}]}; of several rules that fit the last one "
      "holds.\n");
  command->callback([=, &action] { action = [=] { return compare_results(*arguments); }; });
}

}  // namespace cdnsim::tools
