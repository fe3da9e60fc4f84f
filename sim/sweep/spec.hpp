// A sweep as its file says it: a scenario, what varies in it and how, how often each point runs.
// Does not know which points come of it (design.hpp), nor where results go.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/config/any_value.hpp>
#include <cdnsim/models/workload/file_path.hpp>

namespace cdnsim::sweep {

using config::AnyValue;

struct RangeSpec {
  AnyValue from, to;
  std::optional<AnyValue> step;
  std::optional<std::uint64_t> count;
};
template <class V>
void describe(V& v, RangeSpec& s) {
  v.required("from", s.from, "the first value, a number or a quantity", Example{"\"1GB\""});
  v.required("to", s.to, "the last value, in any unit of the same kind", Example{"\"8GB\""});
  v.optional("step", s.step, "from one value to the next; the last one may stay below `to`");
  v.optional("count", s.count, "instead of `step`: how many values, both ends among them",
             at_least(2), at_most(100'000));
  v.require(!s.step || !s.count, "count", "give either step or count");
}

struct LogRangeSpec {
  AnyValue from, to;
  std::optional<std::uint64_t> count;
};
template <class V>
void describe(V& v, LogRangeSpec& s) {
  v.required("from", s.from, "the first value, more than nothing", Example{"\"1GB\""});
  v.required("to", s.to, "the last value", Example{"\"64GB\""});
  v.optional("count", s.count, "how many values: each is the one before times the same factor",
             at_least(2), at_most(100'000));
}

// What one parameter changes, and the values it takes: one of values, range, log_range or cases.
struct ParameterSpec {
  std::string path;
  std::vector<std::string> paths;
  std::vector<AnyValue> values;
  std::optional<RangeSpec> range;
  std::optional<LogRangeSpec> log_range;
  std::map<std::string, std::map<std::string, AnyValue>> cases;

  int laws() const {
    return int{!values.empty()} + int{range.has_value()} + int{log_range.has_value()} +
           int{!cases.empty()};
  }
};
template <class V>
void describe(V& v, ParameterSpec& s) {
  v.optional("path", s.path, "what it sets, as after --set: a JSON pointer, with filters",
             Example{"\"/caching/edge/memory\""});
  v.optional("paths", s.paths, "instead of `path`: several that get the same value");
  v.optional("values", s.values, "a list of values");
  v.optional("range", s.range, "values at equal distances");
  v.optional("log_range", s.log_range, "values at equal ratios");
  v.optional("cases", s.cases,
             "named cases, each with the values of several pointers; needs no `path`");
  v.require(s.laws() != 0, "values", "give one of values, range, log_range or cases");
  v.require(s.laws() <= 1, "values", "give only one of values, range, log_range and cases");
  v.require(s.path.empty() || s.paths.empty(), "paths", "give either path or paths");
  v.require(!s.cases.empty() || !s.path.empty() || !s.paths.empty(), "path",
            "say what the parameter sets: path, e.g. \"/caching/edge/memory\"");
  v.require(s.cases.empty() || (s.path.empty() && s.paths.empty()), "path",
            "cases say themselves what they set");
}

struct GridDesign {
  static constexpr std::string_view kKind = "grid";
};
struct ZipDesign {
  static constexpr std::string_view kKind = "zip";
};
struct RandomDesign {
  static constexpr std::string_view kKind = "random";
  std::uint64_t points = 0, seed = 1;
};
struct LatinDesign {
  static constexpr std::string_view kKind = "latin_hypercube";
  std::uint64_t points = 0, seed = 1;
};
template <class V>
void describe(V&, GridDesign&) {}
template <class V>
void describe(V&, ZipDesign&) {}
template <class V>
void describe(V& v, RandomDesign& s) {
  v.required("points", s.points, "how many points", at_least(1), at_most(1'000'000));
  v.optional("seed", s.seed, "which points are drawn");
}
template <class V>
void describe(V& v, LatinDesign& s) {
  v.required("points", s.points,
             "how many points; each parameter's range is cut into as many parts, and each part "
             "has one of them",
             at_least(1), at_most(1'000'000));
  v.optional("seed", s.seed, "which points are drawn");
}
using DesignSpec = std::variant<GridDesign, ZipDesign, RandomDesign, LatinDesign>;

struct ConstraintSpec {
  std::string left;
  std::optional<AnyValue> at_most, at_least_value, below, above, equals, differs_from;
};
template <class V>
void describe(V& v, ConstraintSpec& s) {
  v.required("left", s.left, "a parameter", refers_to("/vary"));
  v.optional("at_most", s.at_most, "the name of another parameter, or a value");
  v.optional("at_least", s.at_least_value, "the same");
  v.optional("below", s.below, "the same");
  v.optional("above", s.above, "the same");
  v.optional("equals", s.equals, "the same; texts too can be equal");
  v.optional("differs_from", s.differs_from, "the same");
  const int given = int{s.at_most.has_value()} + int{s.at_least_value.has_value()} +
                    int{s.below.has_value()} + int{s.above.has_value()} +
                    int{s.equals.has_value()} + int{s.differs_from.has_value()};
  v.require(given == 1, "left",
            "give one of at_most, at_least, below, above, equals or differs_from");
}

enum class Seeds { common, independent };
constexpr auto enum_names(Seeds) {
  return std::array{EnumName<Seeds>{Seeds::common, "common"},
                    EnumName<Seeds>{Seeds::independent, "independent"}};
}

struct SweepSpec {
  std::string question;
  FilePath scenario;
  std::map<std::string, AnyValue> set;
  std::map<std::string, ParameterSpec> vary;
  DesignSpec design = GridDesign{};
  std::vector<std::vector<std::string>> together;
  std::vector<ConstraintSpec> constraints;
  std::uint32_t replications = 1;
  Seeds seeds = Seeds::common;
  std::vector<std::string> metrics;
  std::vector<std::string> tables = {"nodes", "links"};
};
template <class V>
void describe(V& v, SweepSpec& s) {
  v.optional("question", s.question, "the question this sweep answers");
  v.required("scenario", s.scenario, "the scenario file, relative to this file");
  v.optional("set", s.set, "what to change in the scenario for all points: values by JSON pointer");
  v.map("vary", s.vary, "the parameters, by name; a name becomes a column", min_members(1));
  v.optional("design", s.design, "which combinations of values are the points; grid: all of them");
  v.optional("together", s.together,
             "lists of parameters that move together: the first value of one goes with the first "
             "of the others");
  v.optional("constraints", s.constraints, "points for which one does not hold are left out");
  v.optional("replications", s.replications, "runs of each point, with different seeds",
             at_least(1), at_most(100'000));
  v.optional("seeds", s.seeds,
             "common: replication r has the same seed at every point, so that points differ by "
             "what varies alone; independent: every run has its own");
  v.optional("metrics", s.metrics,
             "which figures of the result to keep: pointers, * is any step and ** any number of "
             "them. Not given: all numbers outside of lists, and targets");
  v.optional("tables", s.tables, "which tables to keep of each run besides",
             one_of({"nodes", "links", "series"}));
}

}  // namespace cdnsim::sweep
