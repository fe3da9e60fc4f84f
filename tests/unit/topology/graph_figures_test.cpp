#include <algorithm>
#include <limits>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/models/topology/graph_figures.hpp>
#include <tests/support/catch.hpp>

using namespace cdnsim;

namespace graph_figures_test {

// On the equator, so many degrees east. 1 degree is 111,194.93 m, 3 are 333,584.78 m.
GraphNode at_degree(std::int32_t degrees) {
  GraphNode node;
  node.position = Coordinates{0, degrees * Coordinates::kPerDegree};
  return node;
}

GraphEdge edge(std::uint32_t from, std::uint32_t to) { return {from, to, "", {}, {}}; }

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max() / 4;

// Floyd's way: ever longer ways by one more node between.
PairDistances slow_distances(const GraphDocument& document, bool hops) {
  const std::size_t nodes = document.nodes.size();
  std::vector<std::vector<std::int64_t>> way(nodes, std::vector<std::int64_t>(nodes, kNever));
  for (const GraphEdge& link : document.edges) {
    const auto& from = document.nodes[link.from].position;
    const auto& to = document.nodes[link.to].position;
    if (!hops && !(from && to)) continue;
    const std::int64_t length = hops ? 1 : great_circle(*from, *to).count();
    way[link.from][link.to] = std::min(way[link.from][link.to], length);
    if (!document.directed) way[link.to][link.from] = std::min(way[link.to][link.from], length);
  }
  for (std::size_t k = 0; k < nodes; ++k) {
    for (std::size_t i = 0; i < nodes; ++i) {
      for (std::size_t j = 0; j < nodes; ++j) {
        way[i][j] = std::min(way[i][j], way[i][k] + way[k][j]);
      }
    }
  }
  PairDistances found;
  double sum = 0;
  for (std::size_t i = 0; i < nodes; ++i) {
    for (std::size_t j = 0; j < nodes; ++j) {
      if (i == j || way[i][j] >= kNever) continue;
      ++found.pairs;
      sum += static_cast<double>(way[i][j]);
      found.most = std::max(found.most, way[i][j]);
    }
  }
  found.mean = found.pairs == 0 ? 0 : sum / static_cast<double>(found.pairs);
  return found;
}

GraphDocument random_graph(DrawStream& draws) {
  const auto below = [&](std::uint32_t n) {
    return static_cast<std::uint32_t>(unit(draws.next()) * n);
  };
  GraphDocument document;
  document.directed = below(2) == 1;
  const std::uint32_t nodes = 1 + below(12), edges = below(24);
  for (std::uint32_t i = 0; i < nodes; ++i) {
    document.nodes.push_back(at_degree(static_cast<std::int32_t>(below(360)) - 180));
    if (below(5) == 0) document.nodes.back().position.reset();
  }
  for (std::uint32_t i = 0; i < edges; ++i) {
    const std::uint32_t from = below(nodes), to = below(nodes);
    document.edges.push_back(edge(from, to));
  }
  return document;
}

TEST_CASE("a line of three places, and one apart") {
  GraphDocument document;
  document.nodes = {at_degree(0), at_degree(1), at_degree(4), at_degree(90)};
  document.edges = {edge(0, 1), edge(2, 1)};
  const GraphFigures figures = graph_figures(document);
  CHECK(figures.components == 2);
  CHECK(figures.largest_component == 3);
  CHECK(figures.hops.pairs == 6);
  CHECK(figures.hops.mean == Approx(4.0 / 3));  // 1, 1, 2, there and back
  CHECK(figures.hops.most == 2);
  CHECK(figures.metres.most == 444'780);  // 111,195 + 333,585
  CHECK(figures.metres.from == 0);
  CHECK(figures.metres.to == 2);
  CHECK(figures.metres.mean == Approx(2 * 444'780 / 3.0));  // of 1, 3 and 4 degrees
  CHECK(figures.links_with_length == 2);
  CHECK(figures.total_length.count() == 444'780);
  document.directed = true;
  CHECK(graph_figures(document).hops.pairs == 2);
  CHECK(graph_figures(document).hops.most == 1);
  CHECK(graph_figures(document).components == 2);
}

TEST_CASE("a link without a length is a hop but no way on the globe") {
  GraphDocument document;
  document.nodes = {at_degree(0), GraphNode{}, at_degree(1)};
  document.edges = {edge(0, 1), edge(1, 2)};
  const GraphFigures figures = graph_figures(document);
  CHECK(figures.components == 1);
  CHECK(figures.hops.pairs == 6);
  CHECK(figures.metres.pairs == 0);
  CHECK(figures.metres.mean == 0);
  CHECK(figures.links_with_length == 0);
}

TEST_CASE("a graph of nothing has no figures") {
  CHECK(graph_figures({}).components == 0);
  CHECK(graph_figures({}).hops.pairs == 0);
}

TEST_CASE("figures of random graphs are those of a slower way") {
  DrawStream draws(draw_key(2024, {"test", "graph figures"}), Counter{});
  for (int i = 0; i < 500; ++i) {
    const GraphDocument document = random_graph(draws);
    const GraphFigures figures = graph_figures(document);
    for (const bool hops : {true, false}) {
      const PairDistances& ours = hops ? figures.hops : figures.metres;
      const PairDistances slow = slow_distances(document, hops);
      REQUIRE(ours.pairs == slow.pairs);
      REQUIRE(ours.most == slow.most);
      REQUIRE(ours.mean == Approx(slow.mean));
    }
  }
}

TEST_CASE("the quirks of a graph are counted") {
  GraphDocument document;
  document.nodes = {at_degree(0), at_degree(1), {}, {}};
  document.nodes[0].label = document.nodes[1].label = "Springfield";
  document.nodes[2].label = "Shelbyville";
  document.nodes[2].attributes = {{"Internal", "int", "0"}, {"hyperedge", "int", "1"}};
  document.edges = {edge(0, 1), edge(1, 0), edge(0, 1), edge(2, 2), edge(2, 2)};
  document.edges[0].speed = 1_Gbps;
  const GraphQuirks quirks = graph_quirks(document);
  CHECK(quirks.without_position == 2);
  CHECK(quirks.shared_labels == 2);
  CHECK(quirks.without_label == 1);
  CHECK(quirks.external_nodes == 1);
  CHECK(quirks.hyperedges == 1);
  CHECK(quirks.parallel_links == 2);
  CHECK(quirks.self_loops == 2);
  CHECK(quirks.without_speed == 4);
  document.directed = true;
  CHECK(graph_quirks(document).parallel_links == 1);  // there and back are two links
}

}  // namespace graph_figures_test
