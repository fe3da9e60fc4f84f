#include <charconv>
#include <sstream>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/config/suggest.hpp>
#include <cdnsim/tools/arguments.hpp>

namespace cdnsim::tools {
namespace {

// Of a validator's name, before the words that it knows.
constexpr std::string_view kWordsAre = "words: ";

}  // namespace

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
  const auto problem = [words](const std::string& text) {
    for (const std::string& word : words) {
      if (text == word) return std::string();
    }
    return fmt::format("unknown \"{}\"{}", text, config::hint(text, words));
  };
  return CLI::Validator(problem, "", fmt::format("{}{}", kWordsAre, fmt::join(words, " ")));
}

std::vector<std::string> words_of(const CLI::Option& option) {
  std::vector<std::string> words;
  for (int i = 0;; ++i) {
    std::string name;
    try {
      name = const_cast<CLI::Option&>(option).get_validator(i)->get_name();
    } catch (const CLI::OptionNotFound&) {
      return words;
    }
    if (!name.starts_with(kWordsAre)) continue;
    std::istringstream text(name.substr(kWordsAre.size()));
    for (std::string word; text >> word;) words.push_back(word);
  }
}

}  // namespace cdnsim::tools
