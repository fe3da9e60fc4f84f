#include <algorithm>
#include <charconv>
#include <cmath>

#include <nlohmann/json.hpp>

#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/compare/figures.hpp>
#include <cdnsim/compare/tolerances.hpp>
#include <cdnsim/config/pointer.hpp>
#include <cdnsim/sweep/figure_visitor.hpp>
#include <cdnsim/sweep/record.hpp>

namespace cdnsim::sweep {
namespace {

using nlohmann::json;

Cell cell_of_figure(const json& figure) {
  if (figure.is_boolean()) return std::int64_t{figure.get<bool>()};
  if (figure.is_number_unsigned() && figure.get<std::uint64_t>() > INT64_MAX) return figure.dump();
  if (figure.is_number_integer()) return figure.get<std::int64_t>();
  if (figure.is_number()) return figure.get<double>();
  if (figure.is_string()) return figure.get<std::string>();
  return std::monostate();
}

Row all_figures(Result& result) {
  Row row;
  FigureVisitor visitor(row, "/", false);
  describe(visitor, result);
  std::erase_if(row, [](const auto& field) {
    return field.first.starts_with("/scenario/") || field.first == "/schema_version";
  });
  for (const SloResult& target : result.slo) {
    const std::string at = "/slo/" + config::escaped(target.name) + "/";
    const auto figure = [](double value) { return std::isnan(value) ? Cell() : Cell(value); };
    row.emplace_back(at + "margin", figure(target.margin));
    row.emplace_back(at + "met", std::int64_t{target.met});
    row.emplace_back(at + "value", figure(target.value));
  }
  return row;
}

Row chosen_figures(const json& document, const std::vector<std::string>& patterns) {
  Row row;
  for (const auto& [pointer, figure] : compare::figures_of(document)) {
    const bool is_chosen = std::ranges::any_of(
        patterns, [&](const std::string& pattern) { return compare::fits(pattern, pointer); });
    if (is_chosen && !figure.is_string() && !figure.is_structured()) {
      row.emplace_back(pointer, cell_of_figure(figure));
    }
  }
  return row;
}

template <class T>
std::vector<Row> rows_of(std::vector<T>& list) {
  std::vector<Row> rows;
  for (T& member : list) {
    FigureVisitor visitor(rows.emplace_back(), "", true);
    describe(visitor, member);
  }
  return rows;
}

// One field off the front of a line of CSV, and the comma or line's end behind it.
std::string take_field(std::string_view& text) {
  std::string field;
  bool is_quoted = false;
  while (!text.empty()) {
    const char c = text.front();
    if (!is_quoted && (c == ',' || c == '\n')) break;
    text.remove_prefix(1);
    if (c != '"') {
      field += c;
    } else if (is_quoted && text.starts_with('"')) {
      field += c;
      text.remove_prefix(1);
    } else {
      is_quoted = !is_quoted;
    }
  }
  return field;
}

Cell cell_of_text(const std::string& text) {
  std::int64_t whole = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, whole);
  if (error == std::errc{} && rest == end) return whole;
  return text;
}

std::vector<Row> rows_of_series(std::string_view text) {
  std::vector<std::string> columns;
  std::vector<Row> rows;
  bool is_header = true;
  while (!text.empty()) {
    Row row;
    for (std::size_t i = 0;; ++i) {
      const std::string field = take_field(text);
      if (is_header) {
        columns.push_back(field);
      } else {
        // Names of nodes are texts, even those of digits.
        const bool is_name = columns.at(i) == "node" || columns.at(i) == "kind";
        row.emplace_back(columns.at(i), is_name ? Cell(field) : cell_of_text(field));
      }
      const bool goes_on = text.starts_with(',');
      if (!text.empty()) text.remove_prefix(1);
      if (!goes_on) break;
    }
    if (!is_header) rows.push_back(std::move(row));
    is_header = false;
  }
  return rows;
}

}  // namespace

void keep(const SweepSpec& spec, Result& result, std::string_view series, Record& record) {
  const auto is_kept = [&](const char* table) {
    return std::ranges::find(spec.tables, table) != spec.tables.end();
  };
  record.digest = result.digest;
  record.scenario_digest = result.scenario.digest;
  record.seed = result.scenario.seed;
  record.metrics = spec.metrics.empty() ? all_figures(result)
                                        : chosen_figures(assembly::to_json(result), spec.metrics);
  if (is_kept("nodes")) record.nodes = rows_of(result.nodes);
  if (is_kept("links")) record.links = rows_of(result.links);
  record.series = rows_of_series(series);
}

}  // namespace cdnsim::sweep
