// A graph for other programs: DOT for Graphviz, GeoJSON for maps.
// Does not know how graphs are read (graphml.hpp).
#pragma once

#include <cstdint>
#include <string>

#include <cdnsim/models/topology/graph_document.hpp>

namespace cdnsim {

// `neato -n` draws it as a map: one degree is one inch.
std::string write_dot(const GraphDocument& document);

struct GeoJson {
  std::string text;
  std::uint64_t nodes_left_out = 0;  // without a position
  std::uint64_t edges_left_out = 0;  // with such an end
};

// Nodes are points, edges are lines. A line across the date line is cut there in two.
GeoJson write_geojson(const GraphDocument& document);

}  // namespace cdnsim
