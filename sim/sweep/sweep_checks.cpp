#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/figure_finder.hpp>
#include <cdnsim/config/pointer.hpp>
#include <cdnsim/scenario/result.hpp>
#include <cdnsim/sweep/sweep.hpp>
#include <cdnsim/sweep/sweep_checks.hpp>

namespace cdnsim::sweep {
namespace {

constexpr std::size_t kNameMax = 60;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_column_name(const std::string& name) {
  return name.size() <= kNameMax && is_letter(name.front()) &&
         std::ranges::all_of(
             name, [](char c) { return is_letter(c) || c == '_' || (c >= '0' && c <= '9'); });
}

bool sets_seed(const ParameterSpec& parameter) {
  const auto is_seed = [](const std::string& path) { return path == "/seed"; };
  return is_seed(parameter.path) || std::ranges::any_of(parameter.paths, is_seed) ||
         std::ranges::any_of(parameter.cases,
                             [](const auto& of) { return of.second.contains("/seed"); });
}

void check_parameter(const std::string& name, const ParameterSpec& parameter, const SweepSpec& spec,
                     config::Problems& problems) {
  const std::string pointer = "/vary/" + config::escaped(name);
  if (!is_column_name(name)) {
    problems.add(pointer, fmt::format("{} becomes a column: begin with a letter and go on with "
                                      "letters, digits and _, at most {}",
                                      cdnsim::quoted(name), kNameMax));
  }
  if (std::ranges::find(kRunColumns, lower(name)) != kRunColumns.end()) {
    problems.add(pointer, fmt::format("every sweep has a column {}; name it otherwise",
                                      cdnsim::quoted(lower(name))));
  }
  if (sets_seed(parameter) && (spec.replications > 1 || spec.seeds == Seeds::independent)) {
    problems.add(pointer, "the seed belongs to the replications; leave one of both out");
  }
  for (const auto& [label, sets] : parameter.cases) {
    for (const auto& [path, value] : sets) {
      if (path.starts_with('/')) continue;
      problems.add(
          fmt::format("{}/cases/{}/{}", pointer, config::escaped(label), config::escaped(path)),
          "a path begins with /, e.g. \"/caching/edge/memory\"");
    }
  }
}

// What can be told of a pointer without a run: members of lists have names that only it knows.
void check_metric(const std::string& metric, const std::string& pointer,
                  config::Problems& problems) {
  constexpr std::array kLists = {"/nodes/", "/links/",  "/isps/",     "/ixps/",
                                 "/slo/",   "/events/", "/messages/", "/identities/"};
  if (!metric.starts_with('/')) {
    problems.add(pointer, "a pointer begins with /; write e.g. \"/tiers/edge/hit_ratio\"");
    return;
  }
  const bool is_in_list =
      std::ranges::any_of(kLists, [&](const char* list) { return metric.starts_with(list); });
  if (is_in_list || metric.find('*') != std::string::npos) return;
  const std::string wrong = config::FigureFinder::problem_with<Result>(metric, {});
  if (!wrong.empty()) problems.add(pointer, wrong);
}

}  // namespace

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

void check_spec(const SweepSpec& spec, config::Problems& problems) {
  std::map<std::string, std::string> names;
  for (const auto& [name, parameter] : spec.vary) {
    const std::string pointer = "/vary/" + config::escaped(name);
    if (name.empty()) continue;  // told already
    check_parameter(name, parameter, spec, problems);
    const auto [other, is_new] = names.emplace(lower(name), name);
    if (is_new) continue;
    problems.add(pointer, fmt::format("is the same column as {}: upper and lower case are alike",
                                      cdnsim::quoted(other->second)));
  }
  for (const auto& [path, value] : spec.set) {
    if (path.starts_with('/')) continue;
    problems.add("/set/" + config::escaped(path), "a path begins with /, e.g. \"/duration\"");
  }
  for (std::size_t i = 0; i < spec.metrics.size(); ++i) {
    const std::string pointer = fmt::format("/metrics/{}", i);
    if (!problems.touches(pointer)) check_metric(spec.metrics[i], pointer, problems);
  }
}

}  // namespace cdnsim::sweep
