// Many caches over one trace in one pass: each policy at each size, alone.
// Does not know formats, nor who asks.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/policy_text.hpp>
#include <cdnsim/observe/outcome.hpp>
#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim {

struct LabCacheSpec {
  PolicyText policy;
  std::int64_t size = 0;  // bytes, or objects when sizes are ignored
  AdmissionText admission{{"always", {}}};
};

// What becomes of a copy that is asked for when its object has another size now.
enum class SizeChange {
  keep,   // nothing: it stays as large as it entered
  update  // the new version takes its place, as a newcomer
};

struct LabOptions {
  bool ignore_sizes = false;  // every object counts 1
  std::uint64_t warmup = 0;   // so many requests at first are played and not counted
  std::uint32_t threads = 1;
  std::optional<Duration> ttl = {};  // a copy is stale so long after it was brought
  Duration miss_latency{0};          // what a fetch takes
  SizeChange size_change = SizeChange::keep;
  bool causes = false;                              // tell why requests missed
  std::function<void(double share)> progress = {};  // now and then
  // To measure the caches by, on one thread; none: they are not. How late it is, and how many bytes
  // of memory the process holds.
  std::function<Duration()> clock = {};
  std::function<std::int64_t()> memory = {};
};

// What one cache saw after the warm-up. Bytes count 1 a request when sizes are ignored.
struct LabCounts {
  std::uint64_t requests = 0;
  std::uint64_t misses = 0;
  std::int64_t bytes = 0;
  std::int64_t miss_bytes = 0;
  std::uint64_t delayed_hits = 0;                           // waited for a fetch under way
  Duration waited{0};                                       // by all requests together
  std::array<std::uint64_t, kCountOf<MissCause>> causes{};  // of the misses; with options.causes
  std::uint64_t copies = 0;                                 // held at the end
  Duration spent{0};                                        // by options.clock
  std::int64_t memory = 0;  // by which the process grew, from the start on
};

// In the order of `caches`. REQUIRES: every policy is known and takes its parameters.
std::vector<LabCounts> play(TraceReader& trace, const std::vector<LabCacheSpec>& caches,
                            const LabOptions& options);

}  // namespace cdnsim
