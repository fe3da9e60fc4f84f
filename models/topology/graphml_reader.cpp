#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <map>
#include <memory>
#include <system_error>

#include <fmt/format.h>
#include <pugixml.hpp>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/models/topology/graphml.hpp>
#include <cdnsim/models/topology/graphml_keys.hpp>
#include <cdnsim/models/topology/link_speed.hpp>
#include <cdnsim/models/topology/text_problems.hpp>
#include <cdnsim/models/topology/xml_text.hpp>

namespace cdnsim {
namespace {

using namespace graphml;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n\r";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// The whole text as a T.
template <class T>
std::optional<T> number_in(std::string_view text) {
  T value{};
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || rest != end) return std::nullopt;
  return value;
}

constexpr std::size_t kFileBytesMax = 256 << 20;

std::string bytes_of(const std::string& path) {
  const auto require = [&](bool fine, const std::string& why) {
    CDNSIM_REQUIRE_USER(fine, fmt::format("cannot read {}: {}", quoted(path), why));
  };
  const auto close = [](std::FILE* stream) { std::fclose(stream); };
  const std::unique_ptr<std::FILE, decltype(close)> stream(std::fopen(path.c_str(), "rb"), close);
  require(stream != nullptr, std::generic_category().message(errno));
  std::string text;
  std::array<char, 1 << 16> chunk{};
  while (const std::size_t got = std::fread(chunk.data(), 1, chunk.size(), stream.get())) {
    text.append(chunk.data(), got);
    require(text.size() <= kFileBytesMax, "it is larger than 256 MiB");
  }
  require(std::ferror(stream.get()) == 0, std::generic_category().message(errno));  // a folder
  return text;
}

class GraphmlReader {
 public:
  GraphmlReader(std::string_view text, const std::string& name)
      : text_(text), problems_(text, name) {}

  GraphmlFile read() {
    const std::size_t bad = xml::bad_byte(text_);
    if (bad != text_.npos) {
      fail(bad, "here is a byte that is not UTF-8 text; save the file as UTF-8");
    }
    // White space alone is a value too, when it is all that there is.
    constexpr unsigned kOptions = pugi::parse_default | pugi::parse_ws_pcdata_single;
    const pugi::xml_parse_result result =
        xml_.load_buffer(text_.data(), text_.size(), kOptions, pugi::encoding_utf8);
    if (!result) {
      fail(static_cast<std::size_t>(result.offset),
           fmt::format("this is no XML ({}); mend it here or just before", result.description()));
    }
    const pugi::xml_node root = xml_.document_element();
    if (name_of(root) != "graphml") {
      fail(offset_of(root), fmt::format("this is a file of <{}>, not of <graphml>; export the "
                                        "graph as GraphML",
                                        root.name()));
    }
    read_graph(only_graph_of(root));
    problems_.throw_if_any();
    return std::move(file_);
  }

 private:
  [[noreturn]] void fail(std::size_t offset, const std::string& message) {
    problems_.add(offset, message);
    problems_.throw_if_any();
    throw InternalError("a problem was added");
  }

  void wrong(const pugi::xml_node& element, const std::string& message) {
    problems_.add(offset_of(element), message);
  }

  // Reads the keys on the way.
  pugi::xml_node only_graph_of(const pugi::xml_node& root) {
    pugi::xml_node graph;
    for (const pugi::xml_node& child : root.children()) {
      if (child.type() != pugi::node_element) continue;
      const std::string_view name = name_of(child);
      if (name == "key") {
        keys_.add(child, problems_);
      } else if (name == "graph" && graph) {
        wrong(child, "a second graph; one file holds one, so take the others out");
      } else if (name == "graph") {
        graph = child;
      } else if (!passed_over(child)) {
        wrong(child, fmt::format("<{}> has no place here; a graphml holds keys and one graph",
                                 child.name()));
      }
    }
    if (!graph) fail(offset_of(root), "there is no <graph> in this file");
    return graph;
  }

  // What says nothing of the graph, and is counted.
  bool passed_over(const pugi::xml_node& element) {
    const std::string_view name = name_of(element);
    if (name == "desc") ++file_.notes.descriptions;
    if (name == "data" && name_of(element.parent()) == "graphml") ++file_.notes.drawings;
    return name == "desc" || name == "data";
  }

  void read_graph(const pugi::xml_node& graph) {
    GraphDocument& document = file_.document;
    document.id = checked(graph.attribute("id").value(), graph, problems_);
    const std::string_view direction = graph.attribute("edgedefault").value();
    document.directed = direction == "directed";
    if (!document.directed && direction != "undirected") {
      wrong(graph, fmt::format("edgedefault is {}; write \"directed\" or \"undirected\"",
                               quoted(direction)));
    }
    document.attributes = keys_.data_of(graph, "graph", file_.notes.drawings, problems_);
    // Nodes first: an edge may stand before its ends.
    for (const pugi::xml_node& child : graph.children()) {
      if (problems_.enough()) return;
      if (name_of(child) == "node") read_node(child);
    }
    for (const pugi::xml_node& child : graph.children()) {
      if (problems_.enough()) return;
      if (child.type() != pugi::node_element || name_of(child) == "node") continue;
      if (name_of(child) == "edge") {
        read_edge(child);
      } else if (!passed_over(child)) {
        wrong(child, name_of(child) == "hyperedge"
                         ? "hyperedges are not read; put a node in its place and an edge from it "
                           "to each end"
                         : fmt::format("<{}> has no place here; a graph holds nodes, edges and "
                                       "data",
                                       child.name()));
      }
    }
  }

  // A node or an edge holds data and nothing else.
  void check_children(const pugi::xml_node& element) {
    for (const pugi::xml_node& child : element.children()) {
      if (child.type() != pugi::node_element || passed_over(child)) continue;
      wrong(child, fmt::format("<{}> in {} is not read; take it out", child.name(),
                               name_of(element) == "node" ? "a node" : "an edge"));
    }
  }

  void read_node(const pugi::xml_node& element) {
    check_children(element);
    GraphNode node;
    node.id = checked(element.attribute("id").value(), element, problems_);
    std::optional<double> latitude, longitude;
    for (GraphAttribute& data : keys_.data_of(element, "node", file_.notes.drawings, problems_)) {
      if (data.name == "label") {
        node.label = std::move(data.value);
      } else if (data.name == "Country") {
        node.country = std::move(data.value);
      } else if (data.name == "Latitude") {
        latitude = degrees(element, data, 90);
      } else if (data.name == "Longitude") {
        longitude = degrees(element, data, 180);
      } else {
        node.attributes.push_back(std::move(data));
      }
    }
    if (latitude && longitude) node.position = coordinates(*latitude, *longitude);
    if (latitude.has_value() != longitude.has_value()) ++file_.notes.half_positions;
    const auto index = static_cast<std::uint32_t>(file_.document.nodes.size());
    if (node.id.empty()) {
      wrong(element, "this node has no id; give it one that no other has");
    } else if (!nodes_.emplace(node.id, index).second) {
      wrong(element, fmt::format("a second node has the id {}; ids must differ", quoted(node.id)));
    }
    file_.document.nodes.push_back(std::move(node));
  }

  // NaN, and a mistake that was told, are nothing.
  std::optional<double> number(const pugi::xml_node& element, const GraphAttribute& data,
                               double least, double most) {
    const std::string_view text = trimmed(data.value);
    const std::optional<double> value = number_in<double>(text);
    if (value && *value != *value) {
      ++file_.notes.nan_values;
      return std::nullopt;
    }
    if (value && *value >= least && *value <= most) return value;
    wrong(element, fmt::format("{} is {}; write a number from {} to {}", data.name,
                               quoted(data.value), least, most));
    return std::nullopt;
  }

  std::optional<double> degrees(const pugi::xml_node& element, const GraphAttribute& data,
                                double most) {
    return number(element, data, -most, most);
  }

  std::optional<BitRate> speed(const pugi::xml_node& element, const GraphAttribute& data) {
    const auto whole = number_in<std::int64_t>(trimmed(data.value));
    if (whole && *whole >= 0) return BitRate(*whole);
    constexpr double kMost = 1e18;
    const std::optional<double> value = number(element, data, 0, kMost);
    if (!value) return std::nullopt;
    return BitRate(static_cast<std::int64_t>(*value + 0.5));
  }

  std::uint32_t end_of(const pugi::xml_node& element, const char* which) {
    const std::string id = element.attribute(which).value();
    const auto found = nodes_.find(id);
    if (found != nodes_.end()) return found->second;
    wrong(element, fmt::format("{} is {}, and no node has this id; add the node or take the edge "
                               "out",
                               which, quoted(id)));
    return 0;
  }

  void read_edge(const pugi::xml_node& element) {
    check_children(element);
    GraphEdge edge;
    edge.from = end_of(element, "source");
    edge.to = end_of(element, "target");
    edge.id = checked(element.attribute("id").value(), element, problems_);
    const std::string_view directed = element.attribute("directed").value();
    const bool same = file_.document.directed ? directed != "false" : directed != "true";
    if (!same) {
      wrong(element, fmt::format("directed=\"{}\" contradicts the graph's edgedefault; make all "
                                 "edges alike",
                                 directed));
    }
    for (GraphAttribute& data : keys_.data_of(element, "edge", file_.notes.drawings, problems_)) {
      if (data.name == "id") {
        take_id(element, edge, std::move(data.value));
      } else if (data.name == "LinkSpeedRaw") {
        edge.speed = speed(element, data);
      } else {
        edge.attributes.push_back(std::move(data));
      }
    }
    if (!edge.speed) edge.speed = told_speed(edge.attributes);
    file_.document.edges.push_back(std::move(edge));
  }

  // The Topology Zoo writes an edge's id as data.
  void take_id(const pugi::xml_node& element, GraphEdge& edge, std::string id) {
    if (!edge.id.empty() && !id.empty() && edge.id != id) {
      wrong(element,
            fmt::format("this edge has two ids, {} and {}; keep one", quoted(edge.id), quoted(id)));
    }
    if (!id.empty()) edge.id = std::move(id);
  }

  std::string_view text_;
  TextProblems problems_;
  pugi::xml_document xml_;
  Keys keys_;
  std::map<std::string, std::uint32_t> nodes_;
  GraphmlFile file_;
};

}  // namespace

GraphmlFile parse_graphml(std::string_view text, const std::string& name) {
  return GraphmlReader(text, name).read();
}

GraphmlFile read_graphml(const std::string& path) { return parse_graphml(bytes_of(path), path); }

}  // namespace cdnsim
