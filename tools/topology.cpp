#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/nearest_name.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/config/scenario_map.hpp>
#include <cdnsim/models/topology/graph_export.hpp>
#include <cdnsim/scenario/load.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/tools/topology_import.hpp>
#include <cdnsim/tools/topology_output.hpp>
#include <cdnsim/tools/ways_output.hpp>

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

struct WaysArguments {
  std::string scenario;
  std::string from;
  std::string to;
  std::string format = "table";
  std::vector<std::string> sets;
};

std::uint32_t place_named(const std::string& id, const NetworkMap& map) {
  std::vector<std::string_view> known;
  for (std::uint32_t place = 0; place < map.places.size(); ++place) {
    if (map.places[place].id == id) return place;
    known.push_back(map.places[place].id);
  }
  throw UserError(fmt::format("{} is no place of the scenario's network{}", quoted(id),
                              did_you_mean(id, known)));
}

int ways(const WaysArguments& arguments) {
  const Scenario scenario = load_scenario(arguments.scenario, arguments.sets);
  const Routing routing(config::map_of(scenario.network));
  const NetworkMap& map = routing.map();
  const std::uint32_t from = place_named(arguments.from, map);
  const std::uint32_t to = place_named(arguments.to, map);
  if (from == to) throw UserError("there is no way from a place to itself; name two places");
  const WaysSummary summary{arguments.from, arguments.to, explain(routing, from, to),
                            diversity(routing, from, to)};
  print(arguments.format == "json" ? ways_json(map, from, summary) : ways_text(map, from, summary));
  return kExitDone;
}

void add_paths(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("paths", "Tell every way between two places, and why one is taken");
  const auto arguments = std::make_shared<WaysArguments>();
  command->add_option("SCENARIO", arguments->scenario, "a scenario file")
      ->required()
      ->option_text(" ");
  command->add_option("FROM", arguments->from, "who sends: a place of its network")
      ->required()
      ->option_text(" ");
  command->add_option("TO", arguments->to, "who receives")->required()->option_text(" ");
  command->add_option("--format", arguments->format, "how to print")
      ->option_text("table|json")
      ->check(one_of_words({"table", "json"}));
  command
      ->add_option("--set", arguments->sets,
                   "change the scenario first at a JSON pointer; can be repeated")
      ->option_text("PATH=VALUE")
      ->allow_extra_args(false);
  command->footer(
      "Example:\n"
      "  cdnsim topology paths scenarios/viral_spike.json chicago isp-chicago\n"
      "\n"
      "First the way that is taken, then the others, each with what it lost by; last those that\n"
      "nobody carries traffic over. The way back may be another one.\n");
  command->callback([=, &action] { action = [=] { return ways(*arguments); }; });
}

}  // namespace

void add_topology(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("topology", "Look at graphs of networks and ways through them");
  command->require_subcommand(1);
  add_graph_info(*command, action);
  add_export(*command, action);
  add_import(*command, action);
  add_paths(*command, action);
}

}  // namespace cdnsim::tools
