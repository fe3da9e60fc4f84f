// The requests of one trace in the order in which they are played, each at its time in the run.
// Does not know who serves its clients. Holds one block of the trace.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <cdnsim/models/replay/trace_survey.hpp>
#include <cdnsim/models/workload/trace_replay.hpp>

namespace cdnsim {

struct PlayedRequest {
  SimTime at{};
  std::uint64_t id = 0;
  std::int64_t bytes = 0;
  std::uint64_t client = 0;  // TraceReader::kNobody: the trace does not tell
  std::uint64_t number = 0;  // from 0, over all rounds
};

class TraceStream {
 public:
  // REQUIRES: `survey` is of this trace; `spec` outlives the stream.
  TraceStream(const TraceReplay& spec, const TraceSurvey& survey);
  TraceStream(TraceStream&&) noexcept;
  ~TraceStream();

  // The next request, or nothing when the trace is over, or further away than any run lasts.
  const PlayedRequest* peek() const { return at_end_ ? nullptr : &next_; }
  // REQUIRES: peek() gave one.
  void advance();

 private:
  struct Block;

  bool refill();

  const TraceReplay* spec_;
  SimTime first_{};
  Duration round_length_{0};
  std::unique_ptr<Block> block_;
  std::uint32_t round_ = 0;
  bool at_end_ = false;
  PlayedRequest next_;
};

// How many requests of a trace come before a moment of the run. Reads as much of it as that takes.
std::uint64_t requests_before(SimTime time, const TraceReplay& spec, const TraceSurvey& survey);

}  // namespace cdnsim
