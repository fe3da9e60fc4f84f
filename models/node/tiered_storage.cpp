#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/tiered_storage.hpp>

namespace cdnsim {
namespace {

constexpr auto kRamIndex = static_cast<std::size_t>(StorageLevel::ram);
constexpr auto kSsdIndex = static_cast<std::size_t>(StorageLevel::ssd);
constexpr auto kHddIndex = static_cast<std::size_t>(StorageLevel::hdd);

}  // namespace

TieredStorage::TieredStorage(std::unique_ptr<LevelCache> memory, Bytes capacity,
                             const StorageSpec& spec)
    : spec_(spec) {
  shelves_[kRamIndex] = std::make_unique<StorageShelf>(StorageLevel::ram, std::move(memory),
                                                       capacity, std::nullopt, leaving_);
  if (spec.ssd) {
    shelves_[kSsdIndex] = std::make_unique<StorageShelf>(
        StorageLevel::ssd, make_level_cache(spec.ssd_policy, spec.ssd_admission, *spec.ssd),
        *spec.ssd, StorageDevice(spec.ssd_device), leaving_);
  }
  if (spec.hdd) {
    shelves_[kHddIndex] = std::make_unique<StorageShelf>(
        StorageLevel::hdd, make_level_cache(spec.hdd_policy, {{"always", {}}}, *spec.hdd),
        *spec.hdd, StorageDevice(spec.hdd_device), leaving_);
  }
}

Slot TieredStorage::named(std::size_t level, Slot slot) {
  if (slot == kNoSlot) return kNoSlot;
  CDNSIM_ASSERT(slot < kFirstOnDisk, "a level holds less than 2^30 copies");
  return static_cast<Slot>(level << kLevelShift) | slot;
}

ServerCache::Copy TieredStorage::find(std::uint64_t key, SimTime now) {
  for (std::size_t level = 0; level < shelves_.size(); ++level) {
    if (!shelves_[level]) continue;
    Copy copy = shelves_[level]->find(key, now);
    if (copy.state == Lookup::absent) continue;
    copy.slot = named(level, copy.slot);
    // A look-up makes its own level evict others at most, so that this copy stays.
    settle(now);
    return copy;
  }
  return {};
}

ServerCache::Copy TieredStorage::peek(std::uint64_t key) const {
  for (std::size_t level = 0; level < shelves_.size(); ++level) {
    if (!shelves_[level]) continue;
    Copy copy = shelves_[level]->peek(key);
    if (copy.state == Lookup::absent) continue;
    copy.slot = named(level, copy.slot);
    return copy;
  }
  return {};
}

ServerCache::Times TieredStorage::times(Slot slot) const {
  return shelves_[slot >> kLevelShift]->times(slot_of(slot));
}

Reading TieredStorage::read_disk(Copy& copy, SimTime now) {
  StorageShelf& shelf = shelf_of(copy.slot);
  const Slot slot = slot_of(copy.slot);
  const Reading reading = shelf.read(now, copy.bytes);
  if (shelf.note(slot).hits >= spec_.promote) promote(copy, now);
  return reading;
}

void TieredStorage::promote(Copy& copy, SimTime now) {
  StorageShelf& shelf = shelf_of(copy.slot);
  const Slot slot = slot_of(copy.slot);
  const Slot up =
      memory().insert(shelf.copy(slot), shelf.times(slot), now, {0, shelf.note(slot).where});
  if (up != kNoSlot) {
    // Before others come down: it makes room for them.
    shelf.promoted(slot);
    copy.slot = named(kRamIndex, up);
  }
  settle(now);
}

Slot TieredStorage::insert(std::uint64_t key, Bytes bytes, std::uint16_t content,
                           const Times& times, SimTime now, StoreOn where) {
  const Copy older = peek(key);
  const bool is_renewed_here = older.slot != kNoSlot && level_of(older.slot) == StorageLevel::ram;
  CopyNote note{0, where};
  if (is_renewed_here) note.hits = memory().note(older.slot).hits;
  Slot slot = named(kRamIndex, memory().insert({key, bytes, content}, times, now, note));
  if (older.slot != kNoSlot) {
    if (!is_renewed_here) {
      if (slot == kNoSlot) {
        slot = renew(older.slot, {key, bytes, content}, times, now, note);
      } else {
        shelf_of(older.slot).remove(slot_of(older.slot), Removal::expired);
      }
    }
    leave(older.bytes, &CacheCounters::expired);
  }
  if (slot != kNoSlot) enter(bytes);
  settle(now);
  return slot;
}

Slot TieredStorage::renew(Slot older, const Departed& copy, const Times& times, SimTime now,
                          CopyNote note) {
  StorageShelf& shelf = shelf_of(older);
  const Slot slot = slot_of(older);
  if (shelf.copy(slot).bytes != copy.bytes) {
    shelf.remove(slot, Removal::expired);
    return kNoSlot;
  }
  note.hits = shelf.note(slot).hits;
  shelf.insert(copy, times, now, note);
  shelf.write(now, copy.bytes);
  return older;
}

void TieredStorage::settle(SimTime now) {
  for (std::size_t i = 0; i < leaving_.size(); ++i) {
    const LeavingCopy leaving = leaving_[i];  // the list may grow meanwhile
    if (!move_down(leaving, now)) leave(leaving.copy.bytes, &CacheCounters::evicted);
  }
  leaving_.clear();
}

bool TieredStorage::move_down(const LeavingCopy& leaving, SimTime now) {
  const auto from = static_cast<std::size_t>(leaving.from);
  if (from == kRamIndex && leaving.note.hits < spec_.demote) return false;
  for (std::size_t level = from + 1; level < shelves_.size(); ++level) {
    if (!shelves_[level]) continue;
    const bool is_for_hdd = leaving.note.where == StoreOn::hdd && shelves_[kHddIndex];
    if (level == kSsdIndex && is_for_hdd) continue;
    if (!shelves_[level]->take_down(leaving, now)) continue;
    shelves_[from]->read_behind(now, leaving.copy.bytes);
    return true;
  }
  return false;
}

void TieredStorage::keep_generated() {
  for (const auto& shelf : shelves_) {
    if (shelf) shelf->keep_generated();
  }
}

void TieredStorage::refresh(Slot slot, const Times& times) {
  shelf_of(slot).cache().refresh(slot_of(slot), times);
}

bool TieredStorage::erase(std::uint64_t key) {
  const Copy copy = peek(key);
  if (copy.slot == kNoSlot) return false;
  shelf_of(copy.slot).remove(slot_of(copy.slot), Removal::purged);
  leave(copy.bytes, &CacheCounters::purged);
  return true;
}

std::uint64_t TieredStorage::erase_if(const Condemned& condemned) {
  std::uint64_t erased = 0;
  for (const auto& shelf : shelves_) {
    if (!shelf) continue;
    const CacheCounters before = shelf->cache().counters();
    const std::uint64_t copies = shelf->cache().erase_if(condemned);
    const Bytes bytes = before.held - shelf->cache().counters().held;
    counters_.purged += bytes;
    counters_.held -= bytes;
    counters_.copies -= copies;
    erased += copies;
  }
  return erased;
}

void TieredStorage::prefetch(std::uint64_t key) const {
  for (const auto& shelf : shelves_) {
    if (shelf) shelf->cache().prefetch(key);
  }
}

bool TieredStorage::prefetch_copy(std::uint64_t key) const {
  for (const auto& shelf : shelves_) {
    if (shelf && shelf->cache().prefetch_copy(key)) return true;
  }
  return false;
}

StorageFlows TieredStorage::storage_until(SimTime end) const {
  StorageFlows flows;
  for (std::size_t level = 0; level < shelves_.size(); ++level) {
    if (shelves_[level]) flows.levels[level] = shelves_[level]->counters(end);
  }
  return flows;
}

void TieredStorage::enter(Bytes bytes) {
  counters_.in += bytes;
  counters_.held += bytes;
  ++counters_.copies;
}

void TieredStorage::leave(Bytes bytes, Bytes CacheCounters::* reason) {
  counters_.*reason += bytes;
  counters_.held -= bytes;
  --counters_.copies;
}

}  // namespace cdnsim
