#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/models/admission/list.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <cdnsim/models/economics/tariff/list.hpp>
#include <cdnsim/models/geography/metros.hpp>
#include <cdnsim/models/node/spec.hpp>
#include <cdnsim/models/steering/spec.hpp>
#include <cdnsim/models/workload/list.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/key_figures.hpp>
#include <cdnsim/tools/key_lister.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/tools/table.hpp>

namespace cdnsim::tools {
namespace {

template <class Policy>
std::string policy_line() {
  std::string parameters;
  for (const PolicyParameter& parameter : Policy::kParameters) {
    parameters +=
        fmt::format("{}{}={} ({} to {}{})", parameters.empty() ? "" : ", ", parameter.name,
                    decimal_text(parameter.otherwise), decimal_text(parameter.least),
                    decimal_text(parameter.most), parameter.whole ? ", whole" : "");
  }
  return fmt::format("{:<11}{}\n{:11}{}\n", Policy::kName, Policy::kSummary, "",
                     parameters.empty() ? "no parameters" : parameters);
}

template <class... Policies>
std::string list_policies(PolicyList<Policies...>) {
  std::array lines = {policy_line<Policies>()...};
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

template <class... Kinds>
std::string list_kinds(std::type_identity<std::variant<Kinds...>>) {
  std::string out;
  const auto add = [&]<class Kind>(std::type_identity<Kind>) {
    out += fmt::format("{}\n{}", Kind::kKind, keys_of<Kind>());
  };
  (add(std::type_identity<Kinds>{}), ...);
  return out;
}

// The presets of one kind of tariff, each by what differs from the first.
template <class Tariff>
std::string presets_of() {
  std::string out;
  const std::vector<KeyFigure> usual = figures_of(Tariff::presets().front());
  for (const Tariff& preset : Tariff::presets()) {
    std::string differs;
    const std::vector<KeyFigure> figures = figures_of(preset);
    for (std::size_t i = 1; i < figures.size(); ++i) {  // the first is its name
      if (figures[i].text == usual[i].text) continue;
      differs +=
          fmt::format("{}{} {}", differs.empty() ? "" : ", ", figures[i].key, figures[i].text);
    }
    out += fmt::format("  {:<24} {}\n", preset.preset, differs.empty() ? "as above" : differs);
  }
  return out;
}

template <class... Kinds>
std::string list_tariffs(std::type_identity<std::variant<Kinds...>>) {
  std::string out;
  const auto add = [&]<class Kind>(std::type_identity<Kind>) {
    out += fmt::format("{}\n{}  presets:\n{}", Kind::kKind, keys_of<Kind>(), presets_of<Kind>());
  };
  (add(std::type_identity<Kinds>{}), ...);
  return out;
}

template <class Spec>
void add_presets(const std::string& of, Table& table) {
  const auto said = [](const auto& figure) { return figure ? to_text(*figure) : std::string("-"); };
  for (const Spec& preset : Spec::presets()) {
    const SiteKit& kit = preset.kit;
    table.add({of, preset.preset, std::to_string(preset.servers), said(kit.memory), said(kit.ssd),
               said(kit.hdd), said(kit.cards), decimal_text(kit.service_factor),
               to_text(preset.pricing.server_power)});
  }
}

std::string list_presets() {
  Table table({"Of", "preset", "servers", "memory", "SSD", "HDD", "cards", "service", "power"});
  add_presets<PopSpec>("pops", table);
  add_presets<ShieldSpec>("shields", table);
  add_presets<EmbeddedSpec>("embedded", table);
  return table.text() +
         "Memory, SSD, HDD, cards and power are of one server; -: as its tier says. service: times "
         "the\ntier's service_time. What hardware costs, `cdnsim list tariffs` says.\n";
}

std::string list_metros() {
  Table table({"Place", "country", "region", "position", "people", "online", "exchange"});
  for (const Metro& metro : metros()) {
    table.add(
        {std::string(metro.id), std::string(metro.country), std::string(enum_name(metro.region)),
         fmt::format("{:.2f} {:.2f}", metro.position.latitude / 1e6,
                     metro.position.longitude / 1e6),
         count_text(metro.people), count_text(metro.internet_users), std::string(metro.exchange)});
  }
  return table.text();
}

std::string list_named(const std::string& what) {
  if (what == "policies") {
    return list_policies(CachePolicies{}) + "\nonly in `cdnsim cache`:\n" +
           list_policies(OfflinePolicies{});
  }
  if (what == "admissions") return list_policies(Admissions{});
  if (what == "workloads") return list_kinds(std::type_identity<WorkloadSpec>{});
  if (what == "metros") return list_metros();
  if (what == "tariffs") return list_tariffs(std::type_identity<TariffSpec>{});
  if (what == "presets") return list_presets();
  return keys_of<SteeringSpec>();
}

}  // namespace

void add_list(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("list", "Print what a scenario can name, with parameters and defaults");
  const auto what = std::make_shared<std::string>();
  command
      ->add_option("WHAT", *what,
                   "policies, admissions, workloads, steering, metros, tariffs or presets")
      ->required()
      ->option_text(" ")
      ->check(one_of_words(
          {"policies", "admissions", "workloads", "steering", "metros", "tariffs", "presets"}));
  command->footer(
      "Examples:\n"
      "  cdnsim list policies\n"
      "  cdnsim list workloads\n"
      "  cdnsim list metros\n"
      "  cdnsim list presets\n");
  command->callback([=, &action] {
    action = [=] {
      print(list_named(*what));
      return kExitDone;
    };
  });
}

}  // namespace cdnsim::tools
