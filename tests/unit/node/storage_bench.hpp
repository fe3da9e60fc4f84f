// A server's storage on the bench: objects of 10 bytes, a level's size in objects, instant disks.
// Does not know what a test expects.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <cdnsim/models/node/server_cache.hpp>

namespace cdnsim::bench {

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }
constexpr Bytes objects(std::int64_t count) { return count * 10_B; }
inline const AdmissionText kAlways{{"always", {}}};

// So fast that nothing waits, and no write is dropped.
inline StorageSpec instant_disks() {
  StorageSpec spec;
  spec.ssd_device = spec.hdd_device = DeviceSpec{0ns, 1, 8'000'000_Gbps, 8'000'000_Gbps, 1h};
  return spec;
}
inline StorageSpec disks(std::optional<Bytes> ssd, std::optional<Bytes> hdd = {}) {
  StorageSpec spec = instant_disks();
  spec.ssd = ssd;
  spec.hdd = hdd;
  return spec;
}

inline ServerCache::Times fresh_from(Duration made, Duration last_byte = 0s) {
  ServerCache::Times times;
  times.generated_at = at(made);
  times.fresh_until = at(made + 1h);
  times.last_byte_at = at(last_byte);
  return times;
}

class Bench {
 public:
  Bench(std::int64_t memory, const StorageSpec& spec, std::string policy = "lru")
      : cache(
            make_server_cache(PolicyText{std::move(policy), {}}, kAlways, objects(memory), spec)) {}

  // A request at `now`: where its copy was, or nothing when it had to be fetched.
  std::optional<StorageLevel> ask(std::uint64_t key, StoreOn where = StoreOn::any) {
    ServerCache::Copy copy = cache->find(key, now);
    if (copy.state == Lookup::absent) {
      cache->insert(key, 10_B, 0, fresh_from(0s), now, where);
      return std::nullopt;
    }
    const StorageLevel level = ServerCache::level_of(copy.slot);
    last = cache->read(copy, now);
    return level;
  }
  // One letter an object of 1, 2, 3 ...: r, s, h, or - when it is nowhere.
  std::string places(std::uint64_t most) const {
    std::string text;
    for (std::uint64_t key = 1; key <= most; ++key) {
      const ServerCache::Copy copy = cache->peek(key);
      text += copy.slot == kNoSlot
                  ? '-'
                  : kStorageNames[static_cast<std::size_t>(ServerCache::level_of(copy.slot))][0];
    }
    return text;
  }
  StorageCounters of(StorageLevel level) const { return cache->storage()[level]; }

  std::unique_ptr<ServerCache> cache;
  SimTime now = kTimeZero;
  Reading last;
};

}  // namespace cdnsim::bench
