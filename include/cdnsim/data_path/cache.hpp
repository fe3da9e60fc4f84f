// A cache of one tier: which copies it holds, how many bytes, and whether a copy is fresh.
// Does not know who asks, who fetches, what time it is, nor how its policy chooses.
#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/admission.hpp>
#include <cdnsim/data_path/cache_entries.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/slot_index.hpp>

namespace cdnsim {

enum class Lookup : std::uint8_t { absent, fresh, stale, filling };

struct Found {
  Slot slot = kNoSlot;
  Lookup state = Lookup::absent;
};

// A copy that left, as insert() and erase_if() report it.
struct Departed {
  std::uint64_t key = 0;
  Bytes bytes;
  std::uint16_t tag = 0;
};

// in = evicted + expired + purged + held, at every moment.
struct CacheCounters {
  Bytes in, evicted, expired, purged, held;
  std::uint64_t copies = 0;  // held
};

struct IgnoreDeparted {
  void operator()(const Departed&) const {}
};

// Keys are 64-bit hashes or ids. Sizes are bytes, or 1 each to count objects, but never 0; a copy's
// size is fixed when it enters. Not thread safe.
template <CachePolicy Policy, class Clock = NoClock, AdmissionPolicy Admission = AdmitAll>
class Cache {
 public:
  using time_point = typename Clock::time_point;
  using Times = CopyTimes<Clock>;
  static constexpr bool kHasClock = !std::is_same_v<Clock, NoClock>;

  explicit Cache(Bytes capacity, Policy policy = {}, Admission admission = {})
      : policy_(std::move(policy)), admission_(std::move(admission)), capacity_(capacity.count()) {
    CDNSIM_ASSERT(capacity_ >= 0, "a cache's capacity is not negative");
    policy_.attach(capacity);
    admission_.attach(capacity);
    reach(entries_.grow());
  }

  // Someone asks for `key`: the policy sees a hit if there is a copy, stale or not. `on_evict` is
  // told each other copy that goes because of it, as few policies want.
  template <std::invocable<const Departed&> OnEvict = IgnoreDeparted>
  Found find(std::uint64_t key, time_point now, OnEvict&& on_evict = {})
    requires kHasClock
  {
    const Slot slot = ask(key);
    if (slot == kNoSlot) return {};
    evict_overdue(slot, on_evict);
    return {slot, state(slot, now)};
  }

  // The laboratory's whole request: found, or else inserted if it may be.
  bool request(std::uint64_t key, Bytes bytes)
    requires(!kHasClock)
  {
    if (ask(key) != kNoSlot) {
      evict_overdue(kNoSlot, IgnoreDeparted{});
      return true;
    }
    const IgnoreDeparted ignore;
    if (make_room(key, bytes.count(), ignore)) enter(key, bytes.count());
    return false;
  }

  // Tells an offline policy when the object of the next request will be asked for again.
  void foresee(std::int64_t next)
    requires requires(Policy policy) { policy.foresee(next); }
  {
    policy_.foresee(next);
  }

  // The slot of a copy, or kNoSlot; unseen by the policy.
  Slot peek(std::uint64_t key) const {
    return index_.find(key, [this](Slot slot) { return entries_.key(slot); });
  }

  // Takes in a copy. It takes the place of an older one of the same key, which leaves as expired;
  // the policy sees that only if the size differs. kNoSlot when it may not enter. `on_evict` is
  // told each copy that has to go for it, and leaves the cache alone.
  template <std::invocable<const Departed&> OnEvict = IgnoreDeparted>
  Slot insert(std::uint64_t key, Bytes bytes, std::uint16_t tag, const Times& times, time_point now,
              OnEvict&& on_evict = {})
    requires kHasClock
  {
    if (const Slot slot = peek(key); slot != kNoSlot) {
      if (entries_.bytes(slot) == bytes.count()) return replace(slot, tag, times, now);
      leave(slot, Removal::expired);
    }
    if (!make_room(key, bytes.count(), on_evict)) return kNoSlot;
    return enter(key, bytes.count(), tag, times, now);
  }

  // A copy leaves for another reason than room. False when there is none.
  bool erase(std::uint64_t key, Removal why = Removal::purged) {
    const Slot slot = peek(key);
    if (slot == kNoSlot) return false;
    leave(slot, why);
    return true;
  }

  // Purges every copy for which `condemned(slot)`; looks at each, in the order of slots.
  template <std::predicate<Slot> Condemned>
  std::uint64_t erase_if(Condemned&& condemned) {
    const std::uint64_t before = counters_.copies;
    entries_.for_each([&](Slot slot) {
      if (condemned(slot)) leave(slot, Removal::purged);
    });
    return before - counters_.copies;
  }

  // When a copy was generated is to be kept exactly. REQUIRES: nothing was inserted yet.
  void keep_generated()
    requires kHasClock
  {
    entries_.keep_generated();
  }

  // Calls fn(slot) for every copy, in the order of slots; it may refresh() the one it is given.
  template <std::invocable<Slot> Fn>
  void for_each(Fn&& fn) const {
    entries_.for_each(fn);
  }

  // The copy was found to be good still (304): new freshness, same bytes.
  void refresh(Slot slot, const Times& times)
    requires kHasClock
  {
    entries_.refresh(slot, times);
  }

  // What is known of a copy. REQUIRES: `slot` holds one.
  Departed copy(Slot slot) const {
    return {entries_.key(slot), Bytes(entries_.bytes(slot)), entries_.tag(slot)};
  }
  Times times(Slot slot) const
    requires kHasClock
  {
    return entries_.times(slot);
  }

  Bytes capacity() const { return Bytes(capacity_); }
  const CacheCounters& counters() const { return counters_; }

  // Hints for batches: first the line of the index, some requests later that of the copy.
  void prefetch(std::uint64_t key) const {
    index_.prefetch(key);
    if constexpr (requires { policy_.prefetch_ask(key); }) policy_.prefetch_ask(key);
  }
  // False when there is none, as far as the index tells without asking for the key.
  bool prefetch_copy(std::uint64_t key) const {
    const Slot slot = index_.guess(index_.home(key));
    if (slot == kNoSlot) {
      if constexpr (requires { policy_.prefetch_absent(key); }) policy_.prefetch_absent(key);
      return false;
    }
    entries_.prefetch(slot);
    if constexpr (requires { policy_.prefetch(slot); }) policy_.prefetch(slot);
    return true;
  }

 private:
  // The slot of a copy, or kNoSlot; seen by the policy and by admission.
  Slot ask(std::uint64_t key) {
    if constexpr (requires { policy_.on_ask(key); }) policy_.on_ask(key);
    const Slot slot = peek(key);
    if (slot == kNoSlot) {
      admission_.on_miss(key);
    } else {
      policy_.on_hit(slot);
      admission_.on_hit(key, entries_.bytes(slot));
    }
    return slot;
  }

  Lookup state(Slot slot, time_point now) {
    switch (entries_.state(slot, now)) {
      case CopyState::fresh: return Lookup::fresh;
      case CopyState::stale: return Lookup::stale;
      case CopyState::filling: return Lookup::filling;
    }
    return Lookup::absent;
  }

  // What a policy wants gone though there is room, but for `kept`: someone is to get it yet.
  template <class OnEvict>
  void evict_overdue(Slot kept, const OnEvict& on_evict) {
    if constexpr (requires { policy_.overdue(); }) {
      for (Slot slot = policy_.overdue(); slot != kNoSlot && slot != kept;
           slot = policy_.overdue()) {
        on_evict(copy(slot));
        leave(slot, Removal::evicted);
      }
    }
  }

  // Evicts until `bytes` more fit, or until one stays that is worth more than the newcomer. False
  // when the object may not enter. REQUIRES: `key` is absent.
  template <class OnEvict>
  bool make_room(std::uint64_t key, std::int64_t bytes, OnEvict& on_evict) {
    CDNSIM_ASSERT(bytes > 0, "a copy has at least one byte, or nothing would ever push it out");
    if (!admission_.admits(key, bytes)) return false;
    const Offer offer = policy_.offer(key, bytes);
    if (bytes > capacity_ || offer == Offer::refuse) {
      evict_overdue(kNoSlot, on_evict);
      return false;
    }
    while (counters_.held.count() > capacity_ - bytes) {
      const Slot slot = policy_.victim(entries_);
      if (!admission_.outranks(key, entries_.key(slot))) {
        if constexpr (requires { policy_.on_refused(); }) policy_.on_refused();
        return false;
      }
      on_evict(copy(slot));
      leave(slot, Removal::evicted);
    }
    evict_overdue(kNoSlot, on_evict);
    return offer == Offer::admit;
  }

  template <class... Freshness>
  Slot enter(std::uint64_t key, std::int64_t bytes, const Freshness&... freshness) {
    if (!entries_.has_free()) {
      if (entries_.must_grow()) reach(entries_.grow());
      if (index_.full()) grow_index();
    }
    const Slot slot = entries_.add(key, bytes, freshness...);
    index_.insert(key, slot);
    policy_.on_insert(slot, key, bytes);
    counters_.in += Bytes(bytes);
    counters_.held += Bytes(bytes);
    ++counters_.copies;
    return slot;
  }

  Slot replace(Slot slot, std::uint16_t tag, const Times& times, time_point now) {
    const Bytes bytes{entries_.bytes(slot)};
    entries_.replace(slot, tag, times, now);
    counters_.in += bytes;
    counters_.expired += bytes;
    return slot;
  }

  void leave(Slot slot, Removal why) {
    const std::uint64_t key = entries_.key(slot);
    const std::int64_t bytes = entries_.bytes(slot);
    policy_.on_erase(slot, key, bytes, why);
    index_.erase(key, slot);
    entries_.remove(slot);
    counters_.held -= Bytes(bytes);
    left(why) += Bytes(bytes);
    --counters_.copies;
  }

  Bytes& left(Removal why) {
    if (why == Removal::evicted) return counters_.evicted;
    return why == Removal::expired ? counters_.expired : counters_.purged;
  }

  void reach(Slot last) {
    policy_.reach(last);
    admission_.reach(last);
  }

  void grow_index() {
    index_.grow();
    entries_.for_each([this](Slot slot) { index_.insert(entries_.key(slot), slot); });
  }

  Policy policy_;
  [[no_unique_address]] Admission admission_;
  SlotIndex index_;
  CacheEntries<Clock> entries_;
  CacheCounters counters_;
  std::int64_t capacity_;
};

}  // namespace cdnsim
