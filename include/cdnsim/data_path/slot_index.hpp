// A hash index from 64-bit keys to slots; right-sized open addressing, one cache line per probe.
// Does not know where the keys are kept: callers pass a function from slot to key.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/int128.hpp>
#include <cdnsim/data_path/slot.hpp>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace cdnsim {

namespace detail {

// Twelve slots and a byte of hash of each; an empty place has tag 0. `passed_by` counts the keys
// that wanted this chunk, found it full and went on: a search that meets 0 may stop.
struct alignas(64) IndexChunk {
  static constexpr std::uint32_t kPlaces = 12;
  static constexpr std::uint32_t kPlacesMask = (1U << kPlaces) - 1;
  static constexpr std::uint8_t kSticky = 255;  // once reached, no longer counted down

  std::uint8_t tags[kPlaces];
  std::uint8_t spare[3];
  std::uint8_t passed_by;
  Slot slots[kPlaces];

  // Bit i is set where tag i equals `tag`.
  std::uint32_t matches(std::uint8_t tag) const {
#if defined(__SSE2__)
    const __m128i all = _mm_load_si128(reinterpret_cast<const __m128i*>(tags));
    const __m128i equal = _mm_cmpeq_epi8(all, _mm_set1_epi8(static_cast<char>(tag)));
    return static_cast<std::uint32_t>(_mm_movemask_epi8(equal)) & kPlacesMask;
#else
    std::uint32_t mask = 0;
    for (std::uint32_t i = 0; i < kPlaces; ++i) mask |= std::uint32_t{tags[i] == tag} << i;
    return mask;
#endif
  }
  std::uint32_t empties() const { return matches(0); }
};
static_assert(sizeof(IndexChunk) == 64);

}  // namespace detail

class SlotIndex {
 public:
  SlotIndex() { allocate(1); }

  // The slot of `key`, or kNoSlot. `key_of(slot)` tells the key that is kept there.
  template <class KeyOf>
  Slot find(std::uint64_t key, KeyOf&& key_of) const {
    const Home home = home_of(key);
    for (std::size_t i = home.chunk;; i = next(i)) {
      const detail::IndexChunk& chunk = line(i);
      for (std::uint32_t mask = chunk.matches(home.tag); mask != 0; mask &= mask - 1) {
        const Slot slot = chunk.slots[std::countr_zero(mask)];
        if (key_of(slot) == key) [[likely]]
          return slot;
      }
      if (chunk.passed_by == 0) [[likely]]
        return kNoSlot;
    }
  }

  // REQUIRES: `key` is absent and !full().
  void insert(std::uint64_t key, Slot slot) {
    const Home home = home_of(key);
    for (std::size_t i = home.chunk;; i = next(i)) {
      detail::IndexChunk& chunk = line(i);
      const std::uint32_t empties = chunk.empties();
      if (empties != 0) [[likely]] {
        const int place = std::countr_zero(empties);
        chunk.tags[place] = home.tag;
        chunk.slots[place] = slot;
        ++size_;
        return;
      }
      if (chunk.passed_by != detail::IndexChunk::kSticky) ++chunk.passed_by;
    }
  }

  // REQUIRES: insert(key, slot) was called, and no erase since.
  void erase(std::uint64_t key, Slot slot) {
    const Home home = home_of(key);
    for (std::size_t i = home.chunk;; i = next(i)) {
      detail::IndexChunk& chunk = line(i);
      for (std::uint32_t mask = chunk.matches(home.tag); mask != 0; mask &= mask - 1) {
        const int place = std::countr_zero(mask);
        if (chunk.slots[place] != slot) continue;
        chunk.tags[place] = 0;
        --size_;
        return;
      }
      CDNSIM_ASSERT(chunk.passed_by != 0, "an index lost a key");
      if (chunk.passed_by != detail::IndexChunk::kSticky) --chunk.passed_by;
    }
  }

  bool full() const { return size_ >= limit_; }
  std::size_t size() const { return size_; }
  std::size_t memory_bytes() const { return chunks_.size() * sizeof(detail::IndexChunk); }

  // Empties the index; after grow() it has room for more keys than before.
  void grow() { allocate(count_ < kDoubleBelow ? count_ * 2 : count_ + count_ / 4); }
  void clear() { allocate(count_); }

  // Where find() would look first, right in 99 of 100 cases and without asking for any key.
  Slot guess(std::uint64_t key) const {
    const Home home = home_of(key);
    const detail::IndexChunk& chunk = line(home.chunk);
    const std::uint32_t mask = chunk.matches(home.tag);
    return mask == 0 ? kNoSlot : chunk.slots[std::countr_zero(mask)];
  }

  void prefetch(std::uint64_t key) const { __builtin_prefetch(&line(home_of(key).chunk)); }

 private:
  struct Home {
    std::size_t chunk;
    std::uint8_t tag;
  };
  static constexpr std::size_t kDoubleBelow = 4096;
  static constexpr std::size_t kMeanLoad = 8;  // of 12; 6 % of the chunks are then full

  // The high half of hash x count is the chunk, and the bits below it the tag: any count will do,
  // and keys in sequence are spread evenly (golden-ratio hashing).
  Home home_of(std::uint64_t key) const {
    const Uint128 product = static_cast<Uint128>(key * 0x9e3779b97f4a7c15ULL) * count_;
    const auto tag = static_cast<std::uint8_t>(static_cast<std::uint64_t>(product) >> 56);
    return {static_cast<std::size_t>(product >> 64), static_cast<std::uint8_t>(tag + (tag == 0))};
  }
  const detail::IndexChunk& line(std::size_t i) const { return chunks_.data()[i]; }
  detail::IndexChunk& line(std::size_t i) { return chunks_.data()[i]; }
  std::size_t next(std::size_t chunk) const { return chunk + 1 == count_ ? 0 : chunk + 1; }

  void allocate(std::size_t count) {
    CDNSIM_ASSERT(count <= kMaxSlot, "an index of more lines than there can be slots");
    chunks_.clear();  // the old lines go before the new ones come
    chunks_.reach(static_cast<Slot>(count - 1));
    std::memset(static_cast<void*>(chunks_.data()), 0, count * sizeof(detail::IndexChunk));
    count_ = count;
    limit_ = count * kMeanLoad;
    size_ = 0;
  }

  SlotArray<detail::IndexChunk> chunks_;
  std::size_t count_ = 0;
  std::size_t limit_ = 0;
  std::size_t size_ = 0;
};

}  // namespace cdnsim
