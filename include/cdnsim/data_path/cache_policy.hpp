// What an eviction policy is: the hooks that a cache calls.
// Does not know any policy (models/cache_policy), nor how a cache stores its entries.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/policy_text.hpp>
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
//   offer(key, bytes)               an absent object wants to enter; nothing has been evicted for
//   it victim(entries)                 choose an entry to evict; REQUIRES: there is one
//   on_erase(slot, key, bytes, why) the entry leaves (also after victim()); the slot may come again
//   on_insert(slot, key, bytes)     the offered object is in
//   on_hit(slot)                    an entry was asked for
// It may also have overdue(), an entry that must go because of the hit at hand, or kNoSlot: asked
// for after on_hit() until there is none; prefetch(slot) const, a hint that the slot will soon be
// asked for; prefetch_absent(key) const, a hint that an object without one will be; and, if it
// works offline, foresee(next): when the object of the request at hand will be asked for again.
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

template <CachePolicy P>
Parsed<P> make_policy(const PolicyText& text) {
  if constexpr (P::kParameters.size() == 0) {
    const Parsed<std::vector<double>> values = policy_values(text, {});
    return values.value ? Parsed<P>{P{}, {}} : Parsed<P>{{}, values.problem};
  } else {
    const Parsed<std::vector<double>> values = policy_values(text, P::kParameters);
    if (!values.value) return {{}, values.problem};
    return {P(std::span<const double>(*values.value)), {}};
  }
}

// The policies that there are to choose from.
template <CachePolicy... Policies>
struct PolicyList {};

template <CachePolicy... Policies>
std::vector<std::string_view> names_of(PolicyList<Policies...>) {
  std::vector<std::string_view> names{Policies::kName...};
  std::sort(names.begin(), names.end());
  return names;
}

// Calls use(policy) with the one that `text` names. Returns what is wrong with `text`, or "".
template <CachePolicy... Policies, class Use>
std::string with_policy(PolicyList<Policies...> list, const PolicyText& text, Use&& use) {
  std::string problem;
  const auto try_one = [&]<class P>(std::type_identity<P>) {
    if (text.name != P::kName) return false;
    Parsed<P> policy = make_policy<P>(text);
    if (policy.value) use(*std::move(policy.value));
    problem = policy.problem;
    return true;
  };
  const bool known = (try_one(std::type_identity<Policies>{}) || ...);
  return known ? problem : unknown_policy(text.name, names_of(list));
}

}  // namespace cdnsim
