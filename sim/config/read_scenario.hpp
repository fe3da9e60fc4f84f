// A scenario out of a document: overrides applied, every field read, everything checked.
// Does not know files.
#pragma once

#include <span>
#include <string>

#include <cdnsim/config/document.hpp>
#include <cdnsim/config/problems.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::config {

// What could not be read keeps its default; `problems` says why.
Scenario read_scenario(Document& document, std::span<const std::string> sets, Problems& problems);

}  // namespace cdnsim::config
