// Whatever graph is written comes back as it was.

#include <set>
#include <string>
#include <vector>

#include <cdnsim/models/topology/graphml.hpp>
#include <cdnsim/models/topology/link_speed.hpp>
#include <tests/support/rapidcheck.hpp>

namespace graphml_test {

using namespace cdnsim;

// Pieces that have a meaning in XML, white space, and letters of one to four bytes.
std::string any_text() {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "a", "B", "7", " ", "  ", "\t", "\n", "\r", "\r\n", "<", ">", "&", "\"", "'", "&amp;", "]]>",
      "<!--", "&#65;", "é", "日", "\xf0\x9f\x8c\x8d", "\x7f"));
  std::string text;
  for (const std::string& piece : pieces) text += piece;
  return text;
}

std::string name_not_in(const std::set<std::string>& taken) {
  std::string name = any_text();
  while (name.empty() || taken.contains(name)) name += "x";
  return name;
}

std::vector<GraphAttribute> any_attributes(std::set<std::string> taken) {
  std::vector<GraphAttribute> attributes;
  const auto count = *rc::gen::inRange(0, 4);
  for (int i = 0; i < count; ++i) {
    // Few names, so that elements share keys, with the same type and with another.
    const std::string usual = *rc::gen::element<std::string>("Internal", "type", "LinkNote", "");
    const bool is_new = !usual.empty() && !taken.contains(usual);
    const std::string name = is_new ? usual : name_not_in(taken);
    taken.insert(name);
    attributes.push_back(
        {name,
         *rc::gen::element<std::string>("boolean", "int", "long", "float", "double", "string"),
         any_text()});
  }
  return attributes;
}

GraphNode any_node(std::set<std::string>& ids) {
  GraphNode node;
  node.id = name_not_in(ids);
  ids.insert(node.id);
  node.label = any_text();
  node.country = any_text();
  if (*rc::gen::arbitrary<bool>()) {
    node.position = Coordinates{*rc::gen::inRange(-90'000'000, 90'000'001),
                                *rc::gen::inRange(-180'000'000, 180'000'001)};
  }
  node.attributes = any_attributes({"label", "Country", "Latitude", "Longitude"});
  return node;
}

GraphEdge any_edge(std::uint32_t nodes) {
  GraphEdge edge;
  edge.from = *rc::gen::inRange(0u, nodes);
  edge.to = *rc::gen::inRange(0u, nodes);
  edge.id = any_text();
  edge.attributes = any_attributes(
      {"id", "LinkSpeedRaw", "LinkSpeed", "LinkSpeedUnits", "LinkLabel", "LinkType"});
  if (*rc::gen::arbitrary<bool>()) {
    edge.speed = BitRate(*rc::gen::inRange<std::int64_t>(0, BitRate::max().count()));
  }
  return edge;
}

GraphDocument any_graph() {
  GraphDocument document;
  document.id = any_text();
  document.directed = *rc::gen::arbitrary<bool>();
  document.attributes = any_attributes({});
  std::set<std::string> ids;
  const auto nodes = *rc::gen::inRange(0u, 6u);
  for (std::uint32_t i = 0; i < nodes; ++i) document.nodes.push_back(any_node(ids));
  const auto edges = nodes == 0 ? 0 : *rc::gen::inRange(0, 6);
  for (int i = 0; i < edges; ++i) document.edges.push_back(any_edge(nodes));
  return document;
}

TEST_CASE("a graph") {
  rc::prop("comes back from its GraphML, with nothing lost, added or told", [] {
    const GraphDocument document = any_graph();
    const std::string text = write_graphml(document);
    const GraphmlFile file = parse_graphml(text, "written");
    RC_ASSERT(file.document == document);
    RC_ASSERT(write_graphml(file.document) == text);
    RC_ASSERT(file.notes.nan_values + file.notes.half_positions == 0u);
    RC_ASSERT(file.notes.drawings + file.notes.descriptions == 0u);
  });
}

}  // namespace graphml_test
