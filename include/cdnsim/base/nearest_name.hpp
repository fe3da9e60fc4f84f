// "did you mean": the known name that differs from a given one by the fewest typing mistakes.
// Does not know what is named.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace cdnsim {

// `; did you mean "lru"?` or nothing, when no name is near.
std::string did_you_mean(std::string_view given, std::span<const std::string_view> known);

}  // namespace cdnsim
