// What a server remembers of fetches that brought nothing: negative caching.
// Does not know which failures are worth remembering, nor for how long.
#pragma once

#include <cstdint>

#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/lru.hpp>
#include <cdnsim/observe/outcome.hpp>

namespace cdnsim {

class FailureMemory {
 public:
  // The failure remembered for the key; Status::ok when there is none.
  Status find(std::uint64_t key, SimTime now) {
    const Found found = known_.find(key, now);
    if (found.state != Lookup::fresh) return Status::ok;
    return static_cast<Status>(known_.copy(found.slot).tag);
  }

  void remember(std::uint64_t key, Status failure, SimTime now, Duration how_long) {
    const CopyTimes<SimClock> times{now, now + how_long, SimTime::min()};
    known_.insert(key, Bytes{1}, static_cast<std::uint16_t>(failure), times, now);
  }

  void forget(std::uint64_t key) { known_.erase(key); }
  void clear() {
    known_.erase_if([](Slot) { return true; });
  }

 private:
  static constexpr Bytes kMostFailures{100'000};

  Cache<Lru, SimClock> known_{kMostFailures};  // each of one byte
};

}  // namespace cdnsim
