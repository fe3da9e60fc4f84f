#include <iostream>
#include <unistd.h>

#include <fmt/format.h>

#include <cdnsim/tools/pass_progress.hpp>

namespace cdnsim::tools {

PassProgress::PassProgress(bool quiet, const char* what) {
  if (quiet || ::isatty(STDERR_FILENO) == 0) return;
  line_.emplace(std::cerr,
                [what](double, double) { return fmt::format("  of the trace {}", what); });
}

void PassProgress::show(double share) {
  signals_.poll();
  if (line_) line_->show(share, ProgressLine::Clock::now());
}

}  // namespace cdnsim::tools
