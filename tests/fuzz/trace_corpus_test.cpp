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
namespace {

void give(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

TEST_CASE("traces of the corpus, whole, cut short and with a byte changed, do no harm") {
  const std::filesystem::path folder(std::string(std::getenv("CDNSIM_SOURCE_DIR")) +
                                     "/tests/fuzz/trace_corpus");
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream stream(entry.path(), std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    CAPTURE(entry.path());
    REQUIRE_NOTHROW(give(text));
    const std::size_t step = 1 + text.size() / 60;
    for (std::size_t at = 0; at < text.size(); at += step) {
      REQUIRE_NOTHROW(give(text.substr(0, at)));
      const char before = std::exchange(text[at], static_cast<char>(text[at] ^ 0x15));
      REQUIRE_NOTHROW(give(text));
      text[at] = before;
    }
    ++files;
  }
  CHECK(files >= 13);
}

}  // namespace
}  // namespace cdnsim::test
