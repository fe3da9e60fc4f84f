#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/admission/list.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <cdnsim/models/node/server_cache.hpp>

namespace cdnsim {
namespace {

template <CachePolicy Policy>
class CacheOf final : public ServerCache {
 public:
  CacheOf(Bytes capacity, Policy policy, AnyAdmission admission)
      : cache_(capacity, std::move(policy), std::move(admission)) {}

  Copy find(std::uint64_t key, SimTime now) override {
    const Found found = cache_.find(key, now);
    if (found.state == Lookup::absent) return {};
    return {found.state, found.slot, cache_.copy(found.slot).bytes};
  }
  Copy peek(std::uint64_t key) const override {
    const Slot slot = cache_.peek(key);
    if (slot == kNoSlot) return {};
    return {Lookup::stale, slot, cache_.copy(slot).bytes};
  }
  Times times(Slot slot) const override { return cache_.times(slot); }
  bool insert(std::uint64_t key, Bytes bytes, std::uint16_t content, const Times& times,
              SimTime now) override {
    return cache_.insert(key, bytes, content, times, now) != kNoSlot;
  }
  void refresh(Slot slot, const Times& times) override { cache_.refresh(slot, times); }
  std::uint64_t erase_if(const CopyTest& condemned) override {
    return cache_.erase_if([&](Slot slot) { return condemned_by(condemned, slot); });
  }
  std::uint64_t make_stale_if(const CopyTest& condemned, SimTime now) override {
    std::uint64_t count = 0;
    cache_.for_each([&](Slot slot) {
      if (!condemned_by(condemned, slot)) return;
      Times times = cache_.times(slot);
      times.fresh_until = std::min(times.fresh_until, now);
      cache_.refresh(slot, times);
      ++count;
    });
    return count;
  }
  void prefetch(std::uint64_t key) const override { cache_.prefetch(key); }
  bool prefetch_copy(std::uint64_t key) const override { return cache_.prefetch_copy(key); }
  const CacheCounters& counters() const override { return cache_.counters(); }

 private:
  bool condemned_by(const CopyTest& condemned, Slot slot) const {
    const Departed copy = cache_.copy(slot);
    return condemned(copy.key, copy.tag);
  }

  Cache<Policy, SimClock, AnyAdmission> cache_;
};

}  // namespace

std::unique_ptr<ServerCache> make_server_cache(const PolicyText& policy,
                                               const AdmissionText& admission, Bytes capacity) {
  std::unique_ptr<ServerCache> cache;
  Parsed<AnyAdmission> gate = make_admission(admission);
  CDNSIM_ASSERT(gate.value, "admission is checked when the scenario is read");
  with_cache_policy(policy, [&]<class Policy>(Policy chosen) {
    cache = std::make_unique<CacheOf<Policy>>(capacity, std::move(chosen), *std::move(gate.value));
  });
  CDNSIM_ASSERT(cache, "policies are checked when the scenario is read");
  return cache;
}

}  // namespace cdnsim
