#include <charconv>
#include <utility>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/config/suggest.hpp>
#include <cdnsim/tools/arguments.hpp>

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

CLI::Validator one_of_words(std::vector<std::string> words) {
  const auto problem = [words = std::move(words)](const std::string& text) {
    for (const std::string& word : words) {
      if (text == word) return std::string();
    }
    return fmt::format("unknown \"{}\"{}", text, config::hint(text, words));
  };
  return CLI::Validator(problem, "", "one_of_words");
}

}  // namespace cdnsim::tools
