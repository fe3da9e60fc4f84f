// A cache watched from outside: what entered it and was not said to have left is in it, and no
// more. Does not know policies.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <tests/support/rapidcheck.hpp>

namespace cdnsim::test {

// So large that the smallest part of any policy, a hundredth, holds an object of ten bytes.
inline constexpr std::int64_t kCapacity = 1000;

// What must be in the cache: whatever entered and was not said to have left.
template <class Policy, class Admission = AdmitAll>
class Watched {
 public:
  using Times = CopyTimes<SimClock>;

  explicit Watched(Admission admission = {}) : cache_(Bytes(kCapacity), {}, std::move(admission)) {}

  void ask(std::uint64_t key) {
    const Found found = cache_.find(
        key, now_, [this](const Departed& gone) { RC_ASSERT(copies_.erase(gone.key) == 1); });
    const auto copy = copies_.find(key);
    RC_ASSERT((found.slot != kNoSlot) == (copy != copies_.end()));
    if (copy == copies_.end()) {
      RC_ASSERT(found.state == Lookup::absent);
      return;
    }
    const Times& times = copy->second.times;
    const Lookup expected = now_ >= times.fresh_until   ? Lookup::stale
                            : now_ < times.last_byte_at ? Lookup::filling
                                                        : Lookup::fresh;
    RC_ASSERT(found.state == expected);
  }

  void insert(std::uint64_t key, std::int64_t bytes, Duration lifetime, Duration filling) {
    const Times times{now_, now_ + lifetime, now_ + filling};
    const auto tag = static_cast<std::uint16_t>(key % 3);
    copies_.erase(key);
    const Slot slot =
        cache_.insert(key, Bytes(bytes), tag, times, now_, [this](const Departed& gone) {
          const auto copy = copies_.find(gone.key);
          RC_ASSERT(copy != copies_.end());
          RC_ASSERT(gone.bytes == Bytes(copy->second.bytes));
          copies_.erase(copy);
        });
    if (slot != kNoSlot) copies_[key] = {bytes, tag, times};
    RC_ASSERT(bytes <= kCapacity || slot == kNoSlot);
  }

  void purge(std::uint64_t key) { RC_ASSERT(cache_.erase(key) == (copies_.erase(key) == 1)); }

  void purge_tag(std::uint16_t tag) {
    const auto count = cache_.erase_if([&](Slot slot) { return cache_.copy(slot).tag == tag; });
    RC_ASSERT(count == std::erase_if(copies_, [&](const auto& c) { return c.second.tag == tag; }));
  }

  void refresh(std::uint64_t key, Duration lifetime) {
    const Slot slot = cache_.peek(key);
    if (slot == kNoSlot) return;
    Times& times = copies_.at(key).times;
    times.generated_at = now_;
    times.fresh_until = now_ + lifetime;
    cache_.refresh(slot, times);
  }

  void wait(Duration duration) { now_ += duration; }

  void check_all() const {
    std::int64_t bytes = 0;
    for (const auto& [key, copy] : copies_) {
      const Slot slot = cache_.peek(key);
      RC_ASSERT(slot != kNoSlot);
      RC_ASSERT(cache_.copy(slot).key == key);
      RC_ASSERT(cache_.copy(slot).bytes == Bytes(copy.bytes));
      RC_ASSERT(cache_.copy(slot).tag == copy.tag);
      RC_ASSERT(cache_.times(slot).generated_at == copy.times.generated_at);
      RC_ASSERT(cache_.times(slot).fresh_until == copy.times.fresh_until);
      bytes += copy.bytes;
    }
    const CacheCounters& count = cache_.counters();
    RC_ASSERT(count.copies == copies_.size());
    RC_ASSERT(count.held == Bytes(bytes));
    RC_ASSERT(bytes <= kCapacity);
    RC_ASSERT(count.in == count.evicted + count.expired + count.purged + count.held);
  }

 private:
  struct Copy {
    std::int64_t bytes = 0;
    std::uint16_t tag = 0;
    Times times;
  };
  Cache<Policy, SimClock, Admission> cache_;
  std::map<std::uint64_t, Copy> copies_;
  SimTime now_ = kTimeZero;
};

// Does to it whatever can be done to a cache, and looks at all of it each time.
template <class Cache>
void do_everything(Cache& cache) {
  const auto deeds = *rc::gen::scale(8, rc::gen::container<std::vector<std::uint32_t>>(
                                            rc::gen::inRange<std::uint32_t>(0, 1U << 30)));
  for (const std::uint32_t deed : deeds) {
    const std::uint64_t key = (deed >> 4) % 150;
    const auto amount = static_cast<std::int64_t>((deed >> 10) % 1000);
    switch (deed % 16) {
      case 0: cache.purge(key); break;
      case 1: cache.refresh(key, std::chrono::seconds(amount)); break;
      case 2: cache.wait(std::chrono::seconds(amount / 10)); break;
      case 3:
        if (amount < 50) cache.purge_tag(static_cast<std::uint16_t>(key % 3));
        break;
      case 4:  // anything up to more than the whole cache
        cache.insert(key, 1 + amount * 3 / 2, std::chrono::seconds(amount), 0s);
        break;
      case 5:
      case 6:
      case 7:
      case 8:
      case 9:
        cache.insert(key, 1 + amount % 40, std::chrono::seconds(amount), 1s * (amount % 300));
        break;
      default: cache.ask(key);
    }
    cache.check_all();
  }
}

}  // namespace cdnsim::test
