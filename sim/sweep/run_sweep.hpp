// Runs what a store lacks, several runs side by side.
// Does not know the command line, nor what is told to whom.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <cdnsim/observe/recorder.hpp>
#include <cdnsim/sweep/store.hpp>
#include <cdnsim/sweep/sweep.hpp>

namespace cdnsim::sweep {

struct Progress {
  std::size_t runs = 0;              // of the sweep
  std::size_t done = 0, failed = 0;  // of them, those that are in the store, and how they ended
  std::size_t broken = 0;            // of the failed, those that are this program's mistake
  std::size_t added = 0;             // this time
  double in_runs_s = 0;              // the simulations of these took, one after the other

  std::size_t over() const { return done + failed; }
};

struct Options {
  std::uint32_t threads = 1;
  bool retry_failed = false;
  // Called by one worker at a time, after each run.
  std::function<void(const Progress&)> progress = {};
  // Called by all workers, often; when it throws, they end and what they threw comes out.
  std::function<void()> poll = {};
  // Seconds from anywhere, for the wall times that the store keeps.
  std::function<double()> clock = {};
  // As of a run: lets a test break one.
  std::function<void(Recorder&)> before_checks = {};
};

// A run that fails is stored with its message, and the others go on.
Progress run_sweep(const Sweep& sweep, Store& store, const Options& options);

}  // namespace cdnsim::sweep
