// How laws write their parameters: "median=24KiB,sigma=1.2".
// Does not know which laws there are.
#pragma once

#include <map>
#include <string_view>

namespace cdnsim {

// "a=1,b=2" as a map; empty when it does not have that form or names a key twice.
std::map<std::string_view, std::string_view> law_parameters(std::string_view text);

// The whole text as a decimal number, if it lies between the two.
bool read_number(std::string_view text, double low, double high, double& value);

}  // namespace cdnsim
