#include <algorithm>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/sweep/store_tables.hpp>
#include <cdnsim/sweep/tables.hpp>
#include <cdnsim/sweep/wide_table.hpp>

namespace cdnsim::sweep {
namespace {

// Columns that came with the first run to have them stand in the order of their names.
std::string sorted_columns(const Database& database, const std::string& table,
                           std::size_t standing) {
  std::vector<std::string> columns = columns_of(database, table);
  std::sort(columns.begin() + static_cast<std::ptrdiff_t>(standing), columns.end());
  std::string text;
  for (const std::string& column : columns) {
    text += (text.empty() ? "" : ", ") + identifier(column);
  }
  return text;
}

}  // namespace

StoredTables::StoredTables(const std::string& path) : database_(Database::open_to_read(path)) {
  CDNSIM_REQUIRE_USER(look_into(database_, path) == Found::store,
                      fmt::format("{} is empty: no sweep has written to it", path));
}

std::string StoredTables::columns_of_runs(bool with_times) const {
  std::string text;
  for (const std::string& column : columns_of(database_, "runs")) {
    if (column == "wall_s" && !with_times) continue;
    text += (text.empty() ? "runs." : ", runs.") + identifier(column);
  }
  return text;
}

Statement StoredTables::rows_of(const std::string& table, Shape shape, bool with_times) const {
  if (table == "runs" && shape == Shape::long_) {
    return database_.prepare(fmt::format(
        "SELECT {0}, metric, value FROM runs "
        "LEFT JOIN metric_values ON key >= runs.run * {1} AND key < (runs.run + 1) * {1} "
        "LEFT JOIN metric_names ON id = key % {1} ORDER BY runs.run, metric",
        columns_of_runs(with_times), kMetricsMax));
  }
  if (table == "runs") {
    const char* const columns = with_times ? "runs_wide.*, runs.wall_s" : "runs_wide.*";
    return database_.prepare(fmt::format(
        "SELECT {} FROM runs_wide JOIN runs USING (run) ORDER BY runs_wide.run", columns));
  }
  const std::size_t standing = table == "series" ? 4 : 3;
  const char* const order = table == "series"    ? "run, start_s, node"
                            : table == "metrics" ? "run, metric"
                                                 : "run, id";
  return database_.prepare(fmt::format("SELECT {} FROM {} ORDER BY {}",
                                       sorted_columns(database_, table, standing),
                                       identifier(table), order));
}

}  // namespace cdnsim::sweep
