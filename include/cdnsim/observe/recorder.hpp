// What one node counts: outcomes, statuses, causes, bytes and latencies, per content class.
// Integers only; does not know prices, other nodes or what a class is.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/prefetch.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/observe/histogram.hpp>
#include <cdnsim/observe/outcome.hpp>

namespace cdnsim {

// Requests born before the end of the warm-up are counted apart: identities need all of them, the
// result only the others. So are those that an edge gets from other nodes: its clients' count alone
// as the edge's.
enum class Phase : std::uint8_t { warmup, measured, relayed_warmup, relayed, kCount };

constexpr Phase relayed(Phase phase) {
  return phase == Phase::warmup ? Phase::relayed_warmup : Phase::relayed;
}

// Where a request's time to first byte went, in nanoseconds summed over requests.
enum class TimePart : std::uint8_t { network, setup, queue, service, storage, upstream, kCount };
inline constexpr std::array<std::string_view, kCountOf<TimePart>> kTimePartNames = {
    "network", "setup", "queue", "service", "storage", "upstream"};

// What every hit counts comes first, so that it lies in few lines of memory.
struct alignas(64) ClassCounts {
  std::array<std::uint64_t, kCountOf<TimePart>> time_ns{};
  std::uint64_t bytes_served = 0;  // towards clients and downstream nodes
  std::uint64_t bytes_hit = 0;     // of those, out of hits, stale and negative hits
  std::array<std::uint64_t, kCountOf<Outcome>> outcomes{};
  std::array<std::uint64_t, kCountOf<Status>> statuses{};
  std::array<std::uint64_t, kCountOf<MissCause>> causes{};
  std::array<std::uint64_t, kCountOf<Served>> served{};    // requests, where it may be elsewhere
  std::array<std::uint64_t, kCountOf<Served>> answered{};  // fetches, by the last that was asked
  std::uint64_t remembered_errors = 0;  // of negative hits, those that were no 404
  std::uint64_t failed_waits = 0;       // of delayed hits, those that ended in an error
  std::uint64_t stale_on_error = 0;     // stale copies in the place of an answer that failed
  std::uint64_t fetches = 0;            // led by requests
  std::uint64_t refreshes = 0;          // led in the background
  std::uint64_t resent = 0;             // to somebody else, or once more
  std::uint64_t not_modified = 0;       // fetches that found the copy held here to be good still
  std::uint64_t outdated = 0;           // answers that the origin would not have given any more
  std::uint64_t replica_fills = 0;      // copies that a server took from another one of its node
  std::uint64_t aborted = 0;            // fetches whose answer broke off midway
  std::uint64_t broken_off = 0;         // answers that did, towards clients and downstream nodes
  std::uint64_t bytes_fetched = 0;
  std::uint64_t pushed = 0;  // downstream, unasked
  std::uint64_t bytes_pushed = 0;

  std::uint64_t requests() const;
  // What a copy, or the knowledge that there is no such object, answered at once. A remembered
  // error is looked up and not found: it saves a fetch and serves nobody.
  std::uint64_t found() const {
    return (*this)[Outcome::hit] + (*this)[Outcome::stale_hit] + (*this)[Outcome::negative_hit] -
           remembered_errors;
  }
  std::uint64_t served_without_fetch() const {
    return found() + (*this)[Outcome::delayed_hit] - failed_waits;
  }
  std::uint64_t looked_up() const {
    return requests() - (*this)[Outcome::pass] - (*this)[Outcome::shed] - (*this)[Outcome::dropped];
  }
  std::uint64_t failed() const {
    return (*this)[Status::error] + (*this)[Status::timed_out] + (*this)[Status::rate_limited];
  }
  std::uint64_t operator[](Outcome outcome) const {
    return outcomes[static_cast<std::size_t>(outcome)];
  }
  std::uint64_t operator[](Status status) const {
    return statuses[static_cast<std::size_t>(status)];
  }
  ClassCounts& operator+=(const ClassCounts& other);
  ClassCounts& operator-=(const ClassCounts& earlier);
};

// Time to first and to last byte of one region's requests for one class.
struct LatencyCounts {
  LogHistogram first_byte;
  LogHistogram last_byte;
};

class Recorder {
 public:
  // What is not answered before `end` is in flight.
  Recorder(std::size_t regions, std::size_t classes, SimTime warmup_end,
           SimTime end = SimTime::max());

  SimTime end() const { return end_; }

  Phase phase_at(SimTime born) const {
    return born < warmup_end_ ? Phase::warmup : Phase::measured;
  }

  void count_outcome(Phase phase, std::uint16_t content, Outcome outcome) {
    ++counts(phase, content).outcomes[static_cast<std::size_t>(outcome)];
  }
  void count_status(Phase phase, std::uint16_t content, Status status) {
    ++counts(phase, content).statuses[static_cast<std::size_t>(status)];
  }
  void count_cause(Phase phase, std::uint16_t content, MissCause cause) {
    ++counts(phase, content).causes[static_cast<std::size_t>(cause)];
  }
  ClassCounts& counts(Phase phase, std::uint16_t content) {
    return counts_[static_cast<std::size_t>(phase) * classes_ + content];
  }
  const ClassCounts& counts(Phase phase, std::uint16_t content) const {
    return counts_[static_cast<std::size_t>(phase) * classes_ + content];
  }
  // Noted, and counted by settle() or earlier: by then the histograms' memory is at hand.
  void add_latency(std::uint32_t region, std::uint16_t content, Duration first, Duration last) {
    LatencyCounts& counts = latencies_[region * classes_ + content];
    prefetch(&counts.first_byte);
    prefetch(&counts.last_byte);
    noted_[noted_count_++] = {&counts, first.count(), last.count()};
    if (noted_count_ == noted_.size()) settle();
  }
  // Counts what was noted. REQUIRED before latencies are read.
  void settle();

  ClassCounts total(Phase phase) const;
  const LatencyCounts& latency(std::uint32_t region, std::uint16_t content) const {
    CDNSIM_ASSERT(noted_count_ == 0, "latencies are settled before they are read");
    return latencies_[region * classes_ + content];
  }
  std::size_t regions() const { return latencies_.size() / classes_; }
  std::size_t classes() const { return classes_; }

 private:
  std::size_t classes_;
  SimTime warmup_end_;
  SimTime end_;
  std::vector<ClassCounts> counts_;  // by phase, then class
  std::vector<LatencyCounts> latencies_;
  struct Noted {
    LatencyCounts* counts;
    std::int64_t first_ns;
    std::int64_t last_ns;
  };
  std::array<Noted, 16> noted_;
  std::size_t noted_count_ = 0;
};

}  // namespace cdnsim
