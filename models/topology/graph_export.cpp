#include <fmt/format.h>

#include <cdnsim/models/topology/degrees_text.hpp>
#include <cdnsim/models/topology/graph_export.hpp>

namespace cdnsim {
namespace {

// In a quoted string of DOT only the quote must be escaped; the backslash too, or a label would
// take "\n" for a new line and "\N" for its node.
std::string dot_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string json_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string speed_text(const GraphEdge& edge) { return std::to_string(edge.speed->count()); }

std::string dot_node(const GraphNode& node) {
  std::string out = "  " + dot_quoted(node.id) + " [label=" + dot_quoted(node.label);
  if (!node.country.empty()) out += ", country=" + dot_quoted(node.country);
  if (node.position) {
    out += fmt::format(", pos=\"{},{}!\"", degrees_text(node.position->longitude),
                       degrees_text(node.position->latitude));
  }
  return out + "];\n";
}

// [longitude,latitude]
std::string json_position(Coordinates place) {
  return "[" + degrees_text(place.longitude) + "," + degrees_text(place.latitude) + "]";
}

std::string json_line(Coordinates a, Coordinates b) {
  constexpr std::int64_t kHalfTurn = 180LL * Coordinates::kPerDegree;
  const std::int64_t east = std::int64_t{b.longitude} - a.longitude;
  if (east <= kHalfTurn && east >= -kHalfTurn) {
    return "\"LineString\",\"coordinates\":[" + json_position(a) + "," + json_position(b) + "]";
  }
  // The short way is over the date line. Where it is met, by the rule of three.
  const std::int64_t side = a.longitude > 0 ? kHalfTurn : -kHalfTurn;
  const std::int64_t width = 2 * kHalfTurn - (east < 0 ? -east : east);
  const std::int64_t first = side > 0 ? side - a.longitude : a.longitude - side;
  const std::int64_t north = std::int64_t{b.latitude} - a.latitude;
  const auto latitude =
      static_cast<std::int32_t>(a.latitude + (width == 0 ? 0 : north * first / width));
  const Coordinates here{latitude, static_cast<std::int32_t>(side)};
  const Coordinates there{latitude, static_cast<std::int32_t>(-side)};
  return "\"MultiLineString\",\"coordinates\":[[" + json_position(a) + "," + json_position(here) +
         "],[" + json_position(there) + "," + json_position(b) + "]]";
}

std::string feature(const std::string& geometry, const std::string& properties) {
  return "{\"type\":\"Feature\",\"geometry\":{\"type\":" + geometry + "},\"properties\":{" +
         properties + "}}";
}

std::string point_feature(const GraphNode& node) {
  return feature("\"Point\",\"coordinates\":" + json_position(*node.position),
                 "\"id\":" + json_quoted(node.id) + ",\"label\":" + json_quoted(node.label) +
                     ",\"country\":" + json_quoted(node.country));
}

std::string line_feature(const GraphDocument& document, const GraphEdge& edge) {
  const GraphNode& from = document.nodes[edge.from];
  const GraphNode& to = document.nodes[edge.to];
  return feature(json_line(*from.position, *to.position),
                 "\"id\":" + json_quoted(edge.id) + ",\"from\":" + json_quoted(from.id) +
                     ",\"to\":" + json_quoted(to.id) +
                     ",\"speed_bps\":" + (edge.speed ? speed_text(edge) : "null"));
}

}  // namespace

std::string write_dot(const GraphDocument& document) {
  std::string out = (document.directed ? "digraph " : "graph ") + dot_quoted(document.id) + " {\n";
  for (const GraphNode& node : document.nodes) out += dot_node(node);
  for (const GraphEdge& edge : document.edges) {
    out += fmt::format("  {} {} {} [id={}", dot_quoted(document.nodes[edge.from].id),
                       document.directed ? "->" : "--", dot_quoted(document.nodes[edge.to].id),
                       dot_quoted(edge.id));
    if (edge.speed) out += ", speed_bps=" + speed_text(edge);
    out += "];\n";
  }
  return out + "}\n";
}

GeoJson write_geojson(const GraphDocument& document) {
  GeoJson out;
  std::string features;
  const auto add = [&](const std::string& text) {
    features += (features.empty() ? "\n" : ",\n") + text;
  };
  for (const GraphNode& node : document.nodes) {
    if (node.position) {
      add(point_feature(node));
    } else {
      ++out.nodes_left_out;
    }
  }
  for (const GraphEdge& edge : document.edges) {
    if (document.nodes[edge.from].position && document.nodes[edge.to].position) {
      add(line_feature(document, edge));
    } else {
      ++out.edges_left_out;
    }
  }
  out.text = fmt::format(
      "{{\"type\":\"FeatureCollection\",\"nodes_left_out\":{},\"edges_left_out\":{},"
      "\"features\":[{}\n]}}\n",
      out.nodes_left_out, out.edges_left_out, features);
  return out;
}

}  // namespace cdnsim
