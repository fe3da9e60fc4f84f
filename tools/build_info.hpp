// What program this is: its version and what compiled it.
// Does not know what it does.
#pragma once

#include <string>
#include <string_view>

namespace cdnsim::tools {

std::string_view version();   // "0.1.0"
std::string_view compiler();  // "g++ 12.2.0"
// A line for each of these, for whoever reports a problem.
std::string about_build();

}  // namespace cdnsim::tools
