#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/tools/cache_output.hpp>
#include <cdnsim/tools/csv.hpp>
#include <cdnsim/tools/table.hpp>
#include <cdnsim/tools/units.hpp>

namespace cdnsim::tools {
namespace {

enum class Kind { text, count, bytes, ratio, decimal };

struct Value {
  Kind kind;
  std::string text;
  std::uint64_t count = 0;
  double number = 0;
};
Value text(std::string value) { return {Kind::text, std::move(value)}; }
Value count(std::uint64_t value) { return {Kind::count, {}, value}; }
Value bytes(std::int64_t value) { return {Kind::bytes, {}, static_cast<std::uint64_t>(value)}; }

template <class Part, class Whole>
double quotient(Part part, Whole whole) {
  return whole == 0 ? std::numeric_limits<double>::quiet_NaN()
                    : static_cast<double>(part) / static_cast<double>(whole);
}
template <class T>
Value ratio(T part, T whole) {
  return {Kind::ratio, {}, 0, quotient(part, whole)};
}
template <class Part, class Whole>
Value decimal(Part part, Whole whole) {
  return {Kind::decimal, {}, 0, quotient(part, whole)};
}

// A table has room for a few columns only, so that there is one for each of these.
enum class Part { key, misses, delays, causes, cost };

struct Column {
  std::string_view name;   // in CSV and JSON
  std::string_view title;  // in a table; none: not there
  Value (*of)(const LabRow&);
  Part part = Part::misses;
};

template <MissCause kCause>
Value caused(const LabRow& row) {
  return count(row.counts.causes[static_cast<std::size_t>(kCause)]);
}

// The first nine are what other programs rely on.
std::vector<Column> columns_of(const LabColumns& wanted) {
  const std::string_view miss_bytes = wanted.bytes ? "miss bytes" : "";
  const std::string_view byte_misses = wanted.bytes ? "byte miss ratio" : "";
  std::vector<Column> columns = {
      {"trace", "", [](const LabRow& r) { return text(r.trace); }},
      {"policy", "policy", [](const LabRow& r) { return text(to_text(r.spec.policy)); }, Part::key},
      {"size", "size",
       wanted.bytes
           ? [](const LabRow& r) { return bytes(r.spec.size); }
           : [](const LabRow& r) { return count(static_cast<std::uint64_t>(r.spec.size)); },
       Part::key},
      {"requests", "requests", [](const LabRow& r) { return count(r.counts.requests); }},
      {"misses", "misses", [](const LabRow& r) { return count(r.counts.misses); }},
      {"miss_ratio", "miss ratio",
       [](const LabRow& r) { return ratio(r.counts.misses, r.counts.requests); }},
      {"bytes", "", [](const LabRow& r) { return bytes(r.counts.bytes); }},
      {"miss_bytes", miss_bytes, [](const LabRow& r) { return bytes(r.counts.miss_bytes); }},
      {"byte_miss_ratio", byte_misses,
       [](const LabRow& r) { return ratio(r.counts.miss_bytes, r.counts.bytes); }}};
  const auto add = [&](bool is_wanted, std::initializer_list<Column> more) {
    if (is_wanted) columns.insert(columns.end(), more);
  };
  add(wanted.admission,
      {{"admission", "admission", [](const LabRow& r) { return text(to_text(r.spec.admission)); },
        Part::key}});
  add(wanted.delays, {{"delayed_hits", "delayed hits",
                       [](const LabRow& r) { return count(r.counts.delayed_hits); }, Part::delays},
                      {"mean_latency_ms", "mean latency, ms",
                       [](const LabRow& r) {
                         return decimal(static_cast<double>(r.counts.waited.count()) / 1e6,
                                        r.counts.requests);
                       },
                       Part::delays}});
  add(wanted.causes,
      {{"first_request", "first request", caused<MissCause::first_request>, Part::causes},
       {"evicted", "evicted", caused<MissCause::evicted>, Part::causes},
       {"not_admitted", "not admitted", caused<MissCause::not_admitted>, Part::causes},
       {"expired", "expired", caused<MissCause::expired>, Part::causes}});
  add(wanted.time,
      {{"ns_per_request", "ns/request",
        [](const LabRow& r) { return decimal(r.counts.spent.count(), r.counts.requests); },
        Part::cost}});
  add(wanted.memory,
      {{"bytes_per_object", "bytes/object",
        [](const LabRow& r) { return decimal(r.counts.memory, r.counts.copies); }, Part::cost}});
  return columns;
}

std::string csv_of(const Value& value) {
  switch (value.kind) {
    case Kind::text: return csv_field(value.text);
    case Kind::count:
    case Kind::bytes: return std::to_string(value.count);
    case Kind::ratio: return std::isnan(value.number) ? "" : fmt::format("{:.6f}", value.number);
    case Kind::decimal: return std::isnan(value.number) ? "" : fmt::format("{:.3f}", value.number);
  }
  return {};
}

nlohmann::ordered_json json_of(const Value& value) {
  if (value.kind == Kind::text) return value.text;
  if (value.kind == Kind::count || value.kind == Kind::bytes) return value.count;
  return std::isnan(value.number) ? nlohmann::ordered_json(nullptr)
                                  : nlohmann::ordered_json(value.number);
}

std::string cell_of(const Value& value) {
  switch (value.kind) {
    case Kind::text: return value.text;
    case Kind::count: return std::to_string(value.count);
    case Kind::bytes: return bytes_text(value.count);
    case Kind::ratio: return percent_text(value.number);
    case Kind::decimal: return std::isnan(value.number) ? "-" : fmt::format("{:.1f}", value.number);
  }
  return {};
}

std::string csv_text(const std::vector<LabRow>& rows, const std::vector<Column>& columns) {
  std::string out;
  for (const Column& column : columns) (out += out.empty() ? "" : ",") += column.name;
  out += '\n';
  for (const LabRow& row : rows) {
    std::string line;
    for (const Column& column : columns)
      (line += line.empty() ? "" : ",") += csv_of(column.of(row));
    out += line + '\n';
  }
  return out;
}

std::string json_text(const std::vector<LabRow>& rows, const std::vector<Column>& columns) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const LabRow& row : rows) {
    nlohmann::ordered_json entry;
    for (const Column& column : columns) entry[std::string(column.name)] = json_of(column.of(row));
    list.push_back(std::move(entry));
  }
  return list.dump(2) + "\n";
}

std::string table_text(const std::vector<LabRow>& rows, const std::vector<Column>& columns,
                       Part part) {
  std::vector<Column> shown;
  for (const Part wanted : {Part::key, part}) {
    std::copy_if(columns.begin(), columns.end(), std::back_inserter(shown),
                 [&](const Column& c) { return c.part == wanted && !c.title.empty(); });
  }
  std::vector<std::string> titles;
  for (const Column& column : shown) titles.emplace_back(column.title);
  Table table(titles);
  for (const LabRow& row : rows) {
    std::vector<std::string> cells;
    for (const Column& column : shown) cells.push_back(cell_of(column.of(row)));
    table.add(std::move(cells));
  }
  return table.text();
}

std::string tables_text(const std::vector<LabRow>& rows, const std::vector<Column>& columns) {
  std::string text = table_text(rows, columns, Part::misses);
  for (const Part part : {Part::delays, Part::causes, Part::cost}) {
    const bool is_there = std::any_of(columns.begin(), columns.end(),
                                      [&](const Column& column) { return column.part == part; });
    if (is_there) text += "\n" + table_text(rows, columns, part);
  }
  return text;
}

}  // namespace

std::string lab_text(const std::vector<LabRow>& rows, LabFormat format, const LabColumns& wanted) {
  const std::vector<Column> columns = columns_of(wanted);
  switch (format) {
    case LabFormat::table: return tables_text(rows, columns);
    case LabFormat::csv: return csv_text(rows, columns);
    case LabFormat::json: return json_text(rows, columns);
  }
  return {};
}

}  // namespace cdnsim::tools
