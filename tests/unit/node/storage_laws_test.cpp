// What holds of a server's storage whatever is done to it, and a slow model that does the same.

#include <algorithm>
#include <deque>
#include <set>

#include <cdnsim/models/cache_policy/list.hpp>
#include <cdnsim/models/node/level_cache.hpp>
#include <cdnsim/models/node/tiered_storage.hpp>
#include <tests/support/rapidcheck.hpp>

#include "storage_bench.hpp"

namespace storage_laws_test {

using namespace cdnsim;
using namespace cdnsim::bench;

constexpr std::uint64_t kKeys = 30;

// One thing that is done, at a second of its own.
struct Deed {
  enum Kind { ask, insert, erase, refresh, erase_some } kind = ask;
  std::uint64_t key = 0;
  std::int64_t bytes = 0;
  bool is_for_hdd = false;
};

rc::Gen<Deed> any_deed() {
  const auto kind = rc::gen::weightedElement<Deed::Kind>({{60, Deed::ask},
                                                          {30, Deed::insert},
                                                          {5, Deed::erase},
                                                          {5, Deed::refresh},
                                                          {1, Deed::erase_some}});
  return rc::gen::build<Deed>(rc::gen::set(&Deed::kind, kind),
                              rc::gen::set(&Deed::key, rc::gen::inRange<std::uint64_t>(1, kKeys)),
                              rc::gen::set(&Deed::bytes, rc::gen::inRange<std::int64_t>(1, 12)),
                              rc::gen::set(&Deed::is_for_hdd));
}
std::vector<Deed> any_deeds() { return *rc::gen::container<std::vector<Deed>>(400, any_deed()); }
bool is_some(std::uint64_t key) { return key % 4 == 1; }

StorageSpec any_disks() {
  StorageSpec spec = instant_disks();
  const auto size = [] { return Bytes{*rc::gen::inRange<std::int64_t>(1, 60)}; };
  if (*rc::gen::arbitrary<bool>()) spec.ssd = size();
  if (*rc::gen::arbitrary<bool>()) spec.hdd = size();
  spec.promote = *rc::gen::inRange(1u, 4u);
  spec.demote = *rc::gen::inRange(0u, 3u);
  return spec;
}

// Returns what of it can be seen: what was found, or whether it did anything.
std::uint64_t perform(ServerCache& cache, const Deed& deed, SimTime now) {
  ServerCache::Times times;
  times.generated_at = now;
  times.fresh_until = now + 60s;
  times.last_byte_at = now + 3s;
  switch (deed.kind) {
    case Deed::ask: {
      ServerCache::Copy copy = cache.find(deed.key, now);
      if (copy.slot != kNoSlot) cache.read(copy, now);
      return static_cast<std::uint64_t>(copy.state);
    }
    case Deed::insert:
      return cache.insert(deed.key, Bytes{deed.bytes}, 0, times, now,
                          deed.is_for_hdd ? StoreOn::hdd : StoreOn::any) != kNoSlot;
    case Deed::erase: return cache.erase(deed.key);
    case Deed::refresh: {
      const ServerCache::Copy copy = cache.peek(deed.key);
      if (copy.slot != kNoSlot) cache.refresh(copy.slot, times);
      return copy.slot != kNoSlot;
    }
    case Deed::erase_some:
      return cache.erase_if([](std::uint64_t key, std::uint16_t) { return is_some(key); });
  }
  return 0;
}

void check_sums(const ServerCache& cache) {
  const CacheCounters& all = cache.counters();
  RC_ASSERT(all.in == all.evicted + all.expired + all.purged + all.held);
  Bytes held{0}, found_bytes{0};
  std::uint64_t copies = 0, found = 0;
  for (const StorageCounters& level : cache.storage().levels) {
    RC_ASSERT(level.held <= level.capacity);
    held += level.held;
    copies += level.copies;
  }
  for (std::uint64_t key = 1; key < kKeys; ++key) {
    const ServerCache::Copy copy = cache.peek(key);
    found += copy.slot != kNoSlot;
    found_bytes += copy.bytes;
  }
  RC_ASSERT(held == all.held);
  RC_ASSERT(copies == all.copies);
  // A key that lay in two places would be found once.
  RC_ASSERT(found == copies);
  RC_ASSERT(found_bytes == held);
}

// LRU memory, a FIFO SSD and an LRU HDD as plain lists, whose front goes next.
class SlowStorage {
 public:
  SlowStorage(Bytes memory, const StorageSpec& spec)
      : spec_(spec),
        capacity_{memory.count(), spec.ssd.value_or(Bytes{0}).count(),
                  spec.hdd.value_or(Bytes{0}).count()} {}

  std::size_t level_of(std::uint64_t key) const {
    for (std::size_t level = 0; level < 3; ++level) {
      if (place(level, key) != lists_[level].end()) return level;
    }
    return 3;
  }

  void perform(const Deed& deed) {
    const std::size_t level = level_of(deed.key);
    switch (deed.kind) {
      case Deed::ask: return ask(level, deed.key);
      case Deed::insert:
        return insert(level, {deed.key, deed.bytes, 0, deed.is_for_hdd && spec_.hdd.has_value()});
      case Deed::erase: return take(level, deed.key);
      case Deed::refresh: return;
      case Deed::erase_some:
        for (auto& list : lists_) {
          std::erase_if(list, [](const Item& item) { return is_some(item.key); });
        }
    }
  }

 private:
  struct Item {
    std::uint64_t key;
    std::int64_t bytes;
    std::uint32_t hits;
    bool is_for_hdd;
  };
  using List = std::vector<Item>;

  List::const_iterator place(std::size_t level, std::uint64_t key) const {
    return std::find_if(lists_[level].begin(), lists_[level].end(),
                        [&](const Item& item) { return item.key == key; });
  }
  Item& item(std::size_t level, std::uint64_t key) {
    return lists_[level][static_cast<std::size_t>(place(level, key) - lists_[level].begin())];
  }
  void take(std::size_t level, std::uint64_t key) {
    if (level < 3) lists_[level].erase(place(level, key));
  }

  void ask(std::size_t level, std::uint64_t key) {
    if (level == 3) return;
    ++item(level, key).hits;
    Item asked = item(level, key);
    if (level != 1) {
      take(level, key);
      lists_[level].push_back(asked);
    }
    if (level == 0 || asked.hits < spec_.promote || asked.bytes > capacity_[0]) return;
    take(level, key);
    asked.hits = 0;
    enter(asked);
  }

  void insert(std::size_t level, Item fresh) {
    const bool is_as_large = level < 3 && item(level, fresh.key).bytes == fresh.bytes;
    if (level < 3 && (level == 0 || is_as_large)) fresh.hits = item(level, fresh.key).hits;
    const bool stays = is_as_large && (level == 0 || fresh.bytes > capacity_[0]);
    if (stays) {
      item(level, fresh.key) = fresh;
      return;
    }
    take(level, fresh.key);
    if (level != 0) fresh.hits = 0;
    if (fresh.bytes <= capacity_[0]) enter(fresh);
  }

  // Into memory; then all that has to go for it, first out of memory, first down.
  void enter(const Item& item) {
    std::deque<std::pair<std::size_t, Item>> leaving;
    push(0, item, leaving);
    for (; !leaving.empty(); leaving.pop_front()) {
      auto [from, next] = leaving.front();
      if (from == 0 && next.hits < spec_.demote) continue;
      next.hits = 0;
      for (std::size_t level = from + 1; level < 3; ++level) {
        if ((level == 1 && next.is_for_hdd) || next.bytes > capacity_[level]) continue;
        push(level, next, leaving);
        break;
      }
    }
  }
  void push(std::size_t level, const Item& item,
            std::deque<std::pair<std::size_t, Item>>& leaving) {
    List& list = lists_[level];
    const auto held = [&] {
      std::int64_t sum = 0;
      for (const Item& each : list) sum += each.bytes;
      return sum;
    };
    while (held() + item.bytes > capacity_[level]) {
      leaving.emplace_back(level, list.front());
      list.erase(list.begin());
    }
    list.push_back(item);
  }

  StorageSpec spec_;
  std::array<std::int64_t, 3> capacity_;
  std::array<List, 3> lists_;
};

TEST_CASE("bytes add up, levels keep to their size and no key lies in two, at every moment") {
  const std::vector<std::string_view> policies = cache_policy_names();
  rc::prop("under any policies", [&] {
    StorageSpec spec = any_disks();
    const auto any_policy = [&] {
      return PolicyText{std::string(*rc::gen::elementOf(policies)), {}};
    };
    spec.ssd_policy = any_policy();
    spec.hdd_policy = any_policy();
    if (*rc::gen::arbitrary<bool>()) spec.ssd_admission = AdmissionText{{"nth", {{"n", 2}}}};
    const AdmissionText admission{{*rc::gen::element<std::string>("always", "nth", "tinylfu"), {}}};
    const Bytes memory{*rc::gen::inRange<std::int64_t>(1, 40)};
    TieredStorage cache(make_level_cache(any_policy(), admission, memory), memory, spec);
    SimTime now = kTimeZero;
    for (const Deed& deed : any_deeds()) {
      perform(cache, deed, now);
      check_sums(cache);
      now += 1s;
    }
  });
}

TEST_CASE("memory without disks does what a plain cache does") {
  const std::vector<std::string_view> policies = cache_policy_names();
  rc::prop("under any policy", [&] {
    const PolicyText policy{std::string(*rc::gen::elementOf(policies)), {}};
    const AdmissionText admission{{*rc::gen::element<std::string>("always", "nth", "tinylfu"), {}}};
    const Bytes memory{*rc::gen::inRange<std::int64_t>(1, 60)};
    TieredStorage tiered(make_level_cache(policy, admission, memory), memory, StorageSpec{});
    const auto plain = make_server_cache(policy, admission, memory);
    SimTime now = kTimeZero;
    for (const Deed& deed : any_deeds()) {
      RC_ASSERT(perform(tiered, deed, now) == perform(*plain, deed, now));
      const CacheCounters& a = tiered.counters();
      const CacheCounters& b = plain->counters();
      RC_ASSERT(std::tie(a.in, a.evicted, a.expired, a.purged, a.held, a.copies) ==
                std::tie(b.in, b.evicted, b.expired, b.purged, b.held, b.copies));
      now += 1s;
    }
  });
}

TEST_CASE("storage does what a slow model of lists does") {
  rc::prop("under LRU, FIFO and LRU", [] {
    const StorageSpec spec = any_disks();
    const Bytes memory{*rc::gen::inRange<std::int64_t>(1, 40)};
    TieredStorage cache(make_level_cache(PolicyText{"lru", {}}, kAlways, memory), memory, spec);
    SlowStorage slow(memory, spec);
    SimTime now = kTimeZero;
    for (const Deed& deed : any_deeds()) {
      perform(cache, deed, now);
      slow.perform(deed);
      for (std::uint64_t key = 1; key < kKeys; ++key) {
        const ServerCache::Copy copy = cache.peek(key);
        const std::size_t level =
            copy.slot == kNoSlot ? 3 : static_cast<std::size_t>(ServerCache::level_of(copy.slot));
        RC_ASSERT(level == slow.level_of(key));
      }
      now += 1s;
    }
  });
}

TEST_CASE("above an SSD without end LRU memory hits as if it were alone, and nothing is lost") {
  rc::prop("any requests", [] {
    StorageSpec spec = disks(objects(1'000'000));
    spec.promote = 1;
    const auto memory = *rc::gen::inRange<std::int64_t>(1, 12);
    Bench bench(memory, spec);
    const auto alone = make_server_cache(PolicyText{"lru", {}}, kAlways, objects(memory));
    const auto keys = *rc::gen::container<std::vector<std::uint64_t>>(
        500, rc::gen::inRange<std::uint64_t>(1, kKeys));
    std::set<std::uint64_t> asked;
    for (const std::uint64_t key : keys) {
      const bool is_alone = alone->find(key, bench.now).state != Lookup::absent;
      if (!is_alone) alone->insert(key, 10_B, 0, fresh_from(0s), bench.now);
      const auto level = bench.ask(key);
      RC_ASSERT((level == StorageLevel::ram) == is_alone);
      RC_ASSERT(level.has_value() == !asked.insert(key).second);
    }
    RC_ASSERT(bench.cache->counters().evicted == 0_B);
    // What was found on the SSD went up.
    RC_ASSERT(bench.of(StorageLevel::ssd).promotions == bench.of(StorageLevel::ssd).hits);
  });
}

}  // namespace storage_laws_test
