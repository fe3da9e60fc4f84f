#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <sqlite3.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/sweep/database.hpp>

namespace cdnsim::sweep {
namespace {

// Another program may be writing: one transaction of it is worth waiting for.
constexpr int kBusyMs = 5000;

std::string in_quotes(std::string_view text, char quote) {
  std::string quoted(1, quote);
  for (const char c : text) quoted += c == quote ? std::string(2, quote) : std::string(1, c);
  return quoted + quote;
}

// The path as a URI that SQLite takes to stand for a file that nobody changes.
std::string immutable_uri(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    const bool is_special = c == '%' || c == '?' || c == '#';
    uri += is_special ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return uri + "?immutable=1";
}

// Beside the file: of what is not in it yet, or of what is to be taken back.
bool has_log(const std::string& path) {
  for (const char* const ending : {"-wal", "-journal"}) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path + ending, error);
    if (!error && size > 0) return true;
  }
  return false;
}

// What went wrong, without the byte that says how: SQLITE_BUSY for SQLITE_BUSY_SNAPSHOT.
int primary_code(sqlite3* database) { return sqlite3_errcode(database) & 0xff; }

}  // namespace

std::string identifier(std::string_view name) { return in_quotes(name, '"'); }
std::string literal(std::string_view text) { return in_quotes(text, '\''); }

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Close::operator()(sqlite3* database) const { sqlite3_close(database); }

int Database::open(const std::string& name, int flags) {
  sqlite3* database = nullptr;
  const int status = sqlite3_open_v2(name.c_str(), &database, flags | SQLITE_OPEN_URI, nullptr);
  database_.reset(database);
  CDNSIM_ASSERT(database != nullptr, "there is memory for a connection");
  sqlite3_extended_result_codes(database, 1);
  sqlite3_busy_timeout(database, kBusyMs);
  return status;
}

Database Database::open_to_write(const std::string& path, std::string what_now) {
  Database database(path, std::move(what_now));
  // A path, whatever it looks like.
  const std::string name = std::filesystem::absolute(path).string();
  if (database.open(name, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) != SQLITE_OK) {
    database.fail();
  }
  return database;
}

void Database::use_log() const {
  // A run that is done survives a kill; a power failure may take the last ones, but nothing else.
  // Its log goes into the file when it has 32 MB: that is where it waits for the disk.
  execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8192");
}

Database Database::open_to_read(const std::string& path) {
  std::error_code error;
  CDNSIM_REQUIRE_USER(std::filesystem::is_regular_file(path, error),
                      fmt::format("cannot read {}: there is no such file", path));
  Database database(path, "");
  const std::string name = std::filesystem::absolute(path).string();
  const auto is_readable = [&] {
    return sqlite3_exec(database.database_.get(), "SELECT count(*) FROM sqlite_master", nullptr,
                        nullptr, nullptr) == SQLITE_OK;
  };
  if (database.open(name, SQLITE_OPEN_READONLY) == SQLITE_OK && is_readable()) return database;
  const int code = primary_code(database.database_.get());
  const bool cannot_share = code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
  // Readers share a file beside it. Where that cannot be made, nobody can be writing either.
  if (cannot_share && !has_log(path) &&
      database.open(immutable_uri(name), SQLITE_OPEN_READONLY) == SQLITE_OK && is_readable()) {
    return database;
  }
  database.fail();
}

void Database::fail() const {
  sqlite3* const database = database_.get();
  const int code = primary_code(database);
  const int system = sqlite3_system_errno(database);
  std::string why = sqlite3_errmsg(database);
  switch (code) {
    case SQLITE_NOTADB:
      throw UserError(fmt::format("{} is no store of sweeps; give another file", path_));
    case SQLITE_CORRUPT:
      throw UserError(fmt::format("{} is damaged ({}); give another file", path_, why));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw UserError(
          fmt::format("{} is locked by another program; close it there{}", path_, what_now_));
    case SQLITE_FULL: why = std::generic_category().message(ENOSPC); break;
    case SQLITE_READONLY: why = "it, or its folder, is read-only"; break;
    default:
      if (system != 0) why = std::generic_category().message(system);
  }
  const char* const deed = what_now_.empty() ? "read" : "write";
  throw UserError(fmt::format("cannot {} {}: {}{}", deed, path_, why, what_now_));
}

void Database::execute(const std::string& sql) const {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

std::int64_t Database::number(std::string_view sql) const {
  Statement statement = prepare(sql);
  CDNSIM_ASSERT(statement.step(), "the statement has a row");
  return statement.number(0);
}

Statement::Statement(const Database& database, std::string_view sql) : database_(&database) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database.database_.get(), sql.data(), static_cast<int>(sql.size()),
                         &statement, nullptr) != SQLITE_OK) {
    database.fail();
  }
  statement_.reset(statement);
}

void Statement::bind(std::size_t place, const Cell& cell) {
  sqlite3_stmt* const statement = statement_.get();
  const int at = static_cast<int>(place) + 1;
  int status = SQLITE_OK;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
    status = sqlite3_bind_int64(statement, at, *whole);
  } else if (const auto* real = std::get_if<double>(&cell)) {
    status = sqlite3_bind_double(statement, at, *real);
  } else if (const auto* text = std::get_if<std::string>(&cell)) {
    // Copied: the fields of a row may be gone before it is written.
    status = sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_TRANSIENT,
                                 SQLITE_UTF8);
  } else {
    status = sqlite3_bind_null(statement, at);
  }
  CDNSIM_ASSERT(status == SQLITE_OK, "the statement has that place");
}

bool Statement::step() {
  const int status = sqlite3_step(statement_.get());
  if (status == SQLITE_ROW) return true;
  if (status != SQLITE_DONE) {
    // The connection keeps what went wrong until the next call.
    sqlite3_reset(statement_.get());
    database_->fail();
  }
  sqlite3_reset(statement_.get());
  return false;
}

void Statement::run() {
  while (step()) {
  }
  sqlite3_clear_bindings(statement_.get());
}

std::size_t Statement::columns() const {
  return static_cast<std::size_t>(sqlite3_column_count(statement_.get()));
}
std::string Statement::column_name(std::size_t place) const {
  return sqlite3_column_name(statement_.get(), static_cast<int>(place));
}
std::int64_t Statement::number(std::size_t place) const {
  return sqlite3_column_int64(statement_.get(), static_cast<int>(place));
}
std::string Statement::text(std::size_t place) const {
  const int at = static_cast<int>(place);
  const unsigned char* const bytes = sqlite3_column_text(statement_.get(), at);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), at));
  return bytes == nullptr ? "" : std::string(reinterpret_cast<const char*>(bytes), size);  // NOLINT
}

Cell Statement::cell(std::size_t place) const {
  switch (sqlite3_column_type(statement_.get(), static_cast<int>(place))) {
    case SQLITE_NULL: return std::monostate();
    case SQLITE_INTEGER: return number(place);
    case SQLITE_FLOAT: return sqlite3_column_double(statement_.get(), static_cast<int>(place));
    default: return text(place);
  }
}

}  // namespace cdnsim::sweep
