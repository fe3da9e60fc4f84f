// What is told of a graph that was read from a file: as a table and as JSON.
// Does not know how its figures come about.
#pragma once

#include <string>

#include <cdnsim/models/topology/graph_figures.hpp>
#include <cdnsim/models/topology/graphml.hpp>

namespace cdnsim::tools {

struct GraphSummary {
  GraphmlFile file;
  GraphFigures figures;
  GraphQuirks quirks;
};

std::string graph_text(const GraphSummary& summary);
std::string graph_json(const GraphSummary& summary);

}  // namespace cdnsim::tools
