// Gives a fuzzer each file of its corpus: whole, cut short, and with a byte changed.
// Does not know what the fuzzer asserts.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include <tests/support/catch.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace cdnsim::test {

inline void give(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

// `corpus` is a folder beside the fuzzers. Returns how many files it has.
inline std::size_t replay(const std::string& corpus) {
  const std::filesystem::path folder(std::string(std::getenv("CDNSIM_SOURCE_DIR")) +
                                     "/tests/fuzz/" + corpus);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream stream(entry.path(), std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    CAPTURE(entry.path());
    REQUIRE_NOTHROW(give(text));
    for (std::size_t at = 0; at < text.size(); ++at) {
      REQUIRE_NOTHROW(give(text.substr(0, at)));
      const char before = std::exchange(text[at], static_cast<char>(text[at] ^ 0x15));
      REQUIRE_NOTHROW(give(text));
      text[at] = before;
    }
    ++files;
  }
  return files;
}

}  // namespace cdnsim::test
