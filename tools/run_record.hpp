// run.json: what may differ between two runs of the same scenario.
// Does not know files.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <cdnsim/scenario/run.hpp>

namespace cdnsim::tools {

struct RunTimes {
  double wall_s = 0;   // from reading the scenario to the result
  double setup_s = 0;  // of that, before the first window was done
};

class Stopwatch {
 public:
  using Clock = std::chrono::steady_clock;

  void window_done(Clock::time_point now) {
    if (first_window_ == Clock::time_point{}) first_window_ = now;
  }
  // Until now.
  RunTimes times() const;

 private:
  Clock::time_point started_ = Clock::now();
  Clock::time_point first_window_{};
};

// JSON; ends with a newline. `files_in`: the folder of files that the scenario names, if it does.
std::string run_record(const RunOutcome& outcome, std::uint32_t threads, const RunTimes& times,
                       const std::optional<std::string>& files_in = {});

}  // namespace cdnsim::tools
