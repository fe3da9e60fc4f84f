// What the cache laboratory found, as a table, as CSV or as JSON: the same rows and columns.
// Does not know how it was found.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <cdnsim/laboratory/laboratory.hpp>

namespace cdnsim::tools {

struct LabRow {
  std::string trace;
  LabCacheSpec spec;
  LabCounts counts;
};

enum class LabFormat { table, csv, json };

// With `timing`, the time of a request too, which differs between runs.
std::string lab_text(const std::vector<LabRow>& rows, LabFormat format, bool ignore_sizes,
                     bool timing);

}  // namespace cdnsim::tools
