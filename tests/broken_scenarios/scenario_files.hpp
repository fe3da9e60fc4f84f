// The scenario files of the tree: the broken ones with what is to be told of them, and the good.
// Does not know how they are read.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <cdnsim/models/cache_policy/list.hpp>

namespace cdnsim::test {

inline std::filesystem::path source_folder() { return std::getenv("CDNSIM_SOURCE_DIR"); }

inline std::vector<std::string> lines_in(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// Paths with this ending, relative to the folder and sorted.
inline std::vector<std::string> files_in(const std::filesystem::path& folder,
                                         const std::string& ending) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().lexically_relative(folder).string();
    if (name.ends_with(ending)) files.push_back(name);
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Lines of what is expected; {policies} stands for the names of all that there are.
inline std::vector<std::string> expected_in(const std::filesystem::path& file) {
  std::string policies;
  for (const std::string_view name : cache_policy_names()) {
    policies += (policies.empty() ? "" : ", ") + std::string(name);
  }
  std::vector<std::string> lines = lines_in(file);
  for (std::string& line : lines) {
    const std::string mark = "{policies}";
    if (const std::size_t at = line.find(mark); at != line.npos) {
      line.replace(at, mark.size(), policies);
    }
  }
  return lines;
}

struct BrokenScenario {
  std::string file;
  std::vector<std::string> sets;
  std::vector<std::string> expected;  // as told when the program stands in broken_folder()
};

inline std::filesystem::path broken_folder() { return source_folder() / "tests/broken_scenarios"; }

inline std::vector<BrokenScenario> broken_scenarios() {
  std::vector<BrokenScenario> scenarios;
  for (const std::string& expected : files_in(broken_folder(), ".expected")) {
    const std::string name = expected.substr(0, expected.rfind('.'));
    scenarios.push_back({name + ".json", lines_in(broken_folder() / (name + ".sets")),
                         expected_in(broken_folder() / expected)});
  }
  return scenarios;
}

// Stands in another folder for a while, so that messages name short paths.
class StandingIn {
 public:
  explicit StandingIn(const std::filesystem::path& folder)
      : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(folder);
  }
  ~StandingIn() { std::filesystem::current_path(before_); }
  StandingIn(const StandingIn&) = delete;
  StandingIn& operator=(const StandingIn&) = delete;

 private:
  std::filesystem::path before_;
};

}  // namespace cdnsim::test
