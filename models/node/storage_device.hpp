// A disk, or all of one kind in a server: a queue of reads and writes charged in time order.
// Does not know what lies on it.
#pragma once

#include <algorithm>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/node/storage_counters.hpp>
#include <cdnsim/models/node/storage_spec.hpp>

namespace cdnsim {

// When the first byte of a copy can be sent, and when the last one can.
struct Reading {
  SimTime first{};
  SimTime last{};
};

// An access starts when those before it leave the device to it: each keeps it busy for its part of
// the latency (latency / parallel) and for its bytes. A disk that seeks does nothing else
// meanwhile; an SSD works on many accesses at once, so that its latency delays them without filling
// it.
class StorageDevice {
 public:
  explicit StorageDevice(const DeviceSpec& spec) : spec_(spec) {}

  // REQUIRES: `now` does not go back.
  Reading read(SimTime now, Bytes bytes, StorageCounters& counters) {
    const Duration transfer = transfer_time(bytes, spec_.read_rate);
    const Duration waited = occupy(now, transfer, counters);
    ++counters.reads;
    counters.bytes_read += bytes;
    counters.waited = within(counters.waited + waited);
    counters.longest_wait = std::max(counters.longest_wait, waited);
    const SimTime first = now + waited + spec_.latency;
    return {first, first + transfer};
  }

  // Nobody waits for its end. REQUIRES: `now` does not go back.
  void write(SimTime now, Bytes bytes, StorageCounters& counters) {
    occupy(now, transfer_time(bytes, spec_.write_rate), counters);
    ++counters.writes;
    counters.bytes_written += bytes;
  }

  // How long what was asked for would still keep it busy.
  Duration queue_at(SimTime now) const { return std::max(busy_until_ - now, Duration{0}); }
  bool takes_writes(SimTime now) const { return queue_at(now) <= spec_.write_backlog; }

 private:
  // A century is as good as for ever, and far from overflow.
  static constexpr Duration kLongest = std::chrono::hours(876'600);
  static Duration within(Duration time) { return std::min(time, kLongest); }

  // Returns how long the access waits for its start.
  Duration occupy(SimTime now, Duration transfer, StorageCounters& counters) {
    const Duration waited = queue_at(now);
    const Duration busy = within(spec_.latency / spec_.parallel + within(transfer));
    busy_until_ = kTimeZero + within(now + waited - kTimeZero + busy);
    counters.busy = within(counters.busy + busy);
    return waited;
  }

  DeviceSpec spec_;
  SimTime busy_until_{};
};

}  // namespace cdnsim
