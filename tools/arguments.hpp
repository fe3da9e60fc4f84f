// Numbers and words of the command line, read strictly.
// Does not know which options there are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace cdnsim::tools {

inline constexpr std::uint64_t kThreadsMax = 1024;

// Decimal digits only. Throws a UserError that names the option.
std::uint64_t whole_number(const std::string& option, const std::string& text, std::uint64_t least,
                           std::uint64_t most);

// For CLI::Option::check().
CLI::Validator one_of_words(std::vector<std::string> words);
// The words that one_of_words() lets an option take; none where it takes others.
std::vector<std::string> words_of(const CLI::Option& option);

}  // namespace cdnsim::tools
