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

  // Bit i is set where tag i equals a byte of `four`, which are all the same.
  std::uint32_t matches(std::uint32_t four) const {
#if defined(__SSE2__)
    const __m128i all = _mm_load_si128(reinterpret_cast<const __m128i*>(tags));
    const __m128i equal = _mm_cmpeq_epi8(all, _mm_set1_epi32(static_cast<int>(four)));
    return static_cast<std::uint32_t>(_mm_movemask_epi8(equal)) & kPlacesMask;
#else
    std::uint32_t mask = 0;
    for (std::uint32_t i = 0; i < kPlaces; ++i) mask |= std::uint32_t{tags[i] == (four & 255)} << i;
    return mask;
#endif
  }
  std::uint32_t empties() const { return matches(0); }

  // All sixteen bytes are stored as they will be loaded: a load cannot be answered from a narrower
  // store that is still on its way.
  void set_tag(int place, std::uint32_t four) {
#if defined(__SSE2__)
    alignas(16) static constexpr std::uint8_t kOneByte[32] = {0, 0, 0, 0, 0, 0, 0, 0,  0,
                                                              0, 0, 0, 0, 0, 0, 0, 255};
    __m128i* const all = reinterpret_cast<__m128i*>(tags);
    const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(kOneByte + 16 - place));
    const __m128i tag = _mm_and_si128(here, _mm_set1_epi32(static_cast<int>(four)));
    _mm_store_si128(all, _mm_or_si128(_mm_andnot_si128(here, _mm_load_si128(all)), tag));
#else
    tags[place] = static_cast<std::uint8_t>(four);
#endif
  }
};
static_assert(sizeof(IndexChunk) == 64);

}  // namespace detail

class SlotIndex {
 public:
  SlotIndex() { allocate(1); }

  // Where a key belongs, until the index grows: the chunk to begin with, and the key's tag four
  // times over (a byte would be spilled as a byte and read back as a word, which stalls).
  struct Home {
    std::uint32_t chunk;
    std::uint32_t tag;
  };

  // The high half of hash x count is the chunk, and the bits below it the tag: any count will do,
  // and keys in sequence are spread evenly (golden-ratio hashing).
  Home home(std::uint64_t key) const {
    const Uint128 product = static_cast<Uint128>(key * 0x9e3779b97f4a7c15ULL) * count_;
    const auto tag = static_cast<std::uint32_t>(static_cast<std::uint64_t>(product) >> 56);
    return {static_cast<std::uint32_t>(product >> 64), (tag + (tag == 0)) * 0x01010101U};
  }

  // The slot of `key`, or kNoSlot. `key_of(slot)` tells the key that is kept there.
  template <class KeyOf>
  Slot find(Home home, std::uint64_t key, KeyOf&& key_of) const {
    for (std::size_t i = home.chunk;; i = next(i)) {
      const detail::IndexChunk& chunk = line(i);
      for (std::uint32_t mask = chunk.matches(home.tag); mask != 0; mask &= mask - 1) {
        const Slot slot = chunk.slots[static_cast<std::uint32_t>(std::countr_zero(mask))];
        if (key_of(slot) != key) [[unlikely]]
          continue;
        if (slot == kNoSlot) __builtin_unreachable();  // callers need not ask again
        return slot;
      }
      if (chunk.passed_by == 0) [[likely]]
        return kNoSlot;
      if (next(i) == home.chunk) return kNoSlot;  // few chunks can all have been passed by
    }
  }
  template <class KeyOf>
  Slot find(std::uint64_t key, KeyOf&& key_of) const {
    return find(home(key), key, key_of);
  }

  // REQUIRES: the key whose home it is is absent, and !full().
  void insert(Home home, Slot slot) {
    for (std::size_t i = home.chunk;; i = next(i)) {
      detail::IndexChunk& chunk = line(i);
      const std::uint32_t empties = chunk.empties();
      if (empties != 0) [[likely]] {
        const int place = std::countr_zero(empties);
        chunk.set_tag(place, home.tag);
        chunk.slots[place] = slot;
        ++size_;
        return;
      }
      if (chunk.passed_by != detail::IndexChunk::kSticky) ++chunk.passed_by;
    }
  }
  void insert(std::uint64_t key, Slot slot) { insert(home(key), slot); }

  // REQUIRES: insert(key, slot) was called, and no erase since.
  void erase(std::uint64_t key, Slot slot) {
    const Home home = this->home(key);
    for (std::size_t i = home.chunk;; i = next(i)) {
      detail::IndexChunk& chunk = line(i);
      for (std::uint32_t mask = chunk.matches(home.tag); mask != 0; mask &= mask - 1) {
        const int place = std::countr_zero(mask);
        if (chunk.slots[place] != slot) continue;
        chunk.set_tag(place, 0);
        --size_;
        return;
      }
      CDNSIM_ASSERT(chunk.passed_by != 0, "an index lost a key");
      if (chunk.passed_by != detail::IndexChunk::kSticky) --chunk.passed_by;
    }
  }

  bool full() const { return size_ >= limit_; }
  std::size_t size() const { return size_; }
  std::size_t chunks() const { return count_; }
  std::size_t memory_bytes() const { return chunks_.size() * sizeof(detail::IndexChunk); }

  // Empties the index; after grow() it has room for more keys than before.
  void grow() { allocate(count_ < kDoubleBelow ? count_ * 2 : count_ + count_ / 4); }
  void clear() { allocate(count_); }

  // Where find() would look first, right in 99 of 100 cases and without asking for any key.
  Slot guess(Home home) const {
    const detail::IndexChunk& chunk = line(home.chunk);
    const std::uint32_t mask = chunk.matches(home.tag);
    return mask == 0 ? kNoSlot : chunk.slots[std::countr_zero(mask)];
  }

  void prefetch(Home home) const { chunks_.prefetch(home.chunk); }
  void prefetch(std::uint64_t key) const { prefetch(home(key)); }

 private:
  static constexpr std::size_t kDoubleBelow = 4096;
  static constexpr std::size_t kMeanLoad = 8;  // of 12; 6 % of the chunks are then full

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
