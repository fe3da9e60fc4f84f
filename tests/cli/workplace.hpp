// A folder of its own with a small scenario in it, in which the built program is called as from a
// shell. Does not know what the program does.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

namespace cdnsim::test {

struct Called {
  int status = 0;
  std::string out, err;
};

class Workplace {
 public:
  Workplace();  // holds small.json
  ~Workplace();
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

  // In this folder: cdnsim `arguments`, which the shell reads. `prelude` are shell commands before.
  Called cdnsim(const std::string& arguments, const std::string& prelude = "") const;
  // Any shell command; $CDNSIM is the program.
  Called shell(const std::string& command) const;

  std::filesystem::path path(std::string_view name) const { return folder_ / name; }
  std::string read(std::string_view name) const;
  void write(std::string_view name, std::string_view text) const;
  // Every file below, by its path, with its bytes.
  std::map<std::string, std::string> files(std::string_view folder) const;
  // What is in a folder, hidden ones too: "a b c".
  std::string names_in(std::string_view folder = ".") const;

 private:
  std::filesystem::path folder_;
  std::filesystem::path outputs_;
};

// What a user may write wrongly, and a part of what he is told.
struct Mistake {
  const char* arguments;
  const char* told;
};
// Each ends in 2, with that on standard error and nothing on the other.
void check_mistakes(const Workplace& here, std::initializer_list<Mistake> mistakes);

}  // namespace cdnsim::test
