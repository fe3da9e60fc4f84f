// Asks another implementation of JSON Schema (python3-jsonschema) what it thinks of documents.
// Does not know which schemas there are.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <tests/support/scratch_files.hpp>

namespace cdnsim::test {

class JsonSchema {
 public:
  // Nothing when python3 lacks jsonschema; a test then says so and skips.
  static std::optional<JsonSchema> from(const std::string& schema) {
    const std::string import = python() + " -c 'from jsonschema import Draft202012Validator' 2>&1";
    if (std::system((import + " >/dev/null").c_str()) != 0) return std::nullopt;
    return JsonSchema(schema);
  }
  static constexpr const char* kSkipped =
      "skipped: python3 has no jsonschema (Debian package python3-jsonschema)";

  // Whether each file holds JSON that fits the schema; `form`: only that part of it, under $defs.
  std::vector<bool> accepts_files(const std::vector<std::string>& files,
                                  const std::string& form = "") const {
    const ScratchFiles scratch;
    std::string list;
    for (const std::string& file : files) list += file + '\n';
    const std::string command = python() + " " + scratch.write("validate.py", kScript) + " " +
                                scratch.write("schema.json", schema_) + " " +
                                scratch.write("files", list) + " " + form;
    std::FILE* const pipe = popen(command.c_str(), "r");
    std::vector<bool> answers;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) answers.push_back(c == '1');
    if (pclose(pipe) != 0 || answers.size() != files.size()) {
      throw std::runtime_error("the validator did not get through the files");
    }
    return answers;
  }

  std::vector<bool> accepts(const std::vector<std::string>& documents) const {
    const ScratchFiles scratch;
    std::vector<std::string> files;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      files.push_back(scratch.write(std::to_string(i), documents[i]));
    }
    return accepts_files(files);
  }

 private:
  explicit JsonSchema(std::string schema) : schema_(std::move(schema)) {}

  static std::string python() {
    const char* found = std::getenv("CDNSIM_PYTHON");
    return found ? found : "python3";
  }

  static constexpr const char* kScript = R"(
import json, sys
from jsonschema import Draft202012Validator

schema = json.load(open(sys.argv[1]))
if len(sys.argv) > 3:
    schema.update({"if": True, "then": {"$ref": "#/$defs/" + sys.argv[3]}})
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
for name in open(sys.argv[2]):
    print("01"[validator.is_valid(json.load(open(name.strip())))], end="")
)";

  std::string schema_;
};

}  // namespace cdnsim::test
