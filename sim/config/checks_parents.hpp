// The words that stand for a parent.
// Does not know who there is.
#pragma once

#include <string_view>

namespace cdnsim::config {

// The words that `shield` may have instead of an id.
inline constexpr std::string_view kNearest = "nearest";
inline constexpr std::string_view kNone = "none";

}  // namespace cdnsim::config
