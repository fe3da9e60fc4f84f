// One level of a server's storage: its cache, what is known of each copy's past here, and its disk.
// Does not know the other levels: what is evicted is put on a list for whoever knows them.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <cdnsim/data_path/slot.hpp>
#include <cdnsim/models/node/level_cache.hpp>

namespace cdnsim {

struct CopyNote {
  std::uint8_t hits = 0;  // since it came to this level, as far as can be counted
  StoreOn where = StoreOn::any;
};

// A copy on its way down.
struct LeavingCopy {
  StorageLevel from = StorageLevel::ram;
  Departed copy;
  ServerCache::Times times;
  CopyNote note;
};

class StorageShelf final : private EvictionListener {
 public:
  using Times = ServerCache::Times;

  // Without a device it is memory. `leaving` outlives it.
  StorageShelf(StorageLevel level, std::unique_ptr<LevelCache> cache, Bytes capacity,
               std::optional<StorageDevice> device, std::vector<LeavingCopy>& leaving);
  StorageShelf(const StorageShelf&) = delete;
  StorageShelf& operator=(const StorageShelf&) = delete;

  ServerCache::Copy find(std::uint64_t key, SimTime now);
  ServerCache::Copy peek(std::uint64_t key) const { return cache_->peek(key); }
  void keep_generated() { cache_->keep_generated(); }
  Slot insert(const Departed& copy, const Times& times, SimTime now, CopyNote note);
  // A copy from further up asks to come here.
  bool take_down(const LeavingCopy& leaving, SimTime now);
  Reading read(SimTime now, Bytes bytes);
  void write(SimTime now, Bytes bytes) { device_->write(now, bytes, counters_); }
  // What goes further down has to be read for it.
  void read_behind(SimTime now, Bytes bytes);
  void remove(Slot slot, Removal why) { cache_->remove(slot, why); }
  void promoted(Slot slot);

  // REQUIRES: `slot` holds a copy.
  Departed copy(Slot slot) const { return cache_->copy(slot); }
  Times times(Slot slot) const { return cache_->times(slot); }
  CopyNote note(Slot slot) const { return notes_[slot]; }
  LevelCache& cache() { return *cache_; }
  const LevelCache& cache() const { return *cache_; }
  // What keeps the disk busy beyond `end` is left out.
  StorageCounters counters(SimTime end) const;

 private:
  void on_evict(Slot slot, const Departed& copy, const Times& times) override;

  StorageLevel level_;
  std::unique_ptr<LevelCache> cache_;
  std::optional<StorageDevice> device_;
  SlotArray<CopyNote> notes_;
  StorageCounters counters_;
  std::vector<LeavingCopy>& leaving_;
};

}  // namespace cdnsim
