#include <optional>
#include <set>
#include <string>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/models/workload/forms.hpp>

namespace cdnsim::config {
namespace {

std::set<std::string> traced_classes(const Scenario& scenario) {
  std::set<std::string> traced;
  for (const auto& [id, workload] : scenario.traffic) {
    if (const auto* trace = std::get_if<TraceReplay>(&workload)) traced.insert(trace->content);
  }
  return traced;
}

}  // namespace

void check_content(const Scenario& scenario, Problems& problems) {
  const std::set<std::string> traced = traced_classes(scenario);
  for (const auto& [id, spec] : scenario.content) {
    const std::string place = pointer_to({"content", id});
    if (!spec.key && !spec.asked && !spec.ranges) continue;
    if (problems.touches(place)) continue;
    if (traced.contains(id)) {
      const std::string_view key = spec.ranges ? "ranges" : spec.asked ? "asked" : "key";
      problems.add(place + pointer_to({key}),
                   fmt::format("a trace asks for {} and says itself what is asked for; take {} out",
                               cdnsim::quoted(id), cdnsim::quoted(key)));
      continue;
    }
    const std::optional<FormsProblem> problem = forms_problem(spec);
    if (problem) problems.add(place + problem->pointer, problem->message);
  }
}

}  // namespace cdnsim::config
