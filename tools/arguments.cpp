#include <cdnsim/tools/arguments.hpp>

#include <charconv>

#include <cdnsim/base/check.hpp>
#include <fmt/format.h>

namespace cdnsim::tools {

std::uint64_t whole_number(const std::string& option, const std::string& text, std::uint64_t least,
                           std::uint64_t most) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, problem] = std::from_chars(text.data(), end, number);
  CDNSIM_REQUIRE_USER(
      problem == std::errc{} && stopped == end && number >= least && number <= most,
      fmt::format("{} {}: write a whole number from {} to {}", option, text, least, most));
  return number;
}

}  // namespace cdnsim::tools
