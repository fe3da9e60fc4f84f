// Numbers of the command line, read strictly.
// Does not know which options there are.
#pragma once

#include <cstdint>
#include <string>

namespace cdnsim::tools {

inline constexpr std::uint64_t kThreadsMax = 1024;

// Decimal digits only. Throws a UserError that names the option.
std::uint64_t whole_number(const std::string& option, const std::string& text, std::uint64_t least,
                           std::uint64_t most);

}  // namespace cdnsim::tools
