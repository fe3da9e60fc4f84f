// What a node or a tier counted, as figures of a result.
// Does not know nodes.
#pragma once

#include <cstdint>

#include <cdnsim/observe/recorder.hpp>
#include <cdnsim/scenario/activity_result.hpp>

namespace cdnsim::assembly {

// Not a number when there is nothing to be a part of.
double ratio(std::uint64_t part, std::uint64_t whole);

OutcomeCounts outcomes_of(const ClassCounts& counts);
Activity activity_of(const ClassCounts& counts);

}  // namespace cdnsim::assembly
