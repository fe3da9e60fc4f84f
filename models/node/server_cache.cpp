#include <algorithm>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/admission/list.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <cdnsim/models/node/level_cache.hpp>
#include <cdnsim/models/node/server_cache.hpp>
#include <cdnsim/models/node/tiered_storage.hpp>

namespace cdnsim {
namespace {

template <CachePolicy Policy>
class CacheOf final : public LevelCache {
 public:
  CacheOf(Bytes capacity, Policy policy, AnyAdmission admission)
      : cache_(capacity, std::move(policy), std::move(admission)) {}

  Copy find(std::uint64_t key, SimTime now) override {
    const Found found = cache_.find(key, now, teller());
    if (found.state == Lookup::absent) return {};
    return {found.state, found.slot, cache_.copy(found.slot).bytes};
  }
  Copy peek(std::uint64_t key) const override {
    const Slot slot = cache_.peek(key);
    if (slot == kNoSlot) return {};
    return {Lookup::stale, slot, cache_.copy(slot).bytes};
  }
  Times times(Slot slot) const override { return cache_.times(slot); }
  Slot insert(std::uint64_t key, Bytes bytes, std::uint16_t content, const Times& times,
              SimTime now, StoreOn) override {
    return cache_.insert(key, bytes, content, times, now, teller());
  }
  void keep_generated() override { cache_.keep_generated(); }
  void refresh(Slot slot, const Times& times) override { cache_.refresh(slot, times); }
  bool erase(std::uint64_t key) override { return cache_.erase(key); }
  std::uint64_t erase_if(const Condemned& condemned) override {
    return cache_.erase_if([&](Slot slot) {
      const Departed copy = cache_.copy(slot);
      return condemned(copy.key, copy.tag);
    });
  }
  void prefetch(std::uint64_t key) const override { cache_.prefetch(key); }
  bool prefetch_copy(std::uint64_t key) const override { return cache_.prefetch_copy(key); }
  const CacheCounters& counters() const override { return cache_.counters(); }

  void tell(EvictionListener& listener) override { listener_ = &listener; }
  Departed copy(Slot slot) const override { return cache_.copy(slot); }
  void remove(Slot slot, Removal why) override { cache_.erase(cache_.copy(slot).key, why); }

 private:
  // Memory alone has no listener: a test for each copy evicted, and none for a hit.
  auto teller() {
    return [this](const Departed& copy) {
      if (listener_ == nullptr) return;
      const Slot slot = cache_.peek(copy.key);
      listener_->on_evict(slot, copy, cache_.times(slot));
    };
  }

  Cache<Policy, SimClock, AnyAdmission> cache_;
  EvictionListener* listener_ = nullptr;
};

}  // namespace

std::unique_ptr<LevelCache> make_level_cache(const PolicyText& policy,
                                             const AdmissionText& admission, Bytes capacity) {
  std::unique_ptr<LevelCache> cache;
  Parsed<AnyAdmission> gate = make_admission(admission);
  CDNSIM_ASSERT(gate.value, "admission is checked when the scenario is read");
  with_cache_policy(policy, [&]<class Policy>(Policy chosen) {
    cache = std::make_unique<CacheOf<Policy>>(capacity, std::move(chosen), *std::move(gate.value));
  });
  CDNSIM_ASSERT(cache, "policies are checked when the scenario is read");
  return cache;
}

std::uint64_t ServerCache::make_stale_if(const Condemned& condemned, SimTime now) {
  std::vector<std::uint64_t> keys;
  erase_if([&](std::uint64_t key, std::uint16_t content) {
    if (condemned(key, content)) keys.push_back(key);
    return false;
  });
  for (const std::uint64_t key : keys) {
    const Slot slot = peek(key).slot;
    Times changed = times(slot);
    changed.fresh_until = std::min(changed.fresh_until, now);
    refresh(slot, changed);
  }
  return keys.size();
}

std::unique_ptr<ServerCache> make_server_cache(const PolicyText& policy,
                                               const AdmissionText& admission, Bytes capacity) {
  return make_level_cache(policy, admission, capacity);
}

std::unique_ptr<ServerCache> make_server_cache(const PolicyText& policy,
                                               const AdmissionText& admission, Bytes memory,
                                               const StorageSpec& storage) {
  std::unique_ptr<LevelCache> ram = make_level_cache(policy, admission, memory);
  if (!storage.has_disks()) return ram;
  return std::make_unique<TieredStorage>(std::move(ram), memory, storage);
}

}  // namespace cdnsim
