// Maps of the Topology Zoo: what is in them, counted with another XML reader, and how far their
// nodes are apart, as published and as another program's Dijkstra finds.
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include <cdnsim/models/topology/graph_export.hpp>
#include <cdnsim/models/topology/graph_figures.hpp>
#include <cdnsim/models/topology/graphml.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>

using namespace cdnsim;

namespace {

struct ZooMap {
  const char* name;
  std::size_t nodes, edges;
  std::uint64_t components, largest;
  std::uint64_t without_position, shared_labels, external_nodes, hyperedges, parallel_links;
  std::uint64_t without_speed;
  double mean_hops;
  std::int64_t most_hops;
  std::uint64_t pairs_with_way;
  double mean_km, most_km, total_km;
};

constexpr ZooMap kMaps[] = {
    {"Abilene", 11, 14, 1, 11, 0, 0, 0, 0, 0, 0, 2.4182, 5, 110, 2304.8189, 4823.098, 14082.37},
    {"Ai3", 10, 9, 1, 10, 10, 0, 0, 0, 0, 9, 2.1111, 4, 0, 0, 0, 0},
    {"BtLatinAmerica", 51, 50, 7, 45, 15, 12, 3, 0, 0, 50, 5.3192, 12, 304, 2593.618, 6472.368,
     16306.75},
    {"Geant2012", 40, 61, 1, 40, 3, 0, 0, 0, 0, 22, 3.5282, 8, 1332, 2024.3922, 5595.708, 47758.13},
    {"Highwinds", 18, 53, 1, 18, 0, 0, 0, 0, 22, 53, 2.7059, 7, 306, 6113.2096, 15476.245,
     86909.06},
    {"HurricaneElectric", 24, 37, 1, 24, 0, 0, 0, 0, 0, 37, 2.7609, 6, 552, 8051.9386, 29106.237,
     106975.41},
    {"Kdl", 754, 899, 1, 754, 28, 179, 0, 28, 4, 899, 22.7265, 58, 501992, 1204.4733, 3341.031,
     40396.21},
    // 170 links are OC192, 20 OC48, 18 OC12; 8 are "OC3 and below", which is no speed.
    {"Ntt", 47, 216, 16, 32, 0, 0, 0, 0, 153, 8, 2.6855, 6, 992, 9880.6289, 21548.277, 877518.18},
};

double km(double metres) { return metres / 1e3; }

void check_quirks(const ZooMap& map, const GraphDocument& document) {
  const GraphQuirks quirks = graph_quirks(document);
  CHECK(quirks.without_position == map.without_position);
  CHECK(quirks.shared_labels == map.shared_labels);
  CHECK(quirks.external_nodes == map.external_nodes);
  CHECK(quirks.hyperedges == map.hyperedges);
  CHECK(quirks.parallel_links == map.parallel_links);
  CHECK(quirks.without_speed == map.without_speed);
  CHECK(quirks.self_loops == 0);
}

void check_figures(const ZooMap& map, const GraphDocument& document) {
  const GraphFigures figures = graph_figures(document);
  CHECK(figures.components == map.components);
  CHECK(figures.largest_component == map.largest);
  CHECK(figures.hops.mean == Approx(map.mean_hops).epsilon(1e-4));
  CHECK(figures.hops.most == map.most_hops);
  CHECK(figures.metres.pairs == map.pairs_with_way);
  CHECK(km(figures.metres.mean) == Approx(map.mean_km).epsilon(1e-5));
  CHECK(km(static_cast<double>(figures.metres.most)) == Approx(map.most_km).epsilon(1e-5));
  CHECK(km(static_cast<double>(figures.total_length.count())) ==
        Approx(map.total_km).epsilon(1e-5));
}

GraphDocument read_zoo(const std::filesystem::path& folder, const std::string& name) {
  return read_graphml((folder / "topologies" / (name + ".graphml")).string()).document;
}

}  // namespace

TEST_CASE("maps of the zoo are read with all their quirks, and lose nothing", "[reference]") {
  const auto folder = cdnsim::test::reference_folder();
  if (!folder) return;
  for (const ZooMap& map : kMaps) {
    CAPTURE(map.name);
    const GraphDocument document = read_zoo(*folder, map.name);
    CHECK(document.nodes.size() == map.nodes);
    CHECK(document.edges.size() == map.edges);
    CHECK_FALSE(document.directed);
    check_quirks(map, document);
    check_figures(map, document);
    CHECK(parse_graphml(write_graphml(document), "again").document == document);
    CHECK(write_geojson(document).nodes_left_out == map.without_position);
  }
}

TEST_CASE("no file of the folder is left out", "[reference]") {
  const auto folder = cdnsim::test::reference_folder();
  if (!folder) return;
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*folder / "topologies")) {
    if (entry.path().extension() == ".graphml") ++files;
  }
  CHECK(files == std::size(kMaps));
}

TEST_CASE("distances and diameters are those published", "[reference]") {
  const auto folder = cdnsim::test::reference_folder();
  if (!folder) return;
  std::ifstream stream(*folder / "published/graph_shortest_paths.json");
  const nlohmann::json document = nlohmann::json::parse(stream);
  std::size_t compared = 0;
  for (const nlohmann::json& map : document.at("zoo")) {
    const std::string name = map.at("topology").get<std::string>().substr(4);  // "zoo/"
    if (!std::filesystem::exists(*folder / "topologies" / (name + ".graphml"))) continue;
    CAPTURE(name);
    ++compared;
    const GraphDocument graph = read_zoo(*folder, name);
    const GraphFigures figures = graph_figures(graph);
    CHECK(graph.nodes.size() == map.at("nodes"));
    constexpr double kTolerance = 1e-3;  // as the file says
    CHECK(km(figures.metres.mean) ==
          Approx(map.at("mean_shortest_km").get<double>()).epsilon(kTolerance));
    CHECK(km(static_cast<double>(figures.metres.most)) ==
          Approx(map.at("diameter_km").get<double>()).epsilon(kTolerance));
    CHECK(km(static_cast<double>(figures.total_length.count())) ==
          Approx(map.at("sum_edge_km").get<double>()).epsilon(kTolerance));
    const std::set<std::string> ends = {graph.nodes[figures.metres.from].label,
                                        graph.nodes[figures.metres.to].label};
    CHECK(ends == map.at("diameter_pair").get<std::set<std::string>>());
  }
  CHECK(compared == 2);
}

TEST_CASE("speeds of a map are read from its data", "[reference]") {
  const auto folder = cdnsim::test::reference_folder();
  if (!folder) return;
  std::int64_t sum = 0;
  for (const GraphEdge& edge : read_zoo(*folder, "Geant2012").edges) {
    if (edge.speed) sum += edge.speed->count();
  }
  // 26 of 10 Gbps, 5 of 2.5, 6 of 1 and 2 of 155 Mbps.
  CHECK(BitRate(sum) == 278'810_Mbps);
}
