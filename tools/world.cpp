#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/config/scenario_text.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/trace/new_file.hpp>
#include <cdnsim/world/world.hpp>

namespace cdnsim::tools {
namespace {

struct WorldArguments {
  world::WorldSpec spec;
  std::optional<std::string> pops, places, networks, embedded, shields, ixps, transit, seed;
  std::string rate = "100k/s";
  std::string schema;
  std::string output;
};

void read_number(const char* option, const std::optional<std::string>& text, std::uint32_t most,
                 std::uint32_t& number) {
  if (text) number = static_cast<std::uint32_t>(whole_number(option, *text, 0, most));
}

world::WorldSpec spec_of(const WorldArguments& arguments) {
  world::WorldSpec spec = arguments.spec;
  read_number("--pops", arguments.pops, world::WorldSpec::kPopsMax, spec.pops);
  if (arguments.places) {
    spec.places = 0;
    read_number("--places", arguments.places, world::most_places(), *spec.places);
  }
  read_number("--networks", arguments.networks, world::WorldSpec::kNetworksMax, spec.networks);
  read_number("--embedded", arguments.embedded, world::WorldSpec::kNetworksMax, spec.embedded);
  read_number("--shields", arguments.shields, world::most_shields(), spec.shields);
  read_number("--ixps", arguments.ixps, world::most_ixps(), spec.ixps);
  read_number("--transit", arguments.transit, world::WorldSpec::kTransitMax, spec.transit);
  if (arguments.seed) spec.seed = whole_number("--seed", *arguments.seed, 0, UINT64_MAX);
  const Parsed<Rate> rate = parse<Rate>(arguments.rate);
  if (!rate.value) throw UserError("--rate: " + rate.problem);
  spec.requests = *rate.value;
  const std::string problem = world::problem_of(spec);
  if (!problem.empty()) throw UserError(problem);
  return spec;
}

int make_world(const WorldArguments& arguments) {
  const Scenario scenario = world::make_world(spec_of(arguments));
  const std::string text = config::scenario_text(scenario, arguments.schema);
  NewFile file(arguments.output);
  file.append(text.data(), text.size());
  file.finish();
  const NetworkSpec& network = scenario.network;
  print(fmt::format(
      "{}: {} client networks, {} PoPs, {} shields, {} exchanges, {} routers of {} transit "
      "providers, {} links\n",
      arguments.output, network.client_networks.size(), network.pops.size(), network.shields.size(),
      network.ixps.size(), network.transit_providers.size(),
      arguments.transit.value_or(std::to_string(arguments.spec.transit)), network.links.size()));
  return kExitDone;
}

}  // namespace

void add_world(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("world", "Write a scenario of a CDN for the whole world");
  const auto arguments = std::make_shared<WorldArguments>();
  const auto number = [&](const char* option, std::optional<std::string>& value, const char* what) {
    command->add_option(option, value, what)->type_name("N");
  };
  command->add_option("-o,--output", arguments->output, "the scenario file to write")
      ->required()
      ->type_name("FILE");
  number("--pops", arguments->pops, "PoPs (380)");
  number("--places", arguments->places, "metros that have one (10 for 19 PoPs, all there are)");
  number("--networks", arguments->networks, "client networks in all metros together (1000)");
  number("--embedded", arguments->embedded, "caches inside client networks (0)");
  number("--shields", arguments->shields, "regional caches (6)");
  number("--ixps", arguments->ixps, "exchanges (120)");
  number("--transit", arguments->transit, "transit providers (4)");
  command
      ->add_option("--rate", arguments->rate,
                   "requests of everybody, for which all ports are sized (100k/s)")
      ->type_name("RATE");
  number("--seed", arguments->seed, "of what is drawn (1)");
  command->add_option("--name", arguments->spec.name, "what the file says that it is")
      ->type_name("TEXT");
  command->add_option("--schema", arguments->schema, "path to the schema, for editors")
      ->type_name("FILE");
  command->footer(
      "Examples:\n"
      "  cdnsim world -o world.json                                 # 380 PoPs in 200 places\n"
      "  cdnsim world --pops 700 --shields 13 -o large.json\n"
      "  cdnsim world --pops 40 --ixps 20 --rate 5k/s -o small.json && cdnsim run small.json\n"
      "\n"
      "The file runs as it is; others `extends` it and change what they are about. The same\n"
      "numbers and seed give the same file. sim/world/README.md says who is put where, and why.\n");
  command->callback([=, &action] { action = [=] { return make_world(*arguments); }; });
}

}  // namespace cdnsim::tools
