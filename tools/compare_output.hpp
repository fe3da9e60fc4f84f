// A comparison as a table, as JSON and as a JUnit report.
// Does not know where the results came from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <cdnsim/compare/comparison.hpp>
#include <cdnsim/tools/first_request.hpp>
#include <cdnsim/tools/result_files.hpp>

namespace cdnsim::tools {

// With what --explain and --first-divergence ask for.
struct Compared {
  compare::Comparison comparison;
  std::vector<compare::Explanation> explanations;
  std::vector<Parting> partings;
  bool sought_divergence = false;
  FirstRequest first_request = {};  // where they part
};

// What could not be compared, and why.
struct Uncompared {
  std::string name, message;
};

std::string comparison_text(const std::vector<Compared>& all, std::uint64_t rows);
std::string comparison_json(const std::vector<Compared>& all);
std::string comparison_junit(const std::vector<Compared>& all,
                             const std::vector<Uncompared>& others = {});

}  // namespace cdnsim::tools
