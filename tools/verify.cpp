#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/config/pointer.hpp>
#include <cdnsim/scenario/load.hpp>
#include <cdnsim/scenario/run.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/compare_output.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/tools/result_files.hpp>
#include <cdnsim/tools/signals.hpp>

namespace cdnsim::tools {
namespace {

namespace fs = std::filesystem;

struct VerifyArguments {
  std::vector<std::string> scenarios;
  std::string baseline;
  std::vector<std::string> sets;
  std::optional<std::string> tolerances, threads;
  std::string format = "table";
  bool approve = false;
};

// Of a folder all files of scenarios that stand in it, by name.
std::vector<fs::path> files_of(const std::vector<std::string>& given) {
  std::vector<fs::path> files;
  for (const std::string& argument : given) {
    if (!fs::is_directory(argument)) {
      files.emplace_back(argument);
      continue;
    }
    std::vector<fs::path> found;
    for (const fs::directory_entry& entry : fs::directory_iterator(argument)) {
      if (entry.path().extension() == ".json") found.push_back(entry.path());
    }
    CDNSIM_REQUIRE_USER(!found.empty(), fmt::format("{} holds no scenario (*.json)", argument));
    std::ranges::sort(found);
    files.insert(files.end(), found.begin(), found.end());
  }
  std::set<fs::path> stems;
  for (const fs::path& file : files) {
    CDNSIM_REQUIRE_USER(stems.insert(file.stem()).second,
                        fmt::format("two scenarios are called {}, and one baseline serves one",
                                    file.stem().string()));
  }
  return files;
}

// What was there stays until all of the new text is written.
void replace(const fs::path& file, const std::string& text) {
  fs::path fresh = file;
  fresh += ".new";
  fs::remove(fresh);
  OutputFile out(fresh, file);
  out.write(text);
  out.close();
  fs::rename(fresh, file);
}

// What became of the scenarios, to be told at the end.
struct Tally {
  std::vector<Compared> differ, same;
  std::vector<Uncompared> fresh, failed;
};

// By these a file is known to hold a result.
bool is_a_mark(std::string_view pointer) {
  return pointer == "/scenario" || pointer == "/identities";
}

// What is not compared is not kept: members all of whose figures are ignored leave. Of a large
// network that is most of its result, and the digest tells whether any of it moved.
void drop_ignored(nlohmann::json& object, const std::string& pointer,
                  const compare::Tolerances& tolerances) {
  for (auto member = object.begin(); member != object.end();) {
    const std::string here = pointer + "/" + config::escaped(member.key());
    const compare::Figures figures = compare::figures_of(member.value());
    const bool ignored = std::ranges::all_of(
        figures, [&](const auto& figure) { return tolerances.of(here + figure.first).ignored; });
    if (ignored && !is_a_mark(here)) {
      member = object.erase(member);
      continue;
    }
    if (member->is_object()) drop_ignored(*member, here, tolerances);
    ++member;
  }
}

std::string approved_text(const std::string& result, const compare::Tolerances& tolerances) {
  if (tolerances.rules.empty()) return result;
  nlohmann::json document = nlohmann::json::parse(result);
  drop_ignored(document, "", tolerances);
  return document.dump(2) + "\n";
}

void verify_one(const fs::path& file, const VerifyArguments& arguments,
                const compare::Tolerances& tolerances, const RunOptions& options, Tally& tally) {
  const std::string text =
      assembly::result_text(run(load_scenario(file.string(), arguments.sets), options).result);
  const fs::path approved = fs::path(arguments.baseline) / (file.stem().string() + ".json");
  if (!fs::exists(approved)) {
    tally.fresh.push_back({file.string(), approved.string() + " is not there: --approve"});
  } else {
    const compare::Side before = read_side(approved.string());
    const compare::Side now{file.string(), {compare::figures_of(nlohmann::json::parse(text))}};
    Compared one;
    one.comparison = compare::compare(before, now, tolerances);
    if (one.comparison.is_same()) return tally.same.push_back(std::move(one));
    one.explanations = compare::explain(one.comparison, before, 3);
    tally.differ.push_back(std::move(one));
  }
  if (arguments.approve) replace(approved, approved_text(text, tolerances));
}

std::string summary_of(const Tally& tally, bool approve) {
  std::string text;
  for (const Uncompared& one : tally.fresh) {
    text += approve ? one.name + ": approved, new\n" : one.message + "\n";
  }
  for (const Uncompared& one : tally.failed) text += one.message + "\n";
  return text + fmt::format("{} the same, {} {}, {} new, {} not run\n", tally.same.size(),
                            tally.differ.size(), approve ? "approved with changes" : "different",
                            tally.fresh.size(), tally.failed.size());
}

// Of a report all scenarios are told, not only those that differ: who reads it counts them.
std::string report_of(const Tally& tally, bool approve) {
  std::vector<Compared> all = tally.differ;
  all.insert(all.end(), tally.same.begin(), tally.same.end());
  std::ranges::sort(all, {}, [](const Compared& one) { return one.comparison.candidate; });
  std::vector<Uncompared> others = tally.failed;
  if (!approve) others.insert(others.end(), tally.fresh.begin(), tally.fresh.end());
  return comparison_junit(all, others);
}

void print_tally(const Tally& tally, const VerifyArguments& arguments) {
  const std::string summary = summary_of(tally, arguments.approve);
  if (arguments.format == "table") {
    constexpr std::uint64_t kRows = 12;
    const std::string text = comparison_text(tally.differ, kRows);
    print(text + (text.empty() ? "" : "\n") + summary);
    return;
  }
  print(arguments.format == "json" ? comparison_json(tally.differ)
                                   : report_of(tally, arguments.approve));
  std::cerr << summary;
}

int verify(const VerifyArguments& arguments) {
  compare::Tolerances tolerances;
  if (arguments.tolerances) tolerances = compare::read_tolerances(*arguments.tolerances);
  const SignalWatch signals;
  RunOptions options;
  options.threads = arguments.threads ? static_cast<std::uint32_t>(whole_number(
                                            "--threads", *arguments.threads, 1, kThreadsMax))
                                      : std::max(1U, std::thread::hardware_concurrency());
  options.progress = [&](SimTime) { signals.poll(); };
  if (arguments.approve) fs::create_directories(arguments.baseline);
  Tally tally;
  for (const fs::path& file : files_of(arguments.scenarios)) {
    try {
      verify_one(file, arguments, tolerances, options, tally);
    } catch (const UserError& error) {
      tally.failed.push_back({file.string(), error.what()});  // the others are run all the same
    }
  }
  print_tally(tally, arguments);
  if (!tally.failed.empty()) return kExitUserMistake;
  const bool settled = tally.differ.empty() && tally.fresh.empty();
  return settled || arguments.approve ? kExitDone : kExitDifferent;
}

}  // namespace

void add_verify(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("verify", "Run scenarios and compare them with approved results");
  const auto arguments = std::make_shared<VerifyArguments>();
  command->add_option("SCENARIO", arguments->scenarios, "scenario files, or folders of them")
      ->required()
      ->option_text("...");
  command
      ->add_option("--baseline", arguments->baseline, "folder of approved results: NAME.json each")
      ->required()
      ->type_name("DIR");
  command->add_option("--set", arguments->sets, "change all of them first at a JSON pointer")
      ->type_name("PATH=VALUE")
      ->option_text("PATH=VALUE")
      ->allow_extra_args(false);
  command
      ->add_option("--tolerances", arguments->tolerances,
                   "JSON file: how far which figures may be off; see compare")
      ->type_name("FILE");
  command
      ->add_option("--threads", arguments->threads,
                   "worker threads (default: one per processor); they change no figure")
      ->type_name("N");
  command->add_option("--format", arguments->format, "how to print what differs")
      ->option_text("table|json|junit")
      ->check(one_of_words({"table", "json", "junit"}));
  command->add_flag("--approve", arguments->approve,
                    "write what was found to the baseline; what changed is printed for review");
  command->footer(
      "Examples:\n"
      "  cdnsim verify scenarios/small --baseline results/approved --approve\n"
      "  cdnsim verify scenarios/small --baseline results/approved --format junit > report.xml\n"
      "\n"
      "Exit status: 0 all the same or approved, 1 something is different or new, 2 a scenario\n"
      "could not be run; the others are run all the same.\n");
  command->callback([=, &action] { action = [=] { return verify(*arguments); }; });
}

}  // namespace cdnsim::tools
