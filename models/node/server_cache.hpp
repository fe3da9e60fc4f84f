// One server's cache with its policy chosen by name when the scenario is read: memory alone, or
// memory with disks below it. Does not know the server: only what is held, and when it can be read.
#pragma once

#include <functional>
#include <memory>

#include <cdnsim/base/prefetch.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/data_path/policy_text.hpp>
#include <cdnsim/models/node/storage_counters.hpp>
#include <cdnsim/models/node/storage_device.hpp>
#include <cdnsim/models/node/storage_spec.hpp>

namespace cdnsim {

class ServerCache {
 public:
  using Times = CopyTimes<SimClock>;
  struct Copy {
    Lookup state = Lookup::absent;
    Slot slot = kNoSlot;
    Bytes bytes{0};
  };
  // Whether to purge the copy of this key and content.
  using Condemned = std::function<bool(std::uint64_t key, std::uint16_t content)>;

  virtual ~ServerCache() = default;
  virtual Copy find(std::uint64_t key, SimTime now) = 0;
  // As find(), unseen by the policy and without judging freshness.
  virtual Copy peek(std::uint64_t key) const = 0;
  virtual Times times(Slot slot) const = 0;

  // When a copy that is about to be sent can be: at once out of memory, after the disk's queue
  // otherwise. It may go up to memory for it, and then has another slot.
  // REQUIRES: nothing else was done to the cache since it was found; `now` does not go back.
  Reading read(Copy& copy, SimTime now) {
    if (copy.slot < kFirstOnDisk) [[likely]]
      return {now, now};
    return read_disk(copy, now);
  }

  // kNoSlot when a policy or the capacity does not let it in.
  virtual Slot insert(std::uint64_t key, Bytes bytes, std::uint16_t content, const Times& times,
                      SimTime now, StoreOn where) = 0;
  bool insert(std::uint64_t key, Bytes bytes, std::uint16_t content, const Times& times,
              SimTime now) {
    return insert(key, bytes, content, times, now, StoreOn::any) != kNoSlot;
  }
  // When a copy was generated is to be kept exactly. REQUIRES: nothing was inserted yet.
  virtual void keep_generated() = 0;
  // The copy was found to be good still (304). REQUIRES: `slot` holds one.
  virtual void refresh(Slot slot, const Times& times) = 0;
  // Purges a copy. False when there is none.
  virtual bool erase(std::uint64_t key) = 0;
  // Purges every copy that is condemned, and says how many.
  virtual std::uint64_t erase_if(const Condemned& condemned) = 0;
  // Makes them stale instead.
  std::uint64_t make_stale_if(const Condemned& condemned, SimTime now);

  // Hints: that it will soon be used at all, and then for which keys.
  void bring() const {
    constexpr std::size_t kUsed = 6 * 64;  // a cache in memory
    for (std::size_t at = 0; at < kUsed; at += 64) {
      cdnsim::prefetch(reinterpret_cast<const std::byte*>(this) + at);
    }
  }
  virtual void prefetch(std::uint64_t key) const = 0;
  virtual bool prefetch_copy(std::uint64_t key) const = 0;
  // Of all its storage together: a copy that moves neither comes in nor leaves.
  virtual const CacheCounters& counters() const = 0;
  // What its disks are to do after `end` does not count as done.
  StorageFlows storage(SimTime end = SimTime::max()) const { return storage_until(end); }
  // Where a copy lies.
  static StorageLevel level_of(Slot slot) { return static_cast<StorageLevel>(slot >> kLevelShift); }

 protected:
  // A slot's two highest bits name its level.
  static constexpr unsigned kLevelShift = 30;
  static constexpr Slot kFirstOnDisk = Slot{1} << kLevelShift;

 private:
  virtual Reading read_disk(Copy&, SimTime now) { return {now, now}; }
  virtual StorageFlows storage_until(SimTime) const { return {}; }
};

// Memory alone. REQUIRES: the policies were checked when the scenario was read.
std::unique_ptr<ServerCache> make_server_cache(const PolicyText& policy,
                                               const AdmissionText& admission, Bytes capacity);
// The same with the disks that `storage` names, if any.
std::unique_ptr<ServerCache> make_server_cache(const PolicyText& policy,
                                               const AdmissionText& admission, Bytes memory,
                                               const StorageSpec& storage);

}  // namespace cdnsim
