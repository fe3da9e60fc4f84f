// run(): from a Scenario to a Result. The same for any number of threads.
// Does not know files or the command line.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include <cdnsim/base/time.hpp>
#include <cdnsim/observe/recorder.hpp>
#include <cdnsim/scenario/result.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim {

struct RunOptions {
  std::uint32_t threads = 1;
  // Given the long series as CSV text, piece by piece, in the order of time.
  std::function<void(std::string_view)> series = {};
  // Told how far simulated time has come, after each window.
  std::function<void(SimTime)> progress = {};
  // Shown every recorder after the run and before the identities are checked, so that a test can
  // prove that a miscount is found.
  std::function<void(Recorder&)> before_checks = {};
};

// What may differ between two runs of the same scenario.
struct RunStatistics {
  std::uint64_t windows = 0;
  std::uint64_t node_visits = 0;
  std::uint64_t parallel_windows = 0;
  std::uint64_t client_requests = 0;  // warm-up included
  double lookahead_ms = 0;
};

struct RunOutcome {
  Result result;
  RunStatistics statistics;
};

// Throws UserError when the scenario cannot be run, InternalError when an identity does not hold.
RunOutcome run(const Scenario& scenario, const RunOptions& options = {});

}  // namespace cdnsim
