// Results read back from what `cdnsim run -o DIR` wrote.
// Does not know what is done with them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <cdnsim/compare/comparison.hpp>

namespace cdnsim::tools {

// What one argument names: a result.json, the folder of a run, or a folder of such folders, which
// are replications. Throws a UserError that says what is there instead.
compare::Side read_side(const std::string& argument);

// A file of a run's folder, and its series unpacked. Throws a UserError where it cannot be read.
std::string text_of_run(const std::string& folder, const char* name);
std::string series_text(const std::string& folder);

// One bin of one node in which two series part: column, and what it says on each side; a node
// that one side alone has is told as a whole.
struct Parting {
  std::string start_s, node;
  std::vector<std::string> columns;
};
// The first bin in which the series of two runs differ, with each of its nodes that do; none
// when they are the same. Both arguments are folders of runs.
std::vector<Parting> first_divergence(const std::string& baseline, const std::string& candidate);

}  // namespace cdnsim::tools
