// Two results, or two sets of replications, side by side: what differs, the most important first,
// and which places are behind it.
// Does not know files, nor how a comparison is shown.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/compare/figures.hpp>
#include <cdnsim/compare/interval.hpp>
#include <cdnsim/compare/tolerances.hpp>

namespace cdnsim::compare {

// One result, or several of one scenario with other seeds, in the order of their seeds.
struct Side {
  std::string name;
  std::vector<Figures> runs;
};

enum class Kind { changed, missing, added };
constexpr auto enum_names(Kind) {
  return std::array{EnumName<Kind>{Kind::changed, "changed"},
                    EnumName<Kind>{Kind::missing, "missing"}, EnumName<Kind>{Kind::added, "added"}};
}

// Of replications the figures are means.
struct Difference {
  std::string pointer;
  Kind kind = Kind::changed;
  nlohmann::json baseline, candidate;
  std::optional<double> change, relative;  // of numbers; of nothing there is no share
  std::optional<Interval> interval;        // of the change, by replications
  bool tolerated = false;                  // or, by replications, explained by chance
};

// A place that changed in the way in which the whole did: "/nodes/tokyo" by so much.
struct Share {
  std::string place;
  double change = 0;
};
struct Explanation {
  std::string pointer;
  double change = 0;
  std::vector<Share> shares;  // the largest first
};

struct Comparison {
  std::string baseline, candidate;
  std::size_t compared = 0;             // figures
  std::vector<Difference> scenario;     // what was run and is not the same
  std::vector<Difference> differences;  // those that count first, then the most important
  std::size_t counted = 0;              // of them, those that are not tolerated

  bool is_same() const { return counted == 0; }
};

// Where both sides have runs of the same seeds, these are compared in pairs.
// REQUIRES: each side has a run.
Comparison compare(const Side& baseline, const Side& candidate, const Tolerances& tolerances);

// What is behind the first `most` differences that are of the whole rather than of one place.
std::vector<Explanation> explain(const Comparison& comparison, const Side& baseline,
                                 std::size_t most);

}  // namespace cdnsim::compare
