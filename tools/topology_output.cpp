#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/tools/table.hpp>
#include <cdnsim/tools/topology_output.hpp>

namespace cdnsim::tools {
namespace {

struct Quirk {
  const char* key;
  const char* words;
  std::uint64_t count;
};

std::array<Quirk, 12> quirks_of(const GraphSummary& summary) {
  const GraphQuirks& quirks = summary.quirks;
  const GraphmlNotes& notes = summary.file.notes;
  return {{{"nodes_without_position", "nodes without a position", quirks.without_position},
           {"half_positions", "nodes with half a position", notes.half_positions},
           {"nodes_without_label", "nodes without a label", quirks.without_label},
           {"nodes_with_shared_label", "nodes that share their label", quirks.shared_labels},
           {"external_nodes", "nodes of other networks", quirks.external_nodes},
           {"hyperedge_nodes", "nodes that stand for a hyperedge", quirks.hyperedges},
           {"parallel_links", "links beside another one", quirks.parallel_links},
           {"self_loops", "links from a node to itself", quirks.self_loops},
           {"links_without_speed", "links without a speed", quirks.without_speed},
           {"nan_values", "numbers that are NaN", notes.nan_values},
           {"drawings_left_out", "drawings left out", notes.drawings},
           {"descriptions_left_out", "descriptions left out", notes.descriptions}}};
}

const GraphNode& node(const GraphSummary& summary, std::uint32_t index) {
  return summary.file.document.nodes[index];
}

std::string ends_text(const GraphSummary& summary, const PairDistances& distances) {
  if (distances.pairs == 0) return "-";
  const auto name = [&](std::uint32_t index) {
    const GraphNode& end = node(summary, index);
    return shortened(end.label.empty() ? end.id : end.label, 24);
  };
  return name(distances.from) + " - " + name(distances.to);
}

std::string km_text(const PairDistances& distances, double metres) {
  return distances.pairs == 0 ? "-" : fmt::format("{:.1f} km", metres / 1e3);
}

nlohmann::ordered_json distances_json(const GraphSummary& summary, const PairDistances& distances,
                                      double unit) {
  if (distances.pairs == 0) {
    return {
        {"pairs", 0}, {"mean", nullptr}, {"diameter", nullptr}, {"from", nullptr}, {"to", nullptr}};
  }
  nlohmann::ordered_json most = distances.most;  // hops stay whole
  if (unit != 1) most = static_cast<double>(distances.most) / unit;
  return {{"pairs", distances.pairs},
          {"mean", distances.mean / unit},
          {"diameter", most},
          {"from", node(summary, distances.from).id},
          {"to", node(summary, distances.to).id}};
}

}  // namespace

std::string graph_text(const GraphSummary& summary) {
  const GraphDocument& document = summary.file.document;
  const GraphFigures& figures = summary.figures;
  const PairDistances& hops = figures.hops;
  const PairDistances& metres = figures.metres;
  Table table({"Graph", ""});
  table.add({"directed", document.directed ? "yes" : "no"});
  table.add({"nodes", std::to_string(document.nodes.size())});
  table.add({"links", std::to_string(document.edges.size())});
  table.add({"parts that hang together", std::to_string(figures.components)});
  table.add({"nodes of the largest", std::to_string(figures.largest_component)});
  table.add({"mean shortest way, hops", hops.pairs == 0 ? "-" : fmt::format("{:.3f}", hops.mean)});
  table.add({"diameter, hops", hops.pairs == 0 ? "-" : std::to_string(hops.most)});
  table.add({"between", ends_text(summary, hops)});
  table.add({"mean shortest way", km_text(metres, metres.mean)});
  table.add({"diameter", km_text(metres, static_cast<double>(metres.most))});
  table.add({"between", ends_text(summary, metres)});
  table.add({"links with a length", std::to_string(figures.links_with_length)});
  table.add({"length of all these",
             fmt::format("{:.1f} km", static_cast<double>(figures.total_length.count()) / 1e3)});
  Table quirks({"Quirks", ""});
  for (const Quirk& quirk : quirks_of(summary)) {
    if (quirk.count > 0) quirks.add({quirk.words, std::to_string(quirk.count)});
  }
  return table.text() + (quirks.empty() ? "" : "\n" + quirks.text()) +
         "\nWays are over all pairs of nodes that reach each other; those in km follow great "
         "circles\nand take only links of which both ends have a position.\n";
}

std::string graph_json(const GraphSummary& summary) {
  const GraphDocument& document = summary.file.document;
  const GraphFigures& figures = summary.figures;
  nlohmann::ordered_json quirks;
  for (const Quirk& quirk : quirks_of(summary)) quirks[quirk.key] = quirk.count;
  nlohmann::ordered_json attributes = nlohmann::ordered_json::object();
  for (const GraphAttribute& data : document.attributes) attributes[data.name] = data.value;
  const nlohmann::ordered_json all = {
      {"id", document.id},
      {"directed", document.directed},
      {"nodes", document.nodes.size()},
      {"links", document.edges.size()},
      {"components", figures.components},
      {"largest_component_nodes", figures.largest_component},
      {"hops", distances_json(summary, figures.hops, 1)},
      {"km", distances_json(summary, figures.metres, 1e3)},
      {"links_with_length", figures.links_with_length},
      {"total_length_km", static_cast<double>(figures.total_length.count()) / 1e3},
      {"quirks", quirks},
      {"attributes", attributes}};
  return all.dump(2) + "\n";
}

}  // namespace cdnsim::tools
