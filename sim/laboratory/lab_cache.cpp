#include "lab_cache.hpp"

#include <cdnsim/base/check.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/list.hpp>

namespace cdnsim {
namespace {

template <CachePolicy Policy, bool kIgnoreSizes>
class LabCacheOf final : public LabCache {
 public:
  LabCacheOf(std::int64_t size, Policy policy) : cache_(Bytes(size), std::move(policy)) {}

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
  LabCounts counts() const override { return counts_; }

 private:
  // What lies beyond the processor's caches is asked for so many requests before it is needed:
  // first the line of the index, then that of the copy. Of 30,000 copies it costs LRU, LFU and SLRU
  // more than it gains; of 100,000 it gains with every policy.
  static constexpr std::uint64_t kCopiesWorthLookingAhead = 1 << 16;
  static constexpr std::size_t kAheadIndex = 24, kAheadCopy = 12;

  void ask(const TraceRequest& request, LabCounts& counts) {
    const std::int64_t bytes = kIgnoreSizes ? 1 : request.bytes;
    counts.bytes += bytes;
    if constexpr (requires { cache_.foresee(request.next); }) {
      CDNSIM_REQUIRE_USER(
          request.next != TraceRequest::kUnknown,
          "belady must know when an object is asked for again, which this trace "
          "does not tell; `cdnsim trace convert TRACE -o NEW.oracleGeneral` adds it");
      cache_.foresee(request.next == TraceRequest::kNever ? Policy::kNever : request.next);
    }
    if (cache_.request(request.id, Bytes(bytes))) return;
    ++counts.misses;
    counts.miss_bytes += bytes;
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

std::unique_ptr<LabCache> make_lab_cache(const LabCacheSpec& spec, bool ignore_sizes) {
  std::unique_ptr<LabCache> cache;
  with_laboratory_policy(spec.policy, [&]<class Policy>(Policy policy) {
    if (ignore_sizes) {
      cache = std::make_unique<LabCacheOf<Policy, true>>(spec.size, std::move(policy));
    } else {
      cache = std::make_unique<LabCacheOf<Policy, false>>(spec.size, std::move(policy));
    }
  });
  CDNSIM_ASSERT(cache, "policies are checked when the command line is read");
  return cache;
}

}  // namespace cdnsim
