// A server's memory with an SSD, an HDD or both below it, as one cache.
// Does not know who asks, nor what a scenario calls its content.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include <cdnsim/models/node/storage_shelf.hpp>

namespace cdnsim {

// The rules:
// 1. A copy lies in one place: memory, SSD or HDD.
// 2. What was fetched comes into memory, past the server's admission policy. What that refuses is
//    not kept, but for a copy as large as one that lies on a disk: it takes that one's place.
// 3. What memory evicts goes down, if it was asked for `demote` times there: to the SSD past
//    `ssd_admission`, which spares it writes, or else to the HDD. What the SSD evicts goes to the
//    HDD. What is marked for the HDD goes past the SSD, if there is an HDD.
// 4. A disk that is behind with its work by more than `write_backlog` takes nothing down.
// 5. What is asked for `promote` times on a disk goes up to memory when it is read, if the
//    admission policy lets it.
// 6. A copy that is still being filled moves like any other, with its times.
// 7. Who asks for what is on a disk waits for the disk's queue; memory is read at once. Writes
//    keep a disk busy, nobody waits for their end. What moves from SSD to HDD is read for it.
class TieredStorage final : public ServerCache {
 public:
  // REQUIRES: the policies were checked when the scenario was read. Without disks it is memory.
  TieredStorage(std::unique_ptr<LevelCache> memory, Bytes capacity, const StorageSpec& spec);

  Copy find(std::uint64_t key, SimTime now) override;
  Copy peek(std::uint64_t key) const override;
  Times times(Slot slot) const override;
  using ServerCache::insert;
  Slot insert(std::uint64_t key, Bytes bytes, std::uint16_t content, const Times& times,
              SimTime now, StoreOn where) override;
  void keep_generated() override;
  void refresh(Slot slot, const Times& times) override;
  bool erase(std::uint64_t key) override;
  std::uint64_t erase_if(const Condemned& condemned) override;
  void prefetch(std::uint64_t key) const override;
  bool prefetch_copy(std::uint64_t key) const override;
  const CacheCounters& counters() const override { return counters_; }

 private:
  // Slots as others know them, and as their level does.
  static Slot named(std::size_t level, Slot slot);
  static Slot slot_of(Slot named) { return named & (kFirstOnDisk - 1); }

  Reading read_disk(Copy& copy, SimTime now) override;
  StorageFlows storage_until(SimTime end) const override;
  StorageShelf& memory() { return *shelves_[0]; }
  StorageShelf& shelf_of(Slot named) { return *shelves_[named >> kLevelShift]; }
  // A copy of an object of which there is an older one below memory.
  Slot renew(Slot older, const Departed& copy, const Times& times, SimTime now, CopyNote note);
  void promote(Copy& copy, SimTime now);
  // Finds a place for all that was evicted, and for what goes because of that.
  void settle(SimTime now);
  bool move_down(const LeavingCopy& leaving, SimTime now);
  void enter(Bytes bytes);
  void leave(Bytes bytes, Bytes CacheCounters::* reason);

  StorageSpec spec_;
  std::vector<LeavingCopy> leaving_;  // empty between calls
  std::array<std::unique_ptr<StorageShelf>, kStorageLevels> shelves_;
  CacheCounters counters_;
};

}  // namespace cdnsim
