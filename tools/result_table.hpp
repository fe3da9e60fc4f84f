// A result as a capacity planner reads it in half a minute, and what would puzzle them explained.
// Does not know files or where it is printed.
#pragma once

#include <string>
#include <vector>

#include <cdnsim/scenario/result.hpp>

namespace cdnsim::tools {

// At most kWidthMax columns; the same text for the same result.
std::string result_table(const Result& result);

// What a month costs: by category, by its dearest links, and what the month is made of. Empty where
// nothing is billed.
std::string bill_section(const Result& result);

// Events that last: before, during and after each. Empty where there are none.
std::string events_section(const Result& result);

// Figures that are not what they seem, a sentence each.
std::vector<std::string> notes_on(const Result& result);

}  // namespace cdnsim::tools
