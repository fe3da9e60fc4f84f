// A folder of files that a test writes and that is gone afterwards.
// Does not know what is in them.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace cdnsim::test {

class ScratchFiles {
 public:
  ScratchFiles() {
    std::string name = (std::filesystem::temp_directory_path() / "cdnsim-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~ScratchFiles() { std::filesystem::remove_all(folder_); }
  ScratchFiles(const ScratchFiles&) = delete;
  ScratchFiles& operator=(const ScratchFiles&) = delete;

  const std::filesystem::path& folder() const { return folder_; }

  // Returns the whole path.
  std::string write(const std::string& name, std::string_view text) const {
    const std::filesystem::path file = folder_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file.string();
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  // The text with the folder's name taken out.
  std::string shortened(std::string text) const {
    const std::string prefix = folder_.string() + "/";
    for (std::size_t at = text.find(prefix); at != text.npos; at = text.find(prefix)) {
      text.erase(at, prefix.size());
    }
    return text;
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace cdnsim::test
