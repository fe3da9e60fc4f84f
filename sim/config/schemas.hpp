// The published JSON Schemas (2020-12) of the files that people write and read.
// Does not know where they are kept.
#pragma once

#include <string>

namespace cdnsim::config {

std::string scenario_schema();
std::string result_schema();

}  // namespace cdnsim::config
