#include <optional>
#include <set>
#include <string>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/models/workload/forms.hpp>
#include <cdnsim/models/workload/object_number.hpp>

namespace cdnsim::config {
namespace {

std::set<std::string> traced_classes(const Scenario& scenario) {
  std::set<std::string> traced;
  for (const auto& [id, workload] : scenario.traffic) {
    if (const auto* trace = std::get_if<TraceReplay>(&workload)) traced.insert(trace->content);
  }
  return traced;
}

// What a trace says itself; empty if nothing of that is given.
std::string_view said_twice(const ContentSpec& spec) {
  if (spec.churn) return "churn";
  if (spec.one_hit_wonders) return "one_hit_wonders";
  if (spec.regional) return "regional";
  if (spec.ranges) return "ranges";
  if (spec.asked) return "asked";
  return spec.key ? "key" : "";
}

// All objects that a run may ask for have numbers of their own.
void check_churn(const Scenario& scenario, const ContentSpec& spec, const std::string& place,
                 Problems& problems) {
  if (!spec.churn || problems.touches("/duration")) return;
  const std::uint64_t each = spec.churn->in_run(scenario.duration);
  if (each <= kObjectsMost / spec.objects) return;
  problems.add(place + "/churn",
               fmt::format("{} objects, each rank with up to {} in {}: more than {} cannot be told "
                           "apart; give fewer objects, or a longer \"every\"",
                           spec.objects, each, to_text(scenario.duration), kObjectsMost));
}

}  // namespace

void check_content(const Scenario& scenario, Problems& problems) {
  const std::set<std::string> traced = traced_classes(scenario);
  for (const auto& [id, spec] : scenario.content) {
    const std::string place = pointer_to({"content", id});
    if (problems.touches(place)) continue;
    check_churn(scenario, spec, place, problems);
    const std::string_view key = said_twice(spec);
    if (traced.contains(id) && !key.empty()) {
      problems.add(place + pointer_to({key}),
                   fmt::format("a trace asks for {} and says itself what is asked for; take {} out",
                               cdnsim::quoted(id), cdnsim::quoted(key)));
      continue;
    }
    if (!spec.key && !spec.asked && !spec.ranges) continue;
    const std::optional<FormsProblem> problem = forms_problem(spec);
    if (problem) problems.add(place + problem->pointer, problem->message);
  }
}

}  // namespace cdnsim::config
