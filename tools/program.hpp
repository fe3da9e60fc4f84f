// The whole program but main(): reads the command line, runs a subcommand, gives the exit status.
// Does not know what a subcommand does.
#pragma once

#include <functional>

#include <cdnsim/observe/recorder.hpp>

namespace cdnsim::tools {

inline constexpr int kExitDone = 0;
inline constexpr int kExitDifferent = 1;
inline constexpr int kExitTargetMissed = 3;

// What a test may put into the program.
struct Hooks {
  // RunOptions::before_checks of every run: a test can cause a miscount.
  std::function<void(Recorder&)> before_checks = {};
};

int cdnsim_main(int argc, const char* const* argv, const Hooks& hooks = {});

}  // namespace cdnsim::tools
