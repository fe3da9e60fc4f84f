// Any bytes as GraphML: they give a graph or a message. A graph comes back from its own text, and
// has figures and maps.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/topology/graph_export.hpp>
#include <cdnsim/models/topology/graph_figures.hpp>
#include <cdnsim/models/topology/graphml.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace cdnsim;

void check(const GraphDocument& document) {
  CDNSIM_ASSERT(parse_graphml(write_graphml(document), "again").document == document,
                "a graph must come back from its text");
  const GeoJson map = write_geojson(document);
  const GraphQuirks quirks = graph_quirks(document);
  CDNSIM_ASSERT(map.nodes_left_out == quirks.without_position, "two counts of the same nodes");
  CDNSIM_ASSERT(!write_dot(document).empty(), "a graph of nothing is a graph too");
  const GraphFigures figures = graph_figures(document);
  CDNSIM_ASSERT(figures.components <= document.nodes.size(), "a part has a node");
  CDNSIM_ASSERT(figures.hops.most < static_cast<std::int64_t>(document.nodes.size()) + 1,
                "a shortest way meets no node twice");
  CDNSIM_ASSERT(figures.metres.pairs <= figures.hops.pairs, "a way on the globe is a way");
  CDNSIM_ASSERT(document.edges.size() - figures.links_with_length == map.edges_left_out,
                "two counts of the same links");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  GraphmlFile file;
  try {
    file = parse_graphml(text, "fuzz");
  } catch (const UserError& error) {
    CDNSIM_ASSERT(std::string_view(error.what()).starts_with("fuzz:"), "a problem has a place");
    return 0;
  }
  check(file.document);
  return 0;
}
