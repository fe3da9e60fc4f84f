#include <array>
#include <tuple>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/topology/degrees_text.hpp>
#include <cdnsim/models/topology/graphml.hpp>
#include <cdnsim/models/topology/xml_text.hpp>

namespace cdnsim {
namespace {

// Which keys there are, numbered as they first come.
class KeyNumbers {
 public:
  std::size_t of(std::string_view domain, std::string_view name, std::string_view type) {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (keys_[i] == Key(domain, name, type)) return i;
    }
    keys_.emplace_back(domain, name, type);
    return keys_.size() - 1;
  }

  std::string text() const {
    std::string out;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const auto& [domain, name, type] = keys_[i];
      out += fmt::format("  <key id=\"d{}\" for=\"{}\" attr.name=\"{}\" attr.type=\"{}\"/>\n", i,
                         domain, xml::as_value(name), type);
    }
    return out;
  }

 private:
  using Key = std::tuple<std::string_view, std::string_view, std::string_view>;
  std::vector<Key> keys_;
};

class GraphmlWriter {
 public:
  std::string write(const GraphDocument& document) {
    std::string id = document.id.empty() ? "" : " id=\"" + xml::as_value(document.id) + "\"";
    body_ = fmt::format("  <graph{} edgedefault=\"{}\">\n", id,
                        document.directed ? "directed" : "undirected");
    add_attributes("graph", document.attributes, 4);
    for (const GraphNode& node : document.nodes) add_node(node);
    for (const GraphEdge& edge : document.edges) add_edge(document, edge);
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
           "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n" +
           keys_.text() + body_ + "  </graph>\n</graphml>\n";
  }

 private:
  void add(std::string_view domain, std::string_view name, std::string_view type,
           std::string_view value, int indent = 6) {
    body_ += fmt::format("{:{}}<data key=\"d{}\">{}</data>\n", "", indent,
                         keys_.of(domain, name, type), xml::as_text(value));
  }

  void add_attributes(std::string_view domain, const std::vector<GraphAttribute>& attributes,
                      int indent = 6) {
    for (const GraphAttribute& data : attributes) {
      add(domain, data.name, data.type, data.value, indent);
    }
  }

  void add_node(const GraphNode& node) {
    CDNSIM_ASSERT(!node.id.empty(), "edges name nodes by their ids");
    body_ += "    <node id=\"" + xml::as_value(node.id) + "\">\n";
    if (!node.label.empty()) add("node", "label", "string", node.label);
    if (!node.country.empty()) add("node", "Country", "string", node.country);
    if (node.position) {
      add("node", "Latitude", "double", degrees_text(node.position->latitude));
      add("node", "Longitude", "double", degrees_text(node.position->longitude));
    }
    add_attributes("node", node.attributes);
    body_ += "    </node>\n";
  }

  void add_edge(const GraphDocument& document, const GraphEdge& edge) {
    body_ += fmt::format("    <edge source=\"{}\" target=\"{}\">\n",
                         xml::as_value(document.nodes.at(edge.from).id),
                         xml::as_value(document.nodes.at(edge.to).id));
    if (!edge.id.empty()) add("edge", "id", "string", edge.id);
    if (edge.speed) add("edge", "LinkSpeedRaw", "double", std::to_string(edge.speed->count()));
    add_attributes("edge", edge.attributes);
    body_ += "    </edge>\n";
  }

  KeyNumbers keys_;
  std::string body_;
};

}  // namespace

std::string write_graphml(const GraphDocument& document) { return GraphmlWriter().write(document); }

}  // namespace cdnsim
