#include <sys/wait.h>

#include <tests/support/catch.hpp>
#include <tests/support/scratch_files.hpp>

#include "scenario_files.hpp"

namespace cdnsim::test {
namespace {

std::string in_quotes(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

struct Ending {
  int status;
  std::vector<std::string> out;
  std::vector<std::string> err;
};

// Runs the program in the folder of broken scenarios.
Ending cdnsim(const std::vector<std::string>& arguments) {
  const ScratchFiles files;
  std::string command = "cd " + in_quotes(broken_folder().string()) + " && " +
                        in_quotes(std::string(std::getenv("CDNSIM_BIN_DIR")) + "/cdnsim");
  for (const std::string& argument : arguments) command += " " + in_quotes(argument);
  command += " >" + in_quotes(files.path("out")) + " 2>" + in_quotes(files.path("err"));
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, lines_in(files.path("out")),
          lines_in(files.path("err"))};
}

std::vector<std::string> with_sets(std::vector<std::string> arguments,
                                   const BrokenScenario& scenario) {
  arguments.push_back(scenario.file);
  for (const std::string& set : scenario.sets) {
    arguments.push_back("--set");
    arguments.push_back(set);
  }
  return arguments;
}

TEST_CASE("check ends with status 2 and tells the mistakes on standard error") {
  for (const BrokenScenario& scenario : broken_scenarios()) {
    CAPTURE(scenario.file);
    const Ending ending = cdnsim(with_sets({"check"}, scenario));
    CHECK(ending.status == 2);
    CHECK(ending.err == scenario.expected);
    CHECK(ending.out.empty());
  }
}

TEST_CASE("run ends with status 2, tells the mistakes and writes nothing") {
  const ScratchFiles files;
  for (const BrokenScenario& scenario : broken_scenarios()) {
    CAPTURE(scenario.file);
    const Ending ending = cdnsim(with_sets({"run", "-o", files.path("result")}, scenario));
    CHECK(ending.status == 2);
    CHECK(ending.err == scenario.expected);
    CHECK(ending.out.empty());
    CHECK(std::filesystem::is_empty(files.folder()));
  }
}

}  // namespace
}  // namespace cdnsim::test
