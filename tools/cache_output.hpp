// What the cache laboratory found, as a table, as CSV or as JSON: the same rows and columns.
// Does not know how it was found.
#pragma once

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

// What the rows tell beyond misses.
struct LabColumns {
  bool bytes = true;  // in the table; elsewhere always
  bool admission = false;
  bool delays = false;
  bool causes = false;
  bool time = false;  // these two differ between runs
  bool memory = false;
};

std::string lab_text(const std::vector<LabRow>& rows, LabFormat format, const LabColumns& columns);

}  // namespace cdnsim::tools
