// A directory of results that changes from its old state to its new one, whatever happens between.
// Does not know what the files hold.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cdnsim::tools {

// Files are written into a scratch directory and become visible all at once with publish(): the
// directory is swapped for the old one. Where that cannot be (it holds files of others, is the
// working directory, or the file system cannot swap), the files are renamed one after the other,
// the last of `names` last; only a kill between those renames can leave old files beside new ones.
// Scratch directories of killed programs are removed by the next that writes to the same place.
class OutputDirectory {
 public:
  // `names`: the files that will be written; any of them may be absent in the end.
  // Throws a UserError when `target` cannot be written to.
  OutputDirectory(const std::filesystem::path& target, std::vector<std::string> names);
  // Removes what was not published.
  ~OutputDirectory();
  OutputDirectory(const OutputDirectory&) = delete;
  OutputDirectory& operator=(const OutputDirectory&) = delete;

  // Where to write the file that will be `name`.
  std::filesystem::path scratch(std::string_view name) const { return scratch_ / name; }
  // What to call it when something goes wrong.
  std::filesystem::path shown(std::string_view name) const { return shown_ / name; }

  // REQUIRES: the files are closed.
  void publish();

 private:
  void find_target();
  void make_parents();
  bool can_be_swapped() const;
  void make_scratch(const std::filesystem::path& folder, const std::string& prefix);
  bool swap_directories();
  void rename_files();
  void discard() noexcept;

  std::filesystem::path shown_;   // as the user wrote it
  std::filesystem::path target_;  // absolute, without symbolic links
  std::vector<std::string> names_;
  std::vector<std::filesystem::path> made_;  // parents that were not there, outermost first
  std::filesystem::path scratch_;
  int lock_ = -1;
};

}  // namespace cdnsim::tools
