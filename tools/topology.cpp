#include <iostream>
#include <memory>
#include <string>

#include <fmt/format.h>

#include <cdnsim/models/topology/graph_export.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/tools/topology_output.hpp>

namespace cdnsim::tools {
namespace {

struct GraphArguments {
  std::string path;
  std::string format = "table";
};

int info(const GraphArguments& arguments) {
  GraphSummary summary;
  summary.file = read_graphml(arguments.path);
  summary.figures = graph_figures(summary.file.document);
  summary.quirks = graph_quirks(summary.file.document);
  print(arguments.format == "json" ? graph_json(summary) : graph_text(summary));
  return kExitDone;
}

std::string map_of(const GraphDocument& document) {
  const GeoJson map = write_geojson(document);
  if (map.nodes_left_out > 0) {
    std::cerr << fmt::format(
        "cdnsim: {} nodes without a position were left out, and {} links to them\n",
        map.nodes_left_out, map.edges_left_out);
  }
  return map.text;
}

int write(const GraphArguments& arguments) {
  const GraphDocument document = read_graphml(arguments.path).document;
  if (arguments.format == "geojson") {
    print(map_of(document));
  } else {
    print(arguments.format == "dot" ? write_dot(document) : write_graphml(document));
  }
  return kExitDone;
}

void add_file(CLI::App& command, GraphArguments& arguments) {
  command.add_option("FILE", arguments.path, "a graph as GraphML")->required()->option_text(" ");
}

void add_graph_info(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("info", "Tell what a graph is like");
  const auto arguments = std::make_shared<GraphArguments>();
  add_file(*command, *arguments);
  command->add_option("--format", arguments->format, "how to print")
      ->option_text("table|json")
      ->check(one_of_words({"table", "json"}));
  command->footer(
      "Example:\n"
      "  cdnsim topology info Abilene.graphml\n"
      "\n"
      "Parts, shortest ways in hops and along great circles, and what is odd about the file.\n");
  command->callback([=, &action] { action = [=] { return info(*arguments); }; });
}

void add_export(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("export", "Print a graph in another format");
  const auto arguments = std::make_shared<GraphArguments>();
  add_file(*command, *arguments);
  command->add_option("--format", arguments->format, "of what is printed")
      ->required()
      ->option_text("dot|geojson|graphml")
      ->check(one_of_words({"dot", "geojson", "graphml"}));
  command->footer(
      "Examples:\n"
      "  cdnsim topology export Abilene.graphml --format geojson > abilene.geojson\n"
      "  cdnsim topology export Abilene.graphml --format dot | neato -n -Tsvg > abilene.svg\n"
      "\n"
      "A map (geojson) holds only nodes with a position; how many others there are is told.\n");
  command->callback([=, &action] { action = [=] { return write(*arguments); }; });
}

}  // namespace

void add_topology(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("topology", "Look at graphs of networks, turn them into maps");
  command->require_subcommand(1);
  add_graph_info(*command, action);
  add_export(*command, action);
}

}  // namespace cdnsim::tools
