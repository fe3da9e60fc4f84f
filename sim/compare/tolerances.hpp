// How far a figure may be from that of the baseline: everywhere, and by rules for some pointers.
// Does not know results.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/describe.hpp>

namespace cdnsim::compare {

// A figure is within it when it is by either of the two.
struct Tolerance {
  double rel = 0;  // of the baseline's figure
  double abs = 0;
  bool ignored = false;

  bool is_exact() const { return rel == 0 && abs == 0 && !ignored; }
  bool allows(double baseline, double candidate) const;
};

struct ToleranceRule {
  std::string path;  // a pointer; "*" is any one step or part of it, "**" any number of steps
  double rel = 0;
  double abs = 0;
  bool ignore = false;
};

template <class V>
void describe(V& v, ToleranceRule& s) {
  v.required("path", s.path, "which figures: a pointer; * is any step, ** any number of them",
             Example{"/nodes/*/hits"});
  v.optional("rel", s.rel, "how far a figure may be off, as a share of the baseline's",
             at_least(0.0));
  v.optional("abs", s.abs, "how far it may be off, in its own unit", at_least(0.0));
  v.optional("ignore", s.ignore, "whether these figures are not compared at all");
}

struct Tolerances {
  double rel = 0;
  double abs = 0;
  std::vector<ToleranceRule> rules;  // the last one that fits holds

  Tolerance of(std::string_view pointer) const;
  bool are_exact() const { return rel == 0 && abs == 0 && rules.empty(); }
};

template <class V>
void describe(V& v, Tolerances& s) {
  v.optional("rel", s.rel, "how far any figure may be off, as a share of the baseline's",
             at_least(0.0));
  v.optional("abs", s.abs, "how far any figure may be off, in its own unit", at_least(0.0));
  v.optional("rules", s.rules, "what holds for some figures instead; of several the last one");
}

// Throws a ScenarioError that tells all that is wrong with the file.
Tolerances read_tolerances(const std::filesystem::path& file);

bool fits(std::string_view pattern, std::string_view pointer);

}  // namespace cdnsim::compare
