// What is kept of one run: its figures, and rows of its nodes, links and series.
// Does not know how it is kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/scenario/result.hpp>
#include <cdnsim/sweep/cell.hpp>
#include <cdnsim/sweep/spec.hpp>

namespace cdnsim::sweep {

enum class Status { done, failed, broken };
constexpr auto enum_names(Status) {
  return std::array{EnumName<Status>{Status::done, "done"},
                    EnumName<Status>{Status::failed, "failed"},   // the scenario's mistake
                    EnumName<Status>{Status::broken, "broken"}};  // this program's
}

struct Record {
  std::size_t run = 0;
  std::uint64_t seed = 0;
  Status status = Status::done;
  std::string message;                  // why it is not done
  std::string digest, scenario_digest;  // of a run that is done
  double wall_s = 0;                    // of the simulation; 0 of one that failed
  Row metrics;                          // by pointer
  std::vector<Row> nodes, links, series;
};

// The part of `result` and `series` (CSV with a header) that the sweep keeps. The result is not
// changed: describe() functions take what they describe as if it were.
void keep(const SweepSpec& spec, Result& result, std::string_view series, Record& record);

}  // namespace cdnsim::sweep
