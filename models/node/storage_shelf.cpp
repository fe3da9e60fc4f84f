#include <limits>

#include <cdnsim/models/node/storage_shelf.hpp>

namespace cdnsim {

StorageShelf::StorageShelf(StorageLevel level, std::unique_ptr<LevelCache> cache, Bytes capacity,
                           std::optional<StorageDevice> device, std::vector<LeavingCopy>& leaving)
    : level_(level), cache_(std::move(cache)), device_(std::move(device)), leaving_(leaving) {
  counters_.servers = 1;
  counters_.capacity = capacity;
  cache_->tell(*this);
}

ServerCache::Copy StorageShelf::find(std::uint64_t key, SimTime now) {
  const ServerCache::Copy copy = cache_->find(key, now);
  if (copy.state == Lookup::absent) return copy;
  ++counters_.hits;
  std::uint8_t& hits = notes_[copy.slot].hits;
  if (hits < std::numeric_limits<std::uint8_t>::max()) ++hits;
  return copy;
}

Slot StorageShelf::insert(const Departed& copy, const Times& times, SimTime now, CopyNote note) {
  const Slot slot = cache_->insert(copy.key, copy.bytes, copy.tag, times, now, note.where);
  if (slot == kNoSlot) return kNoSlot;
  if (notes_.size() <= slot) notes_.reach(slot + slot / 2);
  notes_[slot] = note;
  return slot;
}

bool StorageShelf::take_down(const LeavingCopy& leaving, SimTime now) {
  const bool taken = device_->takes_writes(now) &&
                     insert(leaving.copy, leaving.times, now, {0, leaving.note.where}) != kNoSlot;
  if (!taken) {
    ++counters_.refused;
    return false;
  }
  ++counters_.demotions;
  write(now, leaving.copy.bytes);
  return true;
}

Reading StorageShelf::read(SimTime now, Bytes bytes) {
  return device_->read(now, bytes, counters_);
}

void StorageShelf::read_behind(SimTime now, Bytes bytes) {
  if (device_) device_->read(now, bytes, counters_);
}

void StorageShelf::promoted(Slot slot) {
  // Not evicted: a policy that remembers what it let go must not take it for such.
  cache_->remove(slot, Removal::purged);
  ++counters_.promotions;
}

StorageCounters StorageShelf::counters(SimTime end) const {
  StorageCounters counters = counters_;
  if (device_) counters.busy -= device_->queue_at(end);
  counters.held = cache_->counters().held;
  counters.copies = cache_->counters().copies;
  return counters;
}

void StorageShelf::on_evict(Slot slot, const Departed& copy, const Times& times) {
  leaving_.push_back({level_, copy, times, notes_[slot]});
}

}  // namespace cdnsim
