// What stands in one field of a table: nothing, a whole number, a number or a text.
// Does not know tables.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace cdnsim::sweep {

using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;
// Fields by their columns' names, of which a row may lack some.
using Row = std::vector<std::pair<std::string, Cell>>;

}  // namespace cdnsim::sweep
