#include <algorithm>
#include <sstream>

#include <cdnsim/base/check.hpp>
#include <cdnsim/scenario/load.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/scratch_files.hpp>

#include "scenario_files.hpp"

namespace cdnsim::test {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text) {
  std::istringstream stream(text);
  Lines lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// What is told of a file; nothing if it is read.
Lines told_of(const std::string& file, const Lines& sets = {}) {
  try {
    load_scenario(file, sets);
    return {};
  } catch (const ScenarioError& error) {
    return lines_of(error.what());
  }
}

TEST_CASE(
    "every broken scenario is told with all its mistakes, where they are and how to mend them") {
  const StandingIn folder(broken_folder());
  const std::vector<BrokenScenario> scenarios = broken_scenarios();
  CHECK(scenarios.size() >= 60);
  for (const BrokenScenario& scenario : scenarios) {
    CAPTURE(scenario.file);
    CHECK(told_of(scenario.file, scenario.sets) == scenario.expected);
  }
}

TEST_CASE("no broken scenario lacks its expectation") {
  const Lines expected = files_in(broken_folder(), ".expected");
  for (const std::string& file : files_in(broken_folder(), ".json")) {
    if (file.starts_with("good/")) continue;
    CAPTURE(file);
    CHECK(std::ranges::count(expected, file.substr(0, file.size() - 5) + ".expected") == 1);
  }
}

TEST_CASE("good scenarios are read") {
  for (const std::filesystem::path& folder :
       {broken_folder() / "good", source_folder() / "scenarios"}) {
    for (const std::string& file : files_in(folder, ".json")) {
      if (file.starts_with("bases/") || file.starts_with("schema/") ||
          file.starts_with("sweeps/") || file.starts_with("pages/")) {
        continue;
      }
      CAPTURE(file);
      CHECK(told_of((folder / file).string()) == Lines{});
    }
  }
}

TEST_CASE("a scenario is named after its file") {
  CHECK(load_scenario((broken_folder() / "good/least.json").string()).name == "least");
}

TEST_CASE("a file of 100 MB is refused at once") {
  const ScratchFiles files;
  const std::string file = files.write("huge.json", "{,");
  std::filesystem::resize_file(file, 100'000'000);
  CHECK(told_of(file) == Lines{file + ": cannot read \"" + file + "\": larger than 16 MiB"});
}

TEST_CASE("200,000 brackets deep is one problem beside the others") {
  const ScratchFiles files;
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  const std::string file =
      files.write("deep.json", "{\"duration\": \"1 s.\",\n\"slo\": " + deep + "}");
  const Lines told = told_of(file);
  const auto tells = [&](const std::string& what) {
    return std::ranges::any_of(
        told, [&](const std::string& line) { return line.find(what) != line.npos; });
  };
  CHECK(tells(":1:14 #/duration: \"1 s.\" is not a duration"));
  CHECK(tells(":2:8 #/slo: found a list; wanted an object"));
  CHECK(tells(":2:71 #/slo/0/0/"));
  CHECK(tells("nested more than 64 deep"));
  CHECK(tells("missing key \"network\""));
}

}  // namespace
}  // namespace cdnsim::test
