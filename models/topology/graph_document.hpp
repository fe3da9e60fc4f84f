// A graph as a file tells it: nodes, edges, and whatever is said of them.
// Does not know file formats, nor what the graph is a graph of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/geography/coordinates.hpp>

namespace cdnsim {

// A value as text, with the type that GraphML gives it: boolean, int, long, float, double, string.
struct GraphAttribute {
  std::string name;
  std::string type = "string";
  std::string value;
  bool operator==(const GraphAttribute&) const = default;
};

struct GraphNode {
  std::string id;     // no other node's
  std::string label;  // may be another node's too
  std::string country;
  std::optional<Coordinates> position;
  std::vector<GraphAttribute> attributes;
  bool operator==(const GraphNode&) const = default;
};

struct GraphEdge {
  std::uint32_t from = 0;  // indices of nodes
  std::uint32_t to = 0;
  std::string id;
  std::optional<BitRate> speed;
  std::vector<GraphAttribute> attributes;
  bool operator==(const GraphEdge&) const = default;
};

struct GraphDocument {
  std::string id;
  bool directed = false;
  std::vector<GraphAttribute> attributes;
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;
  bool operator==(const GraphDocument&) const = default;
};

}  // namespace cdnsim
