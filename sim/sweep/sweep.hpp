// A sweep made ready: its file and its scenario read once, its points, its columns, its seeds.
// Does not know how runs are shared out, nor where results go.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/config/document.hpp>
#include <cdnsim/scenario/scenario.hpp>
#include <cdnsim/sweep/cell.hpp>
#include <cdnsim/sweep/design.hpp>
#include <cdnsim/sweep/spec.hpp>

namespace cdnsim::sweep {

// Columns that every store has: a parameter must not be called like one.
inline constexpr std::array<std::string_view, 10> kRunColumns = {
    "run",     "point",  "replication",     "seed",    "status",
    "message", "digest", "scenario_digest", "version", "wall_s"};

// A parameter as it stands in the file and, where it is an amount with a unit, once more as a
// figure: memory, memory_bytes.
struct ParameterColumn {
  std::string name;
  std::size_t parameter = 0;
  bool is_figure = false;
};

struct Sweep {
  std::string file;
  SweepSpec spec;
  std::vector<std::string> parameters;
  std::vector<ParameterColumn> columns;
  std::vector<Point> points;
  // Of each point, when seeds are independent: how many before it have the same values.
  std::vector<std::size_t> equals_before;
  config::Document base;  // the scenario, as it is before `set` and a point's values
  std::vector<std::string> sets;
  std::string scenario_name, scenario_digest, design_digest;
  std::uint64_t scenario_seed = 0;

  // Run r is replication r % replications of point r / replications.
  std::size_t runs() const { return points.size() * spec.replications; }
  const Point& point_of(std::size_t run) const { return points[run / spec.replications]; }
  std::size_t replication_of(std::size_t run) const { return run % spec.replications; }
  // Nothing: the scenario's own, which a parameter may set.
  std::optional<std::uint64_t> seed_of(std::size_t run) const;
  Cell cell_of(std::size_t run, const ParameterColumn& column) const;
  // Throws a ScenarioError with all that is wrong there.
  Scenario scenario_of(std::size_t run) const;
};

// Throws a ScenarioError that tells all that is wrong with the sweep's file or the scenario's, or
// with the scenario at the first point where it is wrong at all of them. `more_sets` are
// PATH=VALUE, for all points.
Sweep load_sweep(const std::string& file, std::span<const std::string> more_sets = {});

std::string sweep_schema();

}  // namespace cdnsim::sweep
