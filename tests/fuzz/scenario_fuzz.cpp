// Any bytes as a scenario file: they give a scenario or problems, and never more than that.
// A first line that begins with '/' is an override.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/config/read_scenario.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cdnsim;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> sets;
  if (text.starts_with('/')) {
    sets.emplace_back(text.substr(0, text.find('\n')));
    text.remove_prefix(sets.front().size());
  }
  config::Document document;
  config::Problems problems(document);
  if (config::read_text("fuzz", text, document, problems)) {
    config::read_scenario(document, sets, problems);
  } else {
    CDNSIM_ASSERT(!problems.empty(), "what cannot be read must be a problem");
  }
  try {
    problems.raise();
  } catch (const ScenarioError& error) {
    CDNSIM_ASSERT(!std::string_view(error.what()).empty(), "a problem must say something");
  }
  return 0;
}
