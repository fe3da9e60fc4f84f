// What the seconds around an event show of its effect: hit ratio, lost requests, and requests at
// shields and origins. Does not know what happened.
#pragma once

#include <cstdint>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/scenario/result.hpp>

namespace cdnsim::assembly {

// What all clients asked for and got in one second, or in several, and what came further up.
struct SecondCounts {
  std::uint64_t seconds = 1;
  std::uint64_t looked_up = 0;  // at the edge, without passes and what was shed
  std::uint64_t hits = 0;
  std::uint64_t lost = 0;  // at the edge: shed, refused, error or time-out
  std::uint64_t shield_requests = 0;
  std::uint64_t origin_requests = 0;
  std::uint64_t requests = 0;  // at the edge, likewise what follows
  std::uint64_t answers = 0;
  std::uint64_t stale = 0;          // answers out of stale copies
  std::uint64_t first_byte_ns = 0;  // over all answers

  SecondCounts& operator+=(const SecondCounts& more);
  // REQUIRES: all of `earlier` is counted here. Of one second.
  SecondCounts since(const SecondCounts& earlier) const;
};

class EventWatch {
 public:
  static constexpr std::int64_t kSecondsBefore = 60;
  static constexpr std::int64_t kSecondsAfter = 900;

  explicit EventWatch(SimTime at) : at_(at.time_since_epoch() / std::chrono::seconds(1)) {}

  // REQUIRES: each second after the warm-up once, in order.
  void close_second(std::int64_t second, const SecondCounts& counts);

  // Fills in the figures that follow from the seconds seen. REQUIRES: kind and recurs are told.
  void judge(EventResult& result) const;

 private:
  // Of some seconds: how much of a thing there was, and in how much.
  struct Amount {
    double of = 0;
    double in = 0;
    double ratio() const { return of / in; }  // not a number when there was nothing
  };
  using Measure = Amount (*)(const SecondCounts& sum);

  SecondCounts sum(std::size_t first, std::size_t end) const;
  Amount amount(Measure measure, std::size_t first) const;
  // The first second of those in which there was most of it; the number of all when there is none.
  std::size_t worst(Measure measure) const;
  bool is_chance(Measure measure, std::size_t worst) const;
  // Seconds from the event until it was back at what it was before; see EventResult.
  double back_after(Measure measure) const;
  void judge_hits(EventResult& result) const;
  void judge_peaks(EventResult& result) const;
  void judge_whole(EventResult& result) const;
  static bool may_end(const EventResult& result);

  std::int64_t at_;
  std::size_t before_ = 0;             // of the seconds, those before it
  std::vector<SecondCounts> seconds_;  // around it
  SecondCounts rest_{.seconds = 0};    // all from it on
};

}  // namespace cdnsim::assembly
