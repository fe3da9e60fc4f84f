// Many caches over one trace in one pass: each policy at each size, alone.
// Does not know formats, nor who asks.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/policy_text.hpp>
#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim {

struct LabCacheSpec {
  PolicyText policy;
  std::int64_t size = 0;  // bytes, or objects when sizes are ignored
};

struct LabOptions {
  bool ignore_sizes = false;  // every object counts 1
  std::uint64_t warmup = 0;   // so many requests at first are played and not counted
  std::uint32_t threads = 1;
  std::function<void(double share)> progress = {};  // now and then
  std::function<Duration()> clock = {};             // to time the caches by; none: they are not
};

// What one cache saw after the warm-up. Bytes count 1 a request when sizes are ignored.
struct LabCounts {
  std::uint64_t requests = 0;
  std::uint64_t misses = 0;
  std::int64_t bytes = 0;
  std::int64_t miss_bytes = 0;
  Duration spent{0};  // on this cache after the warm-up, by the clock that was given
};

// In the order of `caches`. REQUIRES: every policy is known and takes its parameters.
std::vector<LabCounts> play(TraceReader& trace, const std::vector<LabCacheSpec>& caches,
                            const LabOptions& options);

}  // namespace cdnsim
