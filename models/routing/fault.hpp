// Where a chain of links stops being a way that traffic may take, and why.
// Does not know costs, nor which links are up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/models/routing/explain.hpp>

namespace cdnsim {

struct Fault {
  Verdict verdict;
  std::string why;
};

// Nothing when the ports, crossed one after the other from `from` on, are a way.
std::optional<Fault> fault_of(const NetworkMap& map, const PhaseGraph& graph, std::uint32_t from,
                              const std::vector<PortRef>& ports);

}  // namespace cdnsim
