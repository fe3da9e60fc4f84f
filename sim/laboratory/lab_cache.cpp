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
    for (const TraceRequest& request : block) {
      const std::int64_t bytes = kIgnoreSizes ? 1 : request.bytes;
      counts.bytes += bytes;
      if (cache_.request(request.id, Bytes(bytes))) continue;
      ++counts.misses;
      counts.miss_bytes += bytes;
    }
    if (warming) return;
    counts_.requests += block.size();
    counts_.misses += counts.misses;
    counts_.bytes += counts.bytes;
    counts_.miss_bytes += counts.miss_bytes;
  }
  LabCounts counts() const override { return counts_; }

 private:
  Cache<Policy> cache_;
  LabCounts counts_;
};

}  // namespace

std::unique_ptr<LabCache> make_lab_cache(const LabCacheSpec& spec, bool ignore_sizes) {
  std::unique_ptr<LabCache> cache;
  with_cache_policy(spec.policy, [&]<class Policy>(Policy policy) {
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
