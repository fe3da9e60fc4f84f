// The tables of a store, what it says of itself, and the view with a column for each figure.
// Does not know runs.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <cdnsim/sweep/database.hpp>
#include <cdnsim/sweep/sweep.hpp>

namespace cdnsim::sweep {

// Throws a UserError unless it is a store of this version; `is_new` when it holds nothing at all.
enum class Found { store, nothing };
Found look_into(const Database& database, const std::string& path);

// Every table, for a sweep of which nothing is run yet.
void make_tables(const Database& database, const Sweep& sweep, std::string_view version);

// Throws a UserError when the store was begun by another sweep, scenario or version.
void need_same_sweep(const Database& database, const std::string& path, const Sweep& sweep,
                     std::string_view version);

// Figures by name, and the number that stands for each in the store.
using MetricIds = std::map<std::string, std::int64_t>;

// A figure of a run is kept under one key: to append there is cheaper than to sort names in.
inline constexpr std::int64_t kMetricsMax = 65'536;
constexpr std::int64_t metric_key(std::int64_t run, std::int64_t metric) {
  return run * kMetricsMax + metric;
}

// The view runs_wide: what is known of a run, then its figures in the order of their names.
void make_view(const Database& database, const MetricIds& metrics);

}  // namespace cdnsim::sweep
