// Says in plain words what the JSON parser did not like.
// Does not know where: places are the caller's.
#pragma once

#include <string>
#include <string_view>

namespace cdnsim::config {

// `what`: the parser's own text. `at`: the character that it stumbled over, 0 at the end.
// `before`: the last character before it that is not a space.
std::string syntax_message(std::string_view what, char at, char before);

}  // namespace cdnsim::config
