// One line on a terminal that says how far a run has come and how long it will still take.
// Does not know what is simulated.
#pragma once

#include <chrono>
#include <ostream>

#include <cdnsim/base/time.hpp>

namespace cdnsim::tools {

class ProgressLine {
 public:
  using Clock = std::chrono::steady_clock;

  // REQUIRES: `out` outlives this and is a terminal.
  ProgressLine(std::ostream& out, Duration whole) : out_(out), whole_(whole) {}
  // Leaves no trace on the screen.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Writes a few times a second, however often it is called.
  void show(SimTime reached, Clock::time_point now);

 private:
  std::ostream& out_;
  Duration whole_;
  Clock::time_point started_{};
  SimTime started_at_{};
  Clock::time_point next_{};
  bool shown_ = false;
};

}  // namespace cdnsim::tools
