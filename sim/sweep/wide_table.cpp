#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/sweep/wide_table.hpp>

namespace cdnsim::sweep {
namespace {

// SQLite takes 2,000.
constexpr std::size_t kColumnsMax = 1'900;

}  // namespace

std::vector<std::string> columns_of(const Database& database, const std::string& table) {
  std::vector<std::string> names;
  Statement statement =
      database.prepare("SELECT name FROM pragma_table_info(" + literal(table) + ")");
  while (statement.step()) names.push_back(statement.text(0));
  return names;
}

WideTable::WideTable(const Database& database, std::string name)
    : database_(database), name_(std::move(name)) {
  for (const std::string& column : columns_of(database, name_)) {
    places_.emplace(column, places_.size());
  }
}

std::size_t WideTable::place_of(const std::string& column) {
  const auto known = places_.find(column);
  if (known != places_.end()) return known->second;
  CDNSIM_REQUIRE_USER(places_.size() < kColumnsMax,
                      fmt::format("the table {} has more than {} columns: leave it out of "
                                  "\"tables\", and name figures in \"metrics\"",
                                  name_, kColumnsMax));
  database_.execute(
      fmt::format("ALTER TABLE {} ADD COLUMN {}", identifier(name_), identifier(column)));
  insert_.reset();
  return places_.emplace(column, places_.size()).first->second;
}

void WideTable::add(std::int64_t run, const Row& row) {
  std::vector<std::size_t> places;
  for (const auto& [column, cell] : row) places.push_back(place_of(column));
  if (!insert_) {
    std::vector<std::string> columns(places_.size());
    for (const auto& [column, place] : places_) columns[place] = identifier(column);
    std::string names, marks;
    for (const std::string& column : columns) {
      names += (names.empty() ? "" : ", ") + column;
      marks += marks.empty() ? "?" : ", ?";
    }
    insert_ = database_.prepare(
        fmt::format("INSERT INTO {} ({}) VALUES ({})", identifier(name_), names, marks));
  }
  insert_->bind(0, run);
  for (std::size_t i = 0; i < row.size(); ++i) insert_->bind(places[i], row[i].second);
  insert_->run();
}

void WideTable::remove(std::int64_t run) {
  database_.execute(fmt::format("DELETE FROM {} WHERE run = {}", identifier(name_), run));
}

}  // namespace cdnsim::sweep
