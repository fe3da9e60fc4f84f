#include <cerrno>
#include <fcntl.h>
#include <map>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/sweep/store.hpp>
#include <cdnsim/sweep/store_tables.hpp>
#include <cdnsim/sweep/wide_table.hpp>

namespace cdnsim::sweep {
namespace {

constexpr const char* kWhatNow =
    ". The runs that are done are kept; the same command goes on with the others";

// Held as long as this program writes, and given up with it however it ends.
class WriterLock {
 public:
  explicit WriterLock(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
    CDNSIM_REQUIRE_USER(descriptor_ >= 0, fmt::format("cannot write {}: {}", path,
                                                      std::generic_category().message(errno)));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    const int error = errno;
    ::close(descriptor_);
    throw UserError(
        error == EWOULDBLOCK
            ? fmt::format("{} is in use by another cdnsim sweep: wait for it, or give another file",
                          path)
            : fmt::format("cannot lock {}: {}", path, std::generic_category().message(error)));
  }
  ~WriterLock() { ::close(descriptor_); }
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  int descriptor_;
};

Status status_named(const std::string& name) {
  for (const auto& entry : enum_names(Status{})) {
    if (entry.name == name) return entry.value;
  }
  throw UserError("the store has a run of unknown status " + name);
}

Cell cell_of_seed(std::uint64_t seed) {
  if (seed > INT64_MAX) return std::to_string(seed);
  return static_cast<std::int64_t>(seed);
}

// Everything or nothing.
class Transaction {
 public:
  explicit Transaction(const Database& database) : database_(database) {
    database.execute("BEGIN IMMEDIATE");
  }
  ~Transaction() {
    if (is_open_) try_to_roll_back();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit() {
    database_.execute("COMMIT");
    is_open_ = false;
  }

 private:
  void try_to_roll_back() noexcept {
    try {
      database_.execute("ROLLBACK");
    } catch (const UserError&) {  // SQLite has rolled back by itself
    }
  }

  const Database& database_;
  bool is_open_ = true;
};

}  // namespace

// The lock comes before the connection: closing a file's descriptor takes all of SQLite's locks of
// it away.
struct Store::Open {
  Open(const std::string& path, const Sweep& of, std::string_view program)
      : sweep(of), version(program), lock(path), database(Database::open_to_write(path, kWhatNow)) {
    // What is not ours is refused as it is.
    const Found found = look_into(database, path);
    database.use_log();
    if (found == Found::nothing) {
      make_tables(database, sweep, version);
    } else {
      need_same_sweep(database, path, sweep, version);
    }
    Statement known = database.prepare("SELECT metric, id FROM metric_names");
    while (known.step()) metrics.emplace(known.text(0), known.number(1));
    add_name = database.prepare("INSERT INTO metric_names VALUES (?, ?)");
    add_value = database.prepare("INSERT INTO metric_values VALUES (?, ?)");
    for (const char* name : {"runs", "nodes", "links", "series"}) {
      tables.emplace(name, WideTable(database, name));
    }
  }

  void add_run(const Record& record);
  void add_metrics(const Record& record);
  void add_rows(const char* table, std::size_t run, const std::vector<Row>& rows) {
    for (const Row& row : rows) tables.at(table).add(static_cast<std::int64_t>(run), row);
  }

  const Sweep& sweep;
  std::string version;
  WriterLock lock;
  Database database;
  MetricIds metrics;
  std::optional<Statement> add_name, add_value;
  std::map<std::string, WideTable> tables;
};

void Store::Open::add_run(const Record& record) {
  Row row = {{"point", static_cast<std::int64_t>(record.run / sweep.spec.replications)},
             {"replication", static_cast<std::int64_t>(sweep.replication_of(record.run))},
             {"seed", cell_of_seed(record.seed)},
             {"status", std::string(enum_name(record.status))},
             {"version", version},
             {"wall_s", record.wall_s}};
  for (const ParameterColumn& column : sweep.columns) {
    row.emplace_back(column.name, sweep.cell_of(record.run, column));
  }
  if (record.status == Status::done) {
    row.emplace_back("digest", record.digest);
    row.emplace_back("scenario_digest", record.scenario_digest);
  } else {
    row.emplace_back("message", record.message);
  }
  add_rows("runs", record.run, {row});
}

void Store::Open::add_metrics(const Record& record) {
  const std::size_t before = metrics.size();
  for (const auto& [metric, value] : record.metrics) {
    const auto id = static_cast<std::int64_t>(metrics.size());
    const auto [known, is_new] = metrics.emplace(metric, id);
    if (is_new) {
      CDNSIM_REQUIRE_USER(id < kMetricsMax,
                          "more than 65,536 figures; name those to keep in "
                          "\"metrics\"");
      add_name->bind(0, id);
      add_name->bind(1, metric);
      add_name->run();
    }
    add_value->bind(0, metric_key(static_cast<std::int64_t>(record.run), known->second));
    add_value->bind(1, value);
    add_value->run();
  }
  if (metrics.size() > before) make_view(database, metrics);
}

Store::Store(const std::string& path, const Sweep& sweep, std::string_view version)
    : open_(std::make_unique<Open>(path, sweep, version)) {}
Store::~Store() = default;

std::vector<std::optional<Status>> Store::statuses() const {
  std::vector<std::optional<Status>> found(open_->sweep.runs());
  Statement runs = open_->database.prepare("SELECT run, status FROM runs");
  while (runs.step()) {
    found.at(static_cast<std::size_t>(runs.number(0))) = status_named(runs.text(1));
  }
  return found;
}

std::vector<Failed> Store::failures() const {
  std::vector<Failed> found;
  std::map<std::string, std::size_t> place;  // by message
  Statement runs =
      open_->database.prepare("SELECT run, message FROM runs WHERE status <> 'done' ORDER BY run");
  while (runs.step()) {
    const std::string message = runs.text(1);
    const auto [known, is_new] = place.emplace(message, found.size());
    if (is_new) found.push_back(Failed{message, {}});
    found[known->second].runs.push_back(static_cast<std::size_t>(runs.number(0)));
  }
  return found;
}

void Store::forget_failed() {
  std::vector<std::int64_t> failed;
  Statement runs = open_->database.prepare("SELECT run FROM runs WHERE status <> 'done'");
  while (runs.step()) failed.push_back(runs.number(0));
  Transaction transaction(open_->database);
  for (const std::int64_t run : failed) {
    for (auto& [name, table] : open_->tables) table.remove(run);
    open_->database.execute(fmt::format("DELETE FROM metric_values WHERE key >= {} AND key < {}",
                                        metric_key(run, 0), metric_key(run + 1, 0)));
  }
  transaction.commit();
}

void Store::add(const Record& record) {
  Transaction transaction(open_->database);
  open_->add_run(record);
  open_->add_rows("nodes", record.run, record.nodes);
  open_->add_rows("links", record.run, record.links);
  open_->add_rows("series", record.run, record.series);
  // Last: with a long view every new column of a table is slow.
  open_->add_metrics(record);
  transaction.commit();
}

}  // namespace cdnsim::sweep
