// GraphML: reading it, with the quirks of the Topology Zoo, and writing it.
// Does not know what a graph is used for. pugixml stays in graphml_reader.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <cdnsim/models/topology/graph_document.hpp>

namespace cdnsim {

// What was in the file and is not in the document.
struct GraphmlNotes {
  std::uint64_t nan_values = 0;      // positions and speeds "NaN": taken as not given
  std::uint64_t half_positions = 0;  // a latitude or a longitude alone: taken as not given
  std::uint64_t drawings = 0;        // data that are elements, not text: how an editor draws it
  std::uint64_t descriptions = 0;    // <desc>
};

struct GraphmlFile {
  GraphDocument document;
  GraphmlNotes notes;
};

// These data go into fields of their own, all others into attributes: of a node label, Latitude,
// Longitude and Country, of an edge id and LinkSpeedRaw. Where LinkSpeedRaw is missing, the speed
// comes from LinkSpeed and LinkSpeedUnits, LinkLabel or LinkType, if they tell one.
// Throws a UserError that tells every mistake, or the first twenty: where, what, how to mend it.
GraphmlFile parse_graphml(std::string_view text, const std::string& name);
GraphmlFile read_graphml(const std::string& path);

// parse_graphml gives the document back. REQUIRES: all texts are UTF-8 without control characters
// but tab and line ends; node ids are not empty and differ; the attributes of one element have
// different names that are not empty, those of nodes and edges none that is given above to a field;
// types are GraphML's; speeds are not negative; positions are on the globe; where an edge has no
// speed, its attributes tell none.
std::string write_graphml(const GraphDocument& document);

}  // namespace cdnsim
