#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/config/scenario_text.hpp>
#include <cdnsim/models/topology/graphml.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/tools/topology_import.hpp>
#include <cdnsim/trace/new_file.hpp>
#include <cdnsim/world/graph_scenario.hpp>

namespace cdnsim::tools {
namespace {

struct ImportArguments {
  std::string graph, output, schema;
  std::optional<std::string> delay, capacity, rate;
  world::GraphChoices choices;
};

template <class T>
T read_quantity(const char* option, const std::string& text) {
  const Parsed<T> parsed = parse<T>(text);
  if (!parsed.value) throw UserError(fmt::format("{}: {}", option, parsed.problem));
  return *parsed.value;
}

int import_graph(const ImportArguments& arguments) {
  world::GraphChoices choices = arguments.choices;
  if (arguments.delay) {
    choices.delay = read_quantity<Duration>("--delay", *arguments.delay);
    CDNSIM_REQUIRE_USER(*choices.delay >= Duration{0} && *choices.delay <= 10s,
                        "--delay: a link takes 0s to 10s");
  }
  if (arguments.capacity) {
    choices.capacity = read_quantity<BitRate>("--capacity", *arguments.capacity);
  }
  if (arguments.rate) choices.per_node = read_quantity<Rate>("--rate", *arguments.rate);
  const GraphDocument graph = read_graphml(arguments.graph).document;
  const world::GraphScenario made = [&] {
    try {
      return world::scenario_of(graph, choices);
    } catch (const UserError& error) {
      throw UserError(fmt::format("{}: {}", arguments.graph, error.what()));
    }
  }();
  const std::string text = config::scenario_text(made.scenario, arguments.schema);
  NewFile file(arguments.output);
  file.append(text.data(), text.size());
  file.finish();
  const std::string left_out =
      made.nodes_left_out + made.links_left_out == 0
          ? ""
          : fmt::format("; left out: {} nodes, {} links", made.nodes_left_out, made.links_left_out);
  print(fmt::format("{}: {} PoPs with a client network each, {} links, the origin at {}{}\n",
                    arguments.output, made.scenario.network.pops.size(),
                    made.scenario.network.links.size(), made.origin_at, left_out));
  return kExitDone;
}

}  // namespace

void add_import(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("import", "Write a scenario that runs on a graph");
  const auto arguments = std::make_shared<ImportArguments>();
  command->add_option("FILE", arguments->graph, "a graph as GraphML")->required()->option_text(" ");
  command->add_option("-o,--output", arguments->output, "the scenario file to write")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--origin", arguments->choices.origin,
                   "the node where the origin is, by id or label (that with most links)")
      ->type_name("NODE");
  command
      ->add_option("--delay", arguments->delay,
                   "of links that have no length, as an end has no position")
      ->type_name("TIME");
  command->add_flag("--placed-only", arguments->choices.placed_only,
                    "leave out nodes without a position");
  command->add_flag("--largest-part", arguments->choices.largest_part,
                    "leave out all parts but the largest that hangs together");
  command
      ->add_option("--capacity", arguments->capacity,
                   "of links that tell no speed (100Gbps); others have theirs")
      ->type_name("RATE");
  command->add_option("--rate", arguments->rate, "requests of the users at each node (20/s)")
      ->type_name("RATE");
  command->add_option("--schema", arguments->schema, "path to the schema, for editors")
      ->type_name("FILE");
  command->footer(
      "Examples:\n"
      "  cdnsim topology import Abilene.graphml -o abilene.json && cdnsim run abilene.json\n"
      "  cdnsim topology import Ntt.graphml --largest-part --delay 1ms -o ntt.json\n"
      "\n"
      "Every node becomes a PoP with a client network next door; links keep their speed, and take\n"
      "as long as fibre along the great circle, times 1.66. What to ask for is in the file.\n");
  command->callback([=, &action] { action = [=] { return import_graph(*arguments); }; });
}

}  // namespace cdnsim::tools
