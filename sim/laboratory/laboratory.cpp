#include <algorithm>

#include <cdnsim/data_path/admission.hpp>
#include <cdnsim/engine/worker_pool.hpp>
#include <cdnsim/laboratory/laboratory.hpp>

#include "lab_cache.hpp"

namespace cdnsim {
namespace {

// One cache alone is played blocks that stay in the processor's first cache; several share larger
// ones, so that each comes back to its own memory less often.
constexpr std::size_t kBlockOfOne = 512;
constexpr std::size_t kBlockOfMany = 16'384;

std::unique_ptr<LabCache> make_lab_cache(const LabCacheSpec& spec, const LabOptions& options) {
  const bool is_plain = spec.admission.name == AdmitAll::kName && !options.ttl &&
                        options.miss_latency == Duration{0} &&
                        options.size_change == SizeChange::keep && !options.causes;
  return is_plain ? make_plain_lab_cache(spec) : make_detailed_lab_cache(spec, options);
}

// A cache, and what it costs.
class Measured {
 public:
  Measured(const LabCacheSpec& spec, const LabOptions& options)
      : options_(&options), memory_(-held()), cache_(make_lab_cache(spec, options)) {
    memory_ += held();
  }

  void play(std::span<const TraceRequest> block, std::size_t warming) {
    memory_ -= held();
    if (warming > 0) cache_->play(block.first(warming), true);
    const Duration start = now();
    if (warming < block.size()) cache_->play(block.subspan(warming), false);
    spent_ += now() - start;
    memory_ += held();
  }

  LabCounts finish() {
    cache_->finish();
    LabCounts counts = cache_->counts();
    counts.spent = spent_;
    counts.memory = memory_;
    return counts;
  }

 private:
  Duration now() const { return options_->clock ? options_->clock() : Duration{0}; }
  std::int64_t held() const { return options_->memory ? options_->memory() : 0; }

  const LabOptions* options_;
  std::int64_t memory_;
  std::unique_ptr<LabCache> cache_;
  Duration spent_{0};
};

}  // namespace

std::vector<LabCounts> play(TraceReader& trace, const std::vector<LabCacheSpec>& specs,
                            const LabOptions& options) {
  std::vector<TraceRequest> block(specs.size() == 1 ? kBlockOfOne : kBlockOfMany);
  std::vector<Measured> caches;
  for (const LabCacheSpec& spec : specs) caches.emplace_back(spec, options);
  WorkerPool pool(std::max<std::uint32_t>(
      1, std::min(options.threads, static_cast<std::uint32_t>(caches.size()))));
  std::uint64_t played = 0;
  while (const std::size_t count = trace.read(block)) {
    const std::span<TraceRequest> all(block.data(), count);
    if (options.ignore_sizes) {
      for (TraceRequest& request : all) request.bytes = 1;
    }
    const std::uint64_t cold = options.warmup > played ? options.warmup - played : 0;
    const std::size_t warming = static_cast<std::size_t>(std::min<std::uint64_t>(cold, count));
    pool.share(caches.size(), [&](std::uint32_t, std::size_t i) { caches[i].play(all, warming); });
    played += count;
    if (options.progress) options.progress(trace.share_read());
  }
  std::vector<LabCounts> counts;
  for (Measured& cache : caches) counts.push_back(cache.finish());
  return counts;
}

}  // namespace cdnsim
