#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/sweep/store.hpp>
#include <cdnsim/sweep/store_tables.hpp>
#include <cdnsim/sweep/wide_table.hpp>

namespace cdnsim::sweep {
namespace {

constexpr std::int64_t kApplication = 0x43444e73;  // "CDNs"
// SQLite takes 2,000 columns of a view. `metrics` has all figures.
constexpr std::size_t kViewFiguresMax = 1'800;

// A key without rowids keeps what belongs to a run together, in one order.
constexpr const char* kTables = R"(
  CREATE TABLE sweep (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
  CREATE TABLE metric_names (id INTEGER PRIMARY KEY, metric TEXT UNIQUE);
  CREATE TABLE metric_values (key INTEGER PRIMARY KEY, value);
  CREATE VIEW metrics AS SELECT key / 65536 AS run, metric, value
    FROM metric_values JOIN metric_names ON id = key % 65536;
  CREATE TABLE nodes (run INTEGER, id TEXT, kind TEXT, PRIMARY KEY (run, id)) WITHOUT ROWID;
  CREATE TABLE links (run INTEGER, id TEXT, kind TEXT, PRIMARY KEY (run, id)) WITHOUT ROWID;
  CREATE TABLE series (run INTEGER, start_s INTEGER, node TEXT, kind TEXT,
                       PRIMARY KEY (run, start_s, node)) WITHOUT ROWID;
)";

std::string stored(const Database& database, std::string_view key) {
  Statement statement = database.prepare("SELECT value FROM sweep WHERE key = " + literal(key));
  return statement.step() ? statement.text(0) : "";
}

void need_same(const std::string& path, const std::string& before, std::string_view now,
               const char* what) {
  CDNSIM_REQUIRE_USER(before == now,
                      fmt::format("{} was begun with {}: give another file with -o to keep both, "
                                  "or remove this one to begin anew",
                                  path, what));
}

}  // namespace

Found look_into(const Database& database, const std::string& path) {
  const std::int64_t application = database.number("PRAGMA application_id");
  const std::int64_t version = database.number("PRAGMA user_version");
  if (application == 0 && version == 0 &&
      database.number("SELECT count(*) FROM sqlite_master") == 0) {
    return Found::nothing;
  }
  CDNSIM_REQUIRE_USER(application == kApplication,
                      fmt::format("{} is no store of sweeps; give another file", path));
  CDNSIM_REQUIRE_USER(
      version == kStoreVersion,
      fmt::format("{} is of {} cdnsim (its version is {}, this program's {}): use that one, or "
                  "give another file",
                  path, version < kStoreVersion ? "an older" : "a newer", version, kStoreVersion));
  return Found::store;
}

void make_tables(const Database& database, const Sweep& sweep, std::string_view version) {
  std::string runs =
      "CREATE TABLE runs (run INTEGER PRIMARY KEY, point INTEGER, replication INTEGER, seed";
  for (const ParameterColumn& column : sweep.columns) runs += ", " + identifier(column.name);
  runs +=
      ", status TEXT, message TEXT, digest TEXT, scenario_digest TEXT, version TEXT, wall_s REAL)";
  database.execute("BEGIN IMMEDIATE");
  database.execute(runs);
  database.execute(kTables);
  Statement insert = database.prepare("INSERT INTO sweep VALUES (?, ?)");
  const auto say = [&](const char* key, const Cell& value) {
    insert.bind(0, std::string(key));
    insert.bind(1, value);
    insert.run();
  };
  say("question", sweep.spec.question);
  say("scenario", sweep.scenario_name);
  say("scenario_digest", sweep.scenario_digest);
  say("design_digest", sweep.design_digest);
  say("runs", static_cast<std::int64_t>(sweep.runs()));
  say("version", std::string(version));
  make_view(database, {});
  database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT",
                               kApplication, kStoreVersion));
}

void need_same_sweep(const Database& database, const std::string& path, const Sweep& sweep,
                     std::string_view version) {
  need_same(path, stored(database, "version"), version, "another version of cdnsim");
  need_same(path, stored(database, "scenario_digest"), sweep.scenario_digest,
            "another scenario, or this one before it was changed");
  need_same(path, stored(database, "design_digest"), sweep.design_digest,
            "another sweep, or this one before it was changed");
}

void make_view(const Database& database, const MetricIds& metrics) {
  std::string columns;
  for (const std::string& column : columns_of(database, "runs")) {
    if (column == "wall_s") continue;  // it differs each time
    columns += (columns.empty() ? "runs." : ", runs.") + identifier(column);
  }
  std::size_t figures = 0;
  for (const auto& [metric, id] : metrics) {
    if (++figures > kViewFiguresMax) break;
    columns +=
        fmt::format(",\n(SELECT value FROM metric_values WHERE key = runs.run * {} + {}) AS {}",
                    kMetricsMax, id, identifier(metric));
  }
  database.execute(fmt::format(
      "DROP VIEW IF EXISTS runs_wide; CREATE VIEW runs_wide AS SELECT {} FROM runs", columns));
}

}  // namespace cdnsim::sweep
