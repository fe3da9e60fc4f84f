#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/compare/figures.hpp>
#include <cdnsim/compare/tolerances.hpp>
#include <cdnsim/config/pointer.hpp>
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

// Everything that is not in a list, by the steps that lead there.
void add_leaves(const json& value, const std::string& at, bool with_texts, Row& row) {
  for (const auto& [key, member] : value.items()) {
    const std::string inside = at + config::escaped(key);
    if (member.is_object()) {
      add_leaves(member, inside + "/", with_texts, row);
    } else if (!member.is_array() && (with_texts || !member.is_string())) {
      row.emplace_back(inside, cell_of_figure(member));
    }
  }
}

Row all_figures(const json& document) {
  Row row;
  for (const auto& [key, member] : document.items()) {
    if (key == "scenario" || key == "schema_version") continue;
    const std::string pointer = "/" + config::escaped(key);
    if (member.is_object()) add_leaves(member, pointer + "/", false, row);
    if (member.is_number()) row.emplace_back(pointer, cell_of_figure(member));
  }
  for (const json& target : document.at("slo")) {
    const std::string at = "/slo/" + config::escaped(target.at("name").get<std::string>()) + "/";
    for (const char* key : {"margin", "met", "value"}) {
      row.emplace_back(at + key, cell_of_figure(target.at(key)));
    }
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

std::vector<Row> rows_of(const json& list) {
  std::vector<Row> rows;
  for (const json& member : list) add_leaves(member, "", true, rows.emplace_back());
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

void keep(const SweepSpec& spec, const Result& result, std::string_view series, Record& record) {
  const auto is_kept = [&](const char* table) {
    return std::ranges::find(spec.tables, table) != spec.tables.end();
  };
  const json document = assembly::to_json(result);
  record.digest = result.digest;
  record.scenario_digest = result.scenario.digest;
  record.seed = result.scenario.seed;
  record.metrics =
      spec.metrics.empty() ? all_figures(document) : chosen_figures(document, spec.metrics);
  if (is_kept("nodes")) record.nodes = rows_of(document.at("nodes"));
  if (is_kept("links")) record.links = rows_of(document.at("links"));
  record.series = rows_of_series(series);
}

}  // namespace cdnsim::sweep
