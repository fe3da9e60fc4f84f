// Which texts XML can hold, and how they are written in it.
// Does not know elements.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cdnsim::xml {

// Where the first byte is that is no UTF-8 or begins a control character other than tab and line
// ends; npos when there is none.
std::size_t bad_byte(std::string_view text);

// As the text of an element; as the value of an attribute, without the quotes.
std::string as_text(std::string_view text);
std::string as_value(std::string_view text);

}  // namespace cdnsim::xml
