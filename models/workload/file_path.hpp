// A file that a scenario names.
// Does not know what is in it, nor whether it is there.
#pragma once

#include <filesystem>
#include <string>

#include <cdnsim/base/text.hpp>

namespace cdnsim {

struct FilePath {
  std::string given;   // as it stands in the scenario
  std::string folder;  // of the file that says it; empty: the working directory

  std::string path() const {
    return (std::filesystem::path(folder) / given).lexically_normal().string();
  }
  friend bool operator==(const FilePath&, const FilePath&) = default;
};

// Where the scenario lies is no part of it.
inline std::string to_text(const FilePath& file) { return file.given; }

template <>
struct UnitInfo<FilePath> {
  static constexpr const char* kName = "the path of a file";
  static constexpr const char* kExample = "traces/web.csv.zst";
  static constexpr const char* kPattern = "^.+$";
};

}  // namespace cdnsim
