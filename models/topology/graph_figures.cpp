#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>

#include <cdnsim/base/int128.hpp>
#include <cdnsim/models/topology/graph_figures.hpp>

namespace cdnsim {
namespace {

struct Weight {
  std::int64_t value;
};
using WeightedGraph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, Weight>;
using PlainGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;

constexpr std::int64_t kUnreached = std::numeric_limits<std::int64_t>::max();

void add_link(WeightedGraph& graph, const GraphDocument& document, const GraphEdge& edge,
              std::int64_t weight) {
  boost::add_edge(edge.from, edge.to, Weight{weight}, graph);
  if (!document.directed) boost::add_edge(edge.to, edge.from, Weight{weight}, graph);
}

PairDistances distances_in(const WeightedGraph& graph) {
  PairDistances result;
  Int128 sum = 0;
  const auto nodes = static_cast<std::uint32_t>(boost::num_vertices(graph));
  std::vector<std::int64_t> distance(nodes);
  for (std::uint32_t from = 0; from < nodes; ++from) {
    boost::dijkstra_shortest_paths(graph, from,
                                   boost::weight_map(boost::get(&Weight::value, graph))
                                       .distance_map(boost::make_iterator_property_map(
                                           distance.begin(), get(boost::vertex_index, graph)))
                                       .distance_inf(kUnreached));
    for (std::uint32_t to = 0; to < nodes; ++to) {
      if (to == from || distance[to] == kUnreached) continue;
      ++result.pairs;
      sum += distance[to];
      if (result.pairs > 1 && distance[to] <= result.most) continue;
      result.most = distance[to];
      result.from = from;
      result.to = to;
    }
  }
  if (result.pairs > 0) {
    result.mean = static_cast<double>(sum) / static_cast<double>(result.pairs);
  }
  return result;
}

void count_components(const GraphDocument& document, GraphFigures& figures) {
  PlainGraph graph(document.nodes.size());
  for (const GraphEdge& edge : document.edges) boost::add_edge(edge.from, edge.to, graph);
  std::vector<std::uint32_t> component(document.nodes.size());
  figures.components = boost::connected_components(
      graph, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph)));
  std::vector<std::uint64_t> sizes(figures.components);
  for (const std::uint32_t c : component) {
    figures.largest_component = std::max(figures.largest_component, ++sizes[c]);
  }
}

bool has(const std::vector<GraphAttribute>& attributes, std::string_view name,
         std::string_view value) {
  return std::any_of(attributes.begin(), attributes.end(), [&](const GraphAttribute& data) {
    return data.name == name && data.value == value;
  });
}

}  // namespace

GraphFigures graph_figures(const GraphDocument& document) {
  GraphFigures figures;
  count_components(document, figures);
  WeightedGraph by_hops(document.nodes.size()), by_metres(document.nodes.size());
  for (const GraphEdge& edge : document.edges) {
    add_link(by_hops, document, edge, 1);
    const auto& from = document.nodes[edge.from].position;
    const auto& to = document.nodes[edge.to].position;
    if (!from || !to) continue;
    const Distance length = great_circle(*from, *to);
    add_link(by_metres, document, edge, length.count());
    ++figures.links_with_length;
    figures.total_length += length;
  }
  figures.hops = distances_in(by_hops);
  figures.metres = distances_in(by_metres);
  return figures;
}

GraphQuirks graph_quirks(const GraphDocument& document) {
  GraphQuirks quirks;
  std::map<std::string_view, std::uint64_t> labels;
  for (const GraphNode& node : document.nodes) {
    if (!node.position) ++quirks.without_position;
    if (node.label.empty()) ++quirks.without_label;
    if (!node.label.empty()) ++labels[node.label];
    if (has(node.attributes, "Internal", "0")) ++quirks.external_nodes;
    if (has(node.attributes, "hyperedge", "1")) ++quirks.hyperedges;
  }
  for (const auto& [label, nodes] : labels) {
    if (nodes > 1) quirks.shared_labels += nodes;
  }
  std::set<std::pair<std::uint32_t, std::uint32_t>> joined;
  for (const GraphEdge& edge : document.edges) {
    const bool swap = !document.directed && edge.from > edge.to;
    if (!edge.speed) ++quirks.without_speed;
    if (edge.from == edge.to) {
      ++quirks.self_loops;
    } else if (!joined.emplace(swap ? edge.to : edge.from, swap ? edge.from : edge.to).second) {
      ++quirks.parallel_links;
    }
  }
  return quirks;
}

}  // namespace cdnsim
