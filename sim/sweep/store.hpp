// The file that a sweep fills: each run is there whole or not at all, wherever it was killed.
// Does not know how runs come about, nor how tables are printed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/sweep/database.hpp>
#include <cdnsim/sweep/record.hpp>
#include <cdnsim/sweep/sweep.hpp>

namespace cdnsim::sweep {

inline constexpr std::int64_t kStoreVersion = 1;

struct Failed {
  std::string message;
  std::vector<std::size_t> runs;
};

class Store {
 public:
  // Makes the file, or goes on with one that the same sweep of the same scenario has begun. Throws
  // a UserError when it holds something else, or somebody else is writing to it.
  // REQUIRES: the sweep outlives this.
  Store(const std::string& path, const Sweep& sweep, std::string_view version);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // By run; nothing for those that are still to be run.
  std::vector<std::optional<Status>> statuses() const;
  // Each message once, with the runs that failed with it, in the order of their first.
  std::vector<Failed> failures() const;
  // Runs that failed become runs that are still to be run: no table has anything of them. One
  // transaction.
  void forget_failed();
  // One transaction. Throws a UserError when it cannot be written; nothing is then to be added.
  void add(const Record& record);

 private:
  struct Open;
  std::unique_ptr<Open> open_;
};

}  // namespace cdnsim::sweep
