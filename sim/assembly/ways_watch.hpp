// Mean times to first byte before, during and after something of the network has failed.
// Does not know what failed, nor what else it did.
#pragma once

#include <array>
#include <cstdint>

#include <cdnsim/assembly/epochs.hpp>
#include <cdnsim/scenario/ways_result.hpp>

namespace cdnsim::assembly {

// Sums over requests of clients that were answered.
struct AnswerTimes {
  std::uint64_t answers = 0;
  std::uint64_t first_byte_ns = 0;
};

class WaysWatch {
 public:
  explicit WaysWatch(const Outage& outage);

  std::uint32_t event() const { return event_; }
  // REQUIRES: each second after the warm-up once.
  void close_second(std::int64_t second, const AnswerTimes& times);
  // Fills in the times.
  void judge(WaysResult& result) const;

 private:
  struct Stretch {
    SimTime from{};
    SimTime until{};
    AnswerTimes sum;
    double mean_ms() const;  // not a number when nobody was answered
  };
  std::uint32_t event_;
  std::array<Stretch, 4> stretches_;  // before, unconverged, converged, after
};

}  // namespace cdnsim::assembly
