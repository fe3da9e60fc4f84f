#include "workplace.hpp"

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>

#include <tests/support/catch.hpp>

namespace cdnsim::test {
namespace {

namespace fs = std::filesystem;

fs::path fresh_folder() {
  std::string name = (fs::temp_directory_path() / "cdnsim-cli-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for this test");
  return name;
}

fs::path from_environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) throw std::runtime_error(std::string(name) + " is not set; ctest sets it");
  return value;
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

Workplace::Workplace() : folder_(fresh_folder()), outputs_(fresh_folder()) {
  fs::copy(from_environment("CDNSIM_SOURCE_DIR") / "tests/cli/small.json", folder_);
}

Workplace::~Workplace() {
  fs::remove_all(folder_);
  fs::remove_all(outputs_);
}

Called Workplace::cdnsim(const std::string& arguments, const std::string& prelude) const {
  return shell(prelude + " \"$CDNSIM\" " + arguments);
}

Called Workplace::shell(const std::string& command) const {
  const fs::path program = from_environment("CDNSIM_BIN_DIR") / "cdnsim";
  const std::string whole = "cd '" + folder_.string() + "' && CDNSIM='" + program.string() +
                            "' && { " + command + "\n} >'" + (outputs_ / "out").string() + "' 2>'" +
                            (outputs_ / "err").string() + "' </dev/null";
  const int status = std::system(whole.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
          read_file(outputs_ / "out"), read_file(outputs_ / "err")};
}

std::string Workplace::read(std::string_view name) const { return read_file(path(name)); }

void Workplace::write(std::string_view name, std::string_view text) const {
  std::ofstream(path(name), std::ios::binary) << text;
}

std::map<std::string, std::string> Workplace::files(std::string_view folder) const {
  std::map<std::string, std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(path(folder))) {
    if (!entry.is_regular_file()) continue;
    found[fs::relative(entry.path(), path(folder)).string()] = read_file(entry.path());
  }
  return found;
}

std::string Workplace::names_in(std::string_view folder) const {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(path(folder))) {
    names.insert(entry.path().filename().string());
  }
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

void check_mistakes(const Workplace& here, std::initializer_list<Mistake> mistakes) {
  for (const Mistake& mistake : mistakes) {
    CAPTURE(mistake.arguments);
    const Called call = here.cdnsim(mistake.arguments);
    CHECK(call.status == 2);
    CHECK(call.out.empty());
    CHECK_THAT(call.err, Catch::Contains(mistake.told));
  }
}

}  // namespace cdnsim::test
