// What is told of a scenario without this or that: as a table and as JSON.
// Does not know how it was found.
#pragma once

#include <cstdint>
#include <string>

#include <cdnsim/whatif/what_if.hpp>

namespace cdnsim::tools {

inline constexpr std::uint64_t kRowsShown = 40;

std::string whatif_text(const whatif::WhatIf& found, std::uint64_t rows);
std::string whatif_json(const whatif::WhatIf& found);

}  // namespace cdnsim::tools
