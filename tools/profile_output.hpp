// What a trace is like, as text or as JSON.
// Does not know how it was found.
#pragma once

#include <string>

#include <cdnsim/trace/trace_profile.hpp>

namespace cdnsim::tools {

std::string profile_text(const TraceSummary& summary);
std::string profile_json(const TraceSummary& summary);

}  // namespace cdnsim::tools
