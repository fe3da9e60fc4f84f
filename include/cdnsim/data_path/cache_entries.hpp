// The copies in a cache: keys, sizes, freshness, and which of them are still being filled.
// Does not know policies, capacity, nor how a key is found.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/slot_rows.hpp>

namespace cdnsim {

// The clock of a cache whose copies never age: the laboratory's.
struct NoClock {
  struct time_point {};
};

// When a copy was made, goes stale and has its last byte.
template <class Clock>
struct CopyTimes {
  typename Clock::time_point generated_at{};                           // its age counts from here
  typename Clock::time_point fresh_until = Clock::time_point::max();   // stale at this instant
  typename Clock::time_point last_byte_at = Clock::time_point::min();  // filling until this one
};

template <>
struct CopyTimes<NoClock> {};

enum class CopyState : std::uint8_t { fresh, stale, filling };

inline constexpr Bytes kMaxCopyBytes{(std::int64_t{1} << 47) - 1};

// A lifetime in 32 bits: exact for every whole number of seconds up to eight years and for whatever
// else has at most 28 significant bits in some decimal unit; otherwise rounded up by under 4e-8.
class PackedLifetime {
 public:
  // Longer lifetimes count as this one (RFC 9111 allows a ceiling of 2^31 s).
  static constexpr std::chrono::nanoseconds kMax = std::chrono::seconds((1 << 28) - 1);

  static constexpr std::uint32_t pack(std::chrono::nanoseconds lifetime) {
    std::uint64_t mantissa =
        lifetime.count() < 0 ? 0 : static_cast<std::uint64_t>(std::min(lifetime, kMax).count());
    std::uint32_t exponent = 0;
    for (; mantissa >= (1U << 28); ++exponent) mantissa = (mantissa + 9) / 10;
    return static_cast<std::uint32_t>(mantissa) | exponent << 28;
  }
  static constexpr std::chrono::nanoseconds unpack(std::uint32_t packed) {
    return std::chrono::nanoseconds((packed & ((1U << 28) - 1)) * kPowersOfTen[packed >> 28]);
  }

 private:
  static constexpr std::array<std::int64_t, 16> kPowersOfTen = [] {
    std::array<std::int64_t, 16> powers{};
    std::int64_t power = 1;
    for (std::int64_t& each : powers) each = std::exchange(power, power * 10);
    return powers;
  }();
};

// With a clock: 28 bytes a copy, and 16 more for each that is being filled.
template <class Clock>
class CacheEntries {
 public:
  using time_point = typename Clock::time_point;
  static_assert(std::is_same_v<typename Clock::duration, std::chrono::nanoseconds>,
                "time is kept in 64-bit nanoseconds");

  std::uint64_t key(Slot slot) const { return rows_[slot].key; }
  std::int64_t bytes(Slot slot) const {
    return static_cast<std::int64_t>(rows_[slot].word >> kBytesShift);
  }
  std::uint16_t tag(Slot slot) const { return static_cast<std::uint16_t>(rows_[slot].word); }

  bool has_free() const { return rows_.has_free(); }
  bool must_grow() const { return rows_.must_grow(); }
  Slot grow() {
    reached_ = rows_.grow();
    notes_.reach(reached_);
    if (exact_) generated_.reach(reached_);
    return reached_;
  }

  // From now on when a copy was generated is kept to the nanosecond, however long it lives: 8 bytes
  // more a copy. REQUIRES: there is none yet.
  void keep_generated() {
    exact_ = true;
    generated_.reach(reached_);
  }

  // REQUIRES: !must_grow().
  Slot add(std::uint64_t key, std::int64_t bytes, std::uint16_t tag, const CopyTimes<Clock>& times,
           time_point now) {
    CDNSIM_ASSERT(bytes <= kMaxCopyBytes.count(), "a copy has less than 2^47 bytes");
    const Slot slot = rows_.take();
    write(slot, key, bytes, tag, times, now);
    return slot;
  }

  // Another copy of the same object, as large, in the same slot.
  void replace(Slot slot, std::uint16_t tag, const CopyTimes<Clock>& times, time_point now) {
    if (is_filling(slot)) stop_filling(slot);
    write(slot, key(slot), bytes(slot), tag, times, now);
  }

  void remove(Slot slot) {
    if (is_filling(slot)) stop_filling(slot);
    rows_.give_back(slot);
  }

  // Stale goes before filling: a copy may outlive its freshness while its bytes still arrive.
  CopyState state(Slot slot, time_point now) {
    if (ns(now) >= rows_[slot].fresh_until) return CopyState::stale;
    if (!is_filling(slot)) [[likely]]
      return CopyState::fresh;
    if (now < fills_[notes_[slot]].last_byte_at) return CopyState::filling;
    stop_filling(slot);
    return CopyState::fresh;
  }

  // `last_byte_at` is time_point::min() once the last byte is known to be there.
  CopyTimes<Clock> times(Slot slot) const {
    const bool filling = is_filling(slot);
    const std::uint32_t lifetime = filling ? fills_[notes_[slot]].lifetime : notes_[slot];
    const time_point fresh_until{std::chrono::nanoseconds(rows_[slot].fresh_until)};
    const time_point generated = exact_ ? time_point{std::chrono::nanoseconds(generated_[slot])}
                                        : fresh_until - PackedLifetime::unpack(lifetime);
    return {generated, fresh_until,
            filling ? fills_[notes_[slot]].last_byte_at : time_point::min()};
  }

  // The copy was found to be good still: new freshness, same bytes. Its filling goes on.
  void refresh(Slot slot, const CopyTimes<Clock>& times) { set_freshness(slot, times); }

  template <class Fn>
  void for_each(Fn&& fn) const {
    rows_.for_each(fn);
  }
  void prefetch(Slot slot) const {
    rows_.prefetch(slot);
    notes_.prefetch(slot);
  }
  std::size_t fills_known() const { return fills_.size(); }

 private:
  // word: 47 bits of bytes, 1 of filling, 16 of the caller's tag.
  struct Row {
    std::uint64_t key;
    std::uint64_t word;
    std::int64_t fresh_until;
  };
  struct Fill {
    time_point last_byte_at;
    std::uint32_t lifetime;
    Slot slot;
  };
  static constexpr unsigned kBytesShift = 17;
  static constexpr std::uint64_t kFilling = std::uint64_t{1} << 16;

  static std::int64_t ns(time_point t) { return t.time_since_epoch().count(); }
  bool is_filling(Slot slot) const { return (rows_[slot].word & kFilling) != 0; }

  void write(Slot slot, std::uint64_t key, std::int64_t bytes, std::uint16_t tag,
             const CopyTimes<Clock>& times, time_point now) {
    rows_[slot] = {key, static_cast<std::uint64_t>(bytes) << kBytesShift | tag, 0};
    set_freshness(slot, times);
    if (times.last_byte_at > now) {
      settle_some(now);
      start_filling(slot, times.last_byte_at);
    }
  }

  void set_freshness(Slot slot, const CopyTimes<Clock>& times) {
    const std::int64_t generated = ns(times.generated_at);
    if (exact_) generated_[slot] = generated;
    const std::int64_t ceiling = generated + PackedLifetime::kMax.count();
    rows_[slot].fresh_until = std::min(ns(times.fresh_until), ceiling);
    const std::int64_t lifetime = rows_[slot].fresh_until - generated;
    if (lifetime != last_lifetime_) {  // copies of one kind have the same
      last_lifetime_ = lifetime;
      last_packed_ = PackedLifetime::pack(std::chrono::nanoseconds(lifetime));
    }
    (is_filling(slot) ? fills_[notes_[slot]].lifetime : notes_[slot]) = last_packed_;
  }

  // While a copy is being filled its lifetime lies in fills_, and its note says where.
  void start_filling(Slot slot, time_point last_byte_at) {
    fills_.push_back({last_byte_at, notes_[slot], slot});
    notes_[slot] = static_cast<std::uint32_t>(fills_.size() - 1);
    rows_[slot].word |= kFilling;
  }
  void stop_filling(Slot slot) {
    const std::uint32_t place = notes_[slot];
    notes_[slot] = fills_[place].lifetime;
    rows_[slot].word &= ~kFilling;
    if (place + 1 != fills_.size()) {
      fills_[place] = fills_.back();
      notes_[fills_[place].slot] = place;
    }
    fills_.pop_back();
  }
  // Two looks for each fill that starts: at most twice as many are known as are going on.
  void settle_some(time_point now) {
    for (int look = 0; look < 2 && !fills_.empty(); ++look) {
      if (++cursor_ >= fills_.size()) cursor_ = 0;
      if (fills_[cursor_].last_byte_at <= now) stop_filling(fills_[cursor_].slot);
    }
  }

  std::int64_t last_lifetime_ = 0;
  std::uint32_t last_packed_ = PackedLifetime::pack(std::chrono::nanoseconds(0));
  SlotRows<Row> rows_;
  SlotArray<std::uint32_t> notes_;     // the packed lifetime, or the place in fills_
  SlotArray<std::int64_t> generated_;  // where it is kept exactly
  Slot reached_ = kNoSlot;
  bool exact_ = false;
  std::vector<Fill> fills_;
  std::size_t cursor_ = 0;
};

// Without: 16 bytes a copy.
template <>
class CacheEntries<NoClock> {
 public:
  std::uint64_t key(Slot slot) const { return rows_[slot].key; }
  std::int64_t bytes(Slot slot) const { return static_cast<std::int64_t>(rows_[slot].word); }
  std::uint16_t tag(Slot) const { return 0; }

  bool has_free() const { return rows_.has_free(); }
  bool must_grow() const { return rows_.must_grow(); }
  Slot grow() { return rows_.grow(); }

  Slot add(std::uint64_t key, std::int64_t bytes) {
    const Slot slot = rows_.take();
    rows_[slot] = {key, static_cast<std::uint64_t>(bytes)};
    return slot;
  }
  void remove(Slot slot) { rows_.give_back(slot); }

  template <class Fn>
  void for_each(Fn&& fn) const {
    rows_.for_each(fn);
  }
  void prefetch(Slot slot) const { rows_.prefetch(slot); }

 private:
  struct Row {
    std::uint64_t key;
    std::uint64_t word;
  };
  SlotRows<Row> rows_;
};

}  // namespace cdnsim
