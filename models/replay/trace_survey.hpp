// What must be known of a trace before it is played: how long it is, and that it can be read at
// all. Does not know who its clients are.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <cdnsim/base/time.hpp>
#include <cdnsim/models/workload/trace_replay.hpp>

namespace cdnsim {

class TraceReader;

struct TraceSurvey {
  std::uint64_t requests = 0;
  SimTime first{};
  SimTime last{};
  std::int64_t largest = 0;  // bytes of a request
  std::string sha256;        // of the file's content, decompressed
};

// All of these throw a UserError that names the file and what is wrong with it.
std::unique_ptr<TraceReader> open_replayed(const TraceReplay& trace);
// Reads a little: enough to see that it is a trace of its format.
void try_trace(const TraceReplay& trace);
// Whether any of its first requests, a few thousand of them, says who asks.
bool names_clients(const TraceReplay& trace);
// Reads all of it.
TraceSurvey survey(const TraceReplay& trace);

}  // namespace cdnsim
