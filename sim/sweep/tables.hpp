// The tables of a store, row by row in the one order that neither threads nor kills change.
// Does not know how they are printed.
#pragma once

#include <string>
#include <vector>

#include <cdnsim/sweep/database.hpp>

namespace cdnsim::sweep {

enum class Shape { wide, long_ };

class StoredTables {
 public:
  // Throws a UserError unless it is a store of this version.
  explicit StoredTables(const std::string& path);

  // runs (wide: a column for each figure; long: a row for each), metrics, nodes, links or series.
  // Wall times, which differ each time, only `with_times`.
  // REQUIRES: this outlives the statement.
  Statement rows_of(const std::string& table, Shape shape, bool with_times) const;

 private:
  std::string columns_of_runs(bool with_times) const;

  Database database_;
};

}  // namespace cdnsim::sweep
