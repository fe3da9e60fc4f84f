// What an eviction policy is: the hooks that a cache calls.
// Does not know any policy (models/cache_policy), nor how a cache stores its entries.
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/policy_list.hpp>
#include <cdnsim/data_path/slot.hpp>

namespace cdnsim {

// What a policy says to an absent object that asks to enter.
enum class Offer : std::uint8_t {
  admit,          // evict until it fits, then insert it
  refuse,         // leave the cache as it is
  make_room_only  // evict until it would fit, but do not insert it
};

// Why an entry leaves: to make room, because its copy is out of date, or because someone said so.
enum class Removal : std::uint8_t { evicted, expired, purged };

// What a policy may ask about the entries of its cache.
class EntriesArchetype {
 public:
  std::uint64_t key(Slot slot) const;
  std::int64_t bytes(Slot slot) const;
};

// A policy keeps arrays of its own, indexed by slot. The cache calls, in this order:
//   attach(capacity)                once, before anything else
//   reach(last)                     slots up to `last` will be used
//   offer(key, bytes)               an absent object wants to enter; none was evicted for it yet
//   victim(entries)                 choose an entry to evict; it may stay after all, if admission
//                                   keeps the newcomer out; REQUIRES: there is one
//   on_erase(slot, key, bytes, why) the entry leaves (also after victim()); the slot may come again
//   on_insert(slot, key, bytes)     the offered object is in
//   on_hit(slot)                    an entry was asked for
// It may also have
//   on_ask(key)                     each look-up, before all else, also of what is absent
//   overdue()                       an entry that must go though there is room, or kNoSlot; asked
//                                   for after on_hit(), after an offer that was refused, and after
//                                   room was made for a newcomer, until there is none
//   on_refused()                    the victim stays, as admission keeps the newcomer out; what the
//                                   policy forgot for the offer stays forgotten
//   prefetch_ask(key) const         a hint that on_ask(key) will come
//   prefetch(slot) const            a hint that the slot will soon be asked for
//   prefetch_absent(key) const      a hint that an object without one will be
//   foresee(next)                   offline: when the object of the request at hand will be asked
//                                   for again
template <class P>
concept CachePolicy =
    std::semiregular<P> && requires(P policy, Slot slot, std::uint64_t key, std::int64_t bytes,
                                    const EntriesArchetype& entries) {
      { P::kName } -> std::convertible_to<std::string_view>;
      { P::kSummary } -> std::convertible_to<std::string_view>;
      P::kParameters.size();
      policy.attach(Bytes(bytes));
      policy.reach(slot);
      { policy.offer(key, bytes) } -> std::same_as<Offer>;
      { policy.victim(entries) } -> std::same_as<Slot>;
      policy.on_erase(slot, key, bytes, Removal::purged);
      policy.on_insert(slot, key, bytes);
      policy.on_hit(slot);
    };

}  // namespace cdnsim
