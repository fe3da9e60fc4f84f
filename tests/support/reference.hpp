// Where the reference data lies that some tests compare with: the folder CDNSIM_REFERENCE.
// Does not know what is in it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>

namespace cdnsim::test {

// Nothing when there is none. The line printed then is what makes ctest call the test skipped, so
// only cases tagged [reference] may ask.
inline std::optional<std::filesystem::path> reference_folder() {
  const char* folder = std::getenv("CDNSIM_REFERENCE");
  if (folder == nullptr || *folder == '\0') {
    std::cout << "CDNSIM_REFERENCE is not set: skipped\n";
    return std::nullopt;
  }
  return std::filesystem::path(folder);
}

}  // namespace cdnsim::test
