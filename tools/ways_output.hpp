// What is told of the ways between two places of a scenario: as a table and as JSON.
// Does not know how ways are found.
#pragma once

#include <string>
#include <vector>

#include <cdnsim/models/routing/diversity.hpp>
#include <cdnsim/models/routing/explain.hpp>

namespace cdnsim::tools {

struct WaysSummary {
  std::string from;
  std::string to;
  std::vector<Explained> ways;
  Diversity diversity;
};

// "pop -> ix -> isp"
std::string places_text(const NetworkMap& map, std::uint32_t from, const Path& path);

std::string ways_text(const NetworkMap& map, std::uint32_t from, const WaysSummary& summary);
std::string ways_json(const NetworkMap& map, std::uint32_t from, const WaysSummary& summary);

}  // namespace cdnsim::tools
