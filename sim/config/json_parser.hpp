// JSON text to a Value tree in which everything knows its line and column.
// Does not know files, bases or overrides.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <cdnsim/config/value.hpp>

namespace cdnsim::config {

class Problems;

inline constexpr std::size_t kNestingMax = 64;
inline constexpr std::size_t kValuesMax = 500'000;

// A syntax error is the only problem reported of its text, and leaves no value. Of a key that is
// there twice the first counts; what is nested too deeply becomes Broken.
std::optional<Value> parse_json(std::string_view text, std::uint32_t source, Problems& problems);

bool is_utf8(std::string_view text);

}  // namespace cdnsim::config
