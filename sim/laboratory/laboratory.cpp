#include <algorithm>
#include <atomic>

#include <cdnsim/engine/worker_pool.hpp>
#include <cdnsim/laboratory/laboratory.hpp>

#include "lab_cache.hpp"

namespace cdnsim {
namespace {

// One cache alone is played blocks that stay in the processor's first cache; several share larger
// ones, so that each comes back to its own memory less often.
constexpr std::size_t kBlockOfOne = 512;
constexpr std::size_t kBlockOfMany = 16'384;

}  // namespace

std::vector<LabCounts> play(TraceReader& trace, const std::vector<LabCacheSpec>& specs,
                            const LabOptions& options) {
  std::vector<std::unique_ptr<LabCache>> caches;
  for (const LabCacheSpec& spec : specs) {
    caches.push_back(make_lab_cache(spec, options.ignore_sizes));
  }
  std::vector<TraceRequest> block(caches.size() == 1 ? kBlockOfOne : kBlockOfMany);
  WorkerPool pool(std::max<std::uint32_t>(
      1, std::min(options.threads, static_cast<std::uint32_t>(caches.size()))));
  std::vector<Duration> spent(caches.size());
  std::uint64_t played = 0;
  while (const std::size_t count = trace.read(block)) {
    const std::span<const TraceRequest> all(block.data(), count);
    const std::uint64_t cold = options.warmup > played ? options.warmup - played : 0;
    const std::size_t warming = static_cast<std::size_t>(std::min<std::uint64_t>(cold, count));
    std::atomic<std::size_t> next{0};
    pool.run([&](std::uint32_t) {
      for (std::size_t i = next++; i < caches.size(); i = next++) {
        if (warming > 0) caches[i]->play(all.first(warming), true);
        const Duration start = options.clock ? options.clock() : Duration{0};
        if (warming < count) caches[i]->play(all.subspan(warming), false);
        if (options.clock) spent[i] += options.clock() - start;
      }
    });
    played += count;
    if (options.progress) options.progress(trace.share_read());
  }
  std::vector<LabCounts> counts;
  for (std::size_t i = 0; i < caches.size(); ++i) {
    counts.push_back(caches[i]->counts());
    counts.back().spent = spent[i];
  }
  return counts;
}

}  // namespace cdnsim
