// What a sweep's file must obey beyond its types: names of columns, seeds, figures to keep.
// Does not know the scenario.
#pragma once

#include <string>

#include <cdnsim/config/problems.hpp>
#include <cdnsim/sweep/spec.hpp>

namespace cdnsim::sweep {

// As SQLite compares names of columns: of a to z alone.
std::string lower(std::string text);

void check_spec(const SweepSpec& spec, config::Problems& problems);

}  // namespace cdnsim::sweep
