// What somebody who mistyped a name may have meant.
// Does not know what the names are names of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cdnsim::config {

// Nobody mistypes a name this long in a way that a distance explains.
inline constexpr std::size_t kComparedBytesMax = 64;

// Letters to insert, delete, replace or swap with their neighbour; upper and lower case are alike.
// REQUIRES: neither is longer than kComparedBytesMax.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The known name that is nearest, if it is near enough to be meant.
const std::string* nearest(std::string_view typed, const std::vector<std::string>& known);

// `; did you mean "lru"?` if one is near, else `; known: fifo, lru, ...`, else "; none are known".
std::string hint(std::string_view typed, const std::vector<std::string>& known);

}  // namespace cdnsim::config
