#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/list.hpp>

#include "lab_cache.hpp"

namespace cdnsim {
namespace {

template <CachePolicy Policy>
class PlainLabCache final : public LabCache {
 public:
  PlainLabCache(std::int64_t size, Policy policy) : cache_(Bytes(size), std::move(policy)) {}

  void play(std::span<const TraceRequest> block, bool warming) override {
    LabCounts counts;
    if (cache_.counters().copies < kCopiesWorthLookingAhead) {
      for (const TraceRequest& request : block) ask(request, counts);
    } else {
      play_looking_ahead(block, counts);
    }
    if (warming) return;
    counts_.requests += block.size();
    counts_.misses += counts.misses;
    counts_.bytes += counts.bytes;
    counts_.miss_bytes += counts.miss_bytes;
  }
  void finish() override {}
  LabCounts counts() const override {
    LabCounts counts = counts_;
    counts.copies = cache_.counters().copies;
    return counts;
  }

 private:
  // What lies beyond the processor's caches is asked for so many requests before it is needed:
  // first the line of the index, then that of the copy. Of 30,000 copies it costs LRU, LFU and SLRU
  // more than it gains; of 100,000 it gains with every policy.
  static constexpr std::uint64_t kCopiesWorthLookingAhead = 1 << 16;
  static constexpr std::size_t kAheadIndex = 24, kAheadCopy = 12;

  void ask(const TraceRequest& request, LabCounts& counts) {
    counts.bytes += request.bytes;
    foresee(cache_, request);
    if (cache_.request(request.id, Bytes(request.bytes))) return;
    ++counts.misses;
    counts.miss_bytes += request.bytes;
  }

  void play_looking_ahead(std::span<const TraceRequest> block, LabCounts& counts) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      if (i + kAheadIndex < block.size()) cache_.prefetch(block[i + kAheadIndex].id);
      if (i + kAheadCopy < block.size()) cache_.prefetch_copy(block[i + kAheadCopy].id);
      ask(block[i], counts);
    }
  }

  Cache<Policy> cache_;
  LabCounts counts_;
};

}  // namespace

std::unique_ptr<LabCache> make_plain_lab_cache(const LabCacheSpec& spec) {
  std::unique_ptr<LabCache> cache;
  with_laboratory_policy(spec.policy, [&]<class Policy>(Policy policy) {
    cache = std::make_unique<PlainLabCache<Policy>>(spec.size, std::move(policy));
  });
  CDNSIM_ASSERT(cache, "policies are checked when the command line is read");
  return cache;
}

}  // namespace cdnsim
