// A table whose columns become more as rows bring them.
// Does not know what its columns mean.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/sweep/database.hpp>

namespace cdnsim::sweep {

class WideTable {
 public:
  // REQUIRES: the table is there, its first column is `run`, and the database outlives this.
  WideTable(const Database& database, std::string name);

  void add(std::int64_t run, const Row& row);
  void remove(std::int64_t run);

 private:
  std::size_t place_of(const std::string& column);

  const Database& database_;
  std::string name_;
  std::map<std::string, std::size_t, std::less<>> places_;
  std::optional<Statement> insert_;
};

// A table's columns in their order.
std::vector<std::string> columns_of(const Database& database, const std::string& table);

}  // namespace cdnsim::sweep
