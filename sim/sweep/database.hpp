// SQLite with its failures told as a user can mend them: the one place that knows the library.
// Does not know which tables there are.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <cdnsim/sweep/cell.hpp>

struct sqlite3;
struct sqlite3_stmt;

namespace cdnsim::sweep {

class Database;

class Statement {
 public:
  // Places of fields count from 0.
  void bind(std::size_t place, const Cell& cell);
  // To the next row; false: there are no more, and the statement may be bound and run again.
  bool step();
  // Runs it to its end, and forgets what was bound.
  void run();

  std::size_t columns() const;
  std::string column_name(std::size_t place) const;
  Cell cell(std::size_t place) const;
  std::string text(std::size_t place) const;
  std::int64_t number(std::size_t place) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  Statement(const Database& database, std::string_view sql);

  const Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
 public:
  // `what_now` ends messages about what could not be written. Throws a UserError. A file that is
  // there already is not changed by it.
  static Database open_to_write(const std::string& path, std::string what_now);
  // Works in a folder that cannot be written to as well.
  static Database open_to_read(const std::string& path);

  // From now on writes go into a log beside the file. This changes the file.
  void use_log() const;
  // Several statements, without results.
  void execute(const std::string& sql) const;
  // REQUIRES: the database outlives the statement, and is not moved.
  Statement prepare(std::string_view sql) const { return Statement(*this, sql); }
  // The first field of the first row.
  std::int64_t number(std::string_view sql) const;

  // Throws a UserError that says what went wrong last.
  [[noreturn]] void fail() const;

 private:
  friend class Statement;
  struct Close {
    void operator()(sqlite3* database) const;
  };
  Database(std::string path, std::string what_now)
      : path_(std::move(path)), what_now_(std::move(what_now)) {}
  int open(const std::string& name, int flags);

  std::string path_, what_now_;
  std::unique_ptr<sqlite3, Close> database_;
};

// In double quotes: a name of a table or column.
std::string identifier(std::string_view name);
// In single quotes: a text within SQL.
std::string literal(std::string_view text);

}  // namespace cdnsim::sweep
