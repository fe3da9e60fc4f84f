#include <algorithm>
#include <array>

#include <cdnsim/config/schemas.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/json_schema.hpp>

#include "scenario_files.hpp"

namespace cdnsim::test {
namespace {

std::vector<std::string> whole_paths(const std::filesystem::path& folder) {
  std::vector<std::string> files;
  for (const std::string& file : files_in(folder, ".json"))
    files.push_back((folder / file).string());
  return files;
}

// Asks the validator about every file of a folder.
void check_folder(const JsonSchema& schema, const std::filesystem::path& folder, bool right,
                  const std::string& form = "") {
  const std::vector<std::string> files = whole_paths(folder);
  const std::vector<bool> accepted = schema.accepts_files(files, form);
  for (std::size_t i = 0; i < files.size(); ++i) {
    CAPTURE(files[i]);
    CHECK(accepted[i] == right);
  }
}

TEST_CASE("an independent validator and the reader agree on scenario files") {
  const auto schema = JsonSchema::from(config::scenario_schema());
  if (!schema) {
    WARN(JsonSchema::kSkipped);
    return;
  }
  check_folder(*schema, broken_folder() / "good", true);
  check_folder(*schema, broken_folder() / "structure", false);
  // What only the program can know.
  check_folder(*schema, broken_folder() / "meaning", true);
}

TEST_CASE("an independent validator accepts every scenario") {
  const auto schema = JsonSchema::from(config::scenario_schema());
  if (!schema) {
    WARN(JsonSchema::kSkipped);
    return;
  }
  std::vector<std::string> files;
  for (const std::string& file : files_in(source_folder() / "scenarios", ".json")) {
    constexpr std::array kOthers = {"bases/", "schema/", "sweeps/", "pages/"};
    const bool is_whole =
        std::ranges::none_of(kOthers, [&](const char* folder) { return file.starts_with(folder); });
    if (is_whole) files.push_back((source_folder() / "scenarios" / file).string());
  }
  REQUIRE_FALSE(files.empty());
  CHECK(schema->accepts_files(files) == std::vector<bool>(files.size(), true));
  // A base may be as incomplete as what changes it.
  check_folder(*schema, source_folder() / "scenarios/bases", true, "patch");
}

TEST_CASE("the published schemas are those that the program prints") {
  const auto published = [](const std::string& name) {
    std::string text;
    for (const std::string& line : lines_in(source_folder() / "scenarios/schema" / name)) {
      text += line + '\n';
    }
    return text;
  };
  // Mended by: cdnsim schema scenario > scenarios/schema/scenario.schema.json, and so for result.
  CHECK(published("scenario.schema.json") == config::scenario_schema());
  CHECK(published("result.schema.json") == config::result_schema());
}

}  // namespace
}  // namespace cdnsim::test
