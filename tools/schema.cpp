#include <memory>
#include <string>

#include <cdnsim/config/schemas.hpp>
#include <cdnsim/sweep/sweep.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/output_file.hpp>

namespace cdnsim::tools {

void add_schema(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("schema", "Print the JSON Schema of scenario files, results or sweeps");
  const auto name = std::make_shared<std::string>();
  command->add_option("NAME", *name, "scenario, result or sweep")
      ->required()
      ->option_text(" ")
      ->check(one_of_words({"scenario", "result", "sweep"}));
  command->footer(
      "Examples:\n"
      "  cdnsim schema scenario > scenario.schema.json\n"
      "  cdnsim schema result | jq .properties.origin\n");
  command->callback([=, &action] {
    action = [=] {
      print(*name == "scenario" ? config::scenario_schema()
            : *name == "result" ? config::result_schema()
                                : sweep::sweep_schema());
      return kExitDone;
    };
  });
}

}  // namespace cdnsim::tools
