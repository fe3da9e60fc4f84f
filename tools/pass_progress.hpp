// How far a pass over a trace has come, on a terminal if there is one; signals end it.
// Does not know what is done with the trace.
#pragma once

#include <optional>

#include <cdnsim/tools/progress.hpp>
#include <cdnsim/tools/signals.hpp>

namespace cdnsim::tools {

class PassProgress {
 public:
  // `what` is done with the trace: "played". REQUIRES: it outlives this.
  PassProgress(bool quiet, const char* what);
  void show(double share);

 private:
  const SignalWatch signals_;
  std::optional<ProgressLine> line_;
};

}  // namespace cdnsim::tools
