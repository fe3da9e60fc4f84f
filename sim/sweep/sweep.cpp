#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/config/pointer.hpp>
#include <cdnsim/config/problems.hpp>
#include <cdnsim/config/read_scenario.hpp>
#include <cdnsim/config/reader.hpp>
#include <cdnsim/config/schema_writer.hpp>
#include <cdnsim/observe/digest.hpp>
#include <cdnsim/sweep/sweep.hpp>
#include <cdnsim/sweep/sweep_checks.hpp>

namespace cdnsim::sweep {
namespace {

Cell cell_of(const AnyValue& value) {
  const nlohmann::json json = nlohmann::json::parse(value.json);
  if (json.is_boolean()) return std::int64_t{json.get<bool>()};
  if (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX) return value.json;
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_number()) return json.get<double>();
  if (json.is_string()) return json.get<std::string>();
  return value.json;
}

Cell figure_of(const AnyValue& value) {
  const Amount amount = amount_of(value).value();
  const double figure = column_figure(amount);
  const bool is_whole =
      amount.unit == Unit::bytes || amount.unit == Unit::bit_rate || amount.unit == Unit::count;
  if (is_whole && figure < 0x1p63) return static_cast<std::int64_t>(figure);
  return figure;
}

// The unit that all values of a parameter have, if they have one.
std::optional<Unit> unit_of(const std::vector<Point>& points, std::size_t parameter) {
  std::optional<Unit> unit;
  for (const Point& point : points) {
    const std::optional<Amount> amount = amount_of(point.levels[parameter].value);
    if (!amount || (unit && *unit != amount->unit)) return std::nullopt;
    unit = amount->unit;
  }
  return unit;
}

void add_columns(Sweep& sweep) {
  std::set<std::string> taken;
  for (const std::string_view column : kRunColumns) taken.emplace(column);
  for (const std::string& name : sweep.parameters) taken.insert(lower(name));
  for (std::size_t i = 0; i < sweep.parameters.size(); ++i) {
    const std::string& name = sweep.parameters[i];
    sweep.columns.push_back({name, i, false});
    const std::optional<Unit> unit = unit_of(sweep.points, i);
    const std::string figure = unit ? name + std::string(column_suffix(*unit)) : name;
    // Nobody reads a column that a parameter of that name would hide.
    if (taken.insert(lower(figure)).second) sweep.columns.push_back({figure, i, true});
  }
}

std::string text_of_values(const Sweep& sweep, const Point& point) {
  std::string text;
  for (std::size_t i = 0; i < sweep.parameters.size(); ++i) {
    text += "\n" + sweep.parameters[i] + "=" + point.levels[i].value.json;
  }
  return text;
}

// A random design may draw the same values twice: these are two points all the same.
void count_equals(Sweep& sweep) {
  if (sweep.spec.seeds != Seeds::independent) return;
  std::map<std::string, std::size_t> seen;
  for (const Point& point : sweep.points) {
    sweep.equals_before.push_back(seen[text_of_values(sweep, point)]++);
  }
}

std::string digest_of_design(const Sweep& sweep) {
  nlohmann::json text = {{"parameters", sweep.parameters},
                         {"replications", sweep.spec.replications},
                         {"seeds", enum_name(sweep.spec.seeds)},
                         {"metrics", sweep.spec.metrics},
                         {"tables", sweep.spec.tables}};
  for (const Point& point : sweep.points) {
    nlohmann::json levels = nlohmann::json::array();
    for (const Level& level : point.levels) {
      // The value too: it is the label of a case, which no set tells.
      levels.push_back(nlohmann::json::array({level.value.json, level.sets}));
    }
    text["points"].push_back(std::move(levels));
  }
  return sha256_hex(text.dump());
}

SweepSpec read_spec(const std::string& file, std::vector<Point>& points) {
  config::Document document;
  config::Problems problems(document);
  SweepSpec spec;
  if (config::read_with_bases(file, document, problems)) {
    config::Reader(document, problems).read_document(spec);
    check_spec(spec, problems);
    points = points_of(spec, problems);
  }
  problems.raise();
  return spec;
}

void read_base(Sweep& sweep) {
  const std::string file = sweep.spec.scenario.path();
  config::Problems problems(sweep.base);
  config::read_with_bases(file, sweep.base, problems);
  problems.raise();
  config::Document document = sweep.base;
  config::Problems in_scenario(document);
  Scenario scenario = config::read_scenario(document, sweep.sets, in_scenario);
  in_scenario.raise();
  scenario.name = std::filesystem::path(file).stem().string();
  sweep.scenario_name = scenario.name;
  sweep.scenario_seed = scenario.seed;
  sweep.scenario_digest = assembly::digest_of(scenario);
}

// A pointer that leads nowhere is better told at once than by each run.
void need_a_good_point(const Sweep& sweep) {
  std::optional<ScenarioError> first;
  for (std::size_t run = 0; run < sweep.runs(); run += sweep.spec.replications) {
    try {
      sweep.scenario_of(run);
      return;
    } catch (const ScenarioError& error) {
      if (!first) first = error;
    }
  }
  throw *first;
}

}  // namespace

std::optional<std::uint64_t> Sweep::seed_of(std::size_t run) const {
  const std::size_t replication = replication_of(run);
  std::string name = "common";
  if (spec.seeds == Seeds::independent) {
    name = "independent";
    name += text_of_values(*this, point_of(run));
    const std::size_t before = equals_before[run / spec.replications];
    if (before > 0) name += fmt::format("\n#{}", before);
  } else if (replication == 0) {
    return std::nullopt;
  }
  const DrawKey key = draw_key(scenario_seed, {"sweep", "seed", name, std::to_string(replication)});
  return key.value >> 11;  // 53 bits: every reader of JSON and CSV takes it as it is
}

Cell Sweep::cell_of(std::size_t run, const ParameterColumn& column) const {
  const AnyValue& value = point_of(run).levels[column.parameter].value;
  return column.is_figure ? figure_of(value) : sweep::cell_of(value);
}

Scenario Sweep::scenario_of(std::size_t run) const {
  std::vector<std::string> all = sets;
  for (const Level& level : point_of(run).levels) {
    all.insert(all.end(), level.sets.begin(), level.sets.end());
  }
  if (const auto seed = seed_of(run)) all.push_back(fmt::format("/seed={}", *seed));
  config::Document document = base;
  config::Problems problems(document);
  Scenario scenario = config::read_scenario(document, all, problems);
  problems.raise();
  scenario.name = scenario_name;
  return scenario;
}

Sweep load_sweep(const std::string& file, std::span<const std::string> more_sets) {
  Sweep sweep;
  sweep.file = file;
  sweep.spec = read_spec(file, sweep.points);
  for (const auto& [name, parameter] : sweep.spec.vary) sweep.parameters.push_back(name);
  for (const auto& [path, value] : sweep.spec.set) sweep.sets.push_back(path + "=" + value.json);
  sweep.sets.insert(sweep.sets.end(), more_sets.begin(), more_sets.end());
  read_base(sweep);
  add_columns(sweep);
  count_equals(sweep);
  sweep.design_digest = digest_of_design(sweep);
  need_a_good_point(sweep);
  return sweep;
}

std::string sweep_schema() {
  return config::file_schema<SweepSpec>("cdnsim sweep", "sweep.schema.json");
}

}  // namespace cdnsim::sweep
