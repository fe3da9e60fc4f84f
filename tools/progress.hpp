// One line on a terminal that says how far the work has come and how long it will still take.
// Does not know what is done.
#pragma once

#include <chrono>
#include <functional>
#include <ostream>
#include <string>

namespace cdnsim::tools {

class ProgressLine {
 public:
  using Clock = std::chrono::steady_clock;
  // What to add to the line, given the share done since the first call and the seconds it took.
  using Describe = std::function<std::string(double share, double wall_s)>;

  // REQUIRES: `out` outlives this and is a terminal.
  ProgressLine(std::ostream& out, Describe describe) : out_(out), describe_(std::move(describe)) {}
  // Leaves no trace on the screen.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Writes a few times a second, however often it is called. `share` goes from 0 to 1.
  void show(double share, Clock::time_point now);

 private:
  std::ostream& out_;
  Describe describe_;
  Clock::time_point started_{};
  double started_at_ = 0;
  Clock::time_point next_{};
  bool shown_ = false;
};

}  // namespace cdnsim::tools
