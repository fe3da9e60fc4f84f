#include <algorithm>
#include <cmath>

#include <cdnsim/compare/tolerances.hpp>
#include <cdnsim/config/document.hpp>
#include <cdnsim/config/problems.hpp>
#include <cdnsim/config/reader.hpp>

namespace cdnsim::compare {
namespace {

// "*" stands for any characters of one step.
bool step_fits(std::string_view pattern, std::string_view step) {
  if (pattern.empty()) return step.empty();
  if (pattern.front() == '*') {
    for (std::size_t taken = 0; taken <= step.size(); ++taken) {
      if (step_fits(pattern.substr(1), step.substr(taken))) return true;
    }
    return false;
  }
  return !step.empty() && step.front() == pattern.front() &&
         step_fits(pattern.substr(1), step.substr(1));
}

// What stands behind the first step of "/a/b".
std::string_view rest_of(std::string_view pointer) {
  const std::size_t next = pointer.find('/', 1);
  return next == std::string_view::npos ? std::string_view() : pointer.substr(next);
}
std::string_view step_of(std::string_view pointer) {
  const std::string_view steps = pointer.substr(1);
  return steps.substr(0, steps.find('/'));
}

}  // namespace

bool Tolerance::allows(double baseline, double candidate) const {
  const double off = std::abs(candidate - baseline);
  return off <= abs || off <= rel * std::abs(baseline);
}

bool fits(std::string_view pattern, std::string_view pointer) {
  if (pattern.empty() || pointer.empty()) {
    return pattern.empty() ? pointer.empty() : pattern == "/**";
  }
  if (step_of(pattern) == "**") {
    return fits(rest_of(pattern), pointer) || fits(pattern, rest_of(pointer));
  }
  return step_fits(step_of(pattern), step_of(pointer)) && fits(rest_of(pattern), rest_of(pointer));
}

Tolerance Tolerances::of(std::string_view pointer) const {
  const auto rule = std::find_if(rules.rbegin(), rules.rend(),
                                 [&](const ToleranceRule& r) { return fits(r.path, pointer); });
  return rule == rules.rend() ? Tolerance{rel, abs, false}
                              : Tolerance{rule->rel, rule->abs, rule->ignore};
}

Tolerances read_tolerances(const std::filesystem::path& file) {
  config::Document document;
  config::Problems problems(document);
  Tolerances tolerances;
  if (config::read_with_bases(file, document, problems)) {
    config::Reader(document, problems).read_document(tolerances);
  }
  for (std::size_t i = 0; i < tolerances.rules.size(); ++i) {
    const std::string pointer = "/rules/" + std::to_string(i) + "/path";
    if (tolerances.rules[i].path.starts_with("/") || problems.touches(pointer)) continue;
    problems.add(pointer, "a pointer begins with \"/\"; write e.g. \"/nodes/*/hits\"");
  }
  problems.raise();
  return tolerances;
}

}  // namespace cdnsim::compare
