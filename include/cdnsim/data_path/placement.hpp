// Which member of a group a key belongs to: one of several families, chosen by name.
// Does not know what a member is, nor when a window begins. PLACEMENT.md compares the families.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <cdnsim/data_path/bounded_ring.hpp>
#include <cdnsim/data_path/hash_ring.hpp>
#include <cdnsim/data_path/jump_hash.hpp>
#include <cdnsim/data_path/maglev.hpp>
#include <cdnsim/data_path/policy_list.hpp>
#include <cdnsim/data_path/rendezvous.hpp>

namespace cdnsim {

// Members are named by their place in the list; kNobody is the answer when none is up. Copies share
// what does not change, and have members of their own that are down.
template <class F>
concept PlacementFamily =
    std::copyable<F> && requires(F family, const F& fixed, std::uint64_t key, std::uint32_t member,
                                 bool down, bool (*takes)(std::uint32_t)) {
      { F::kName } -> std::convertible_to<std::string_view>;
      { F::kSummary } -> std::convertible_to<std::string_view>;
      F::kParameters.size();
      { fixed.owner(key) } -> std::same_as<std::uint32_t>;
      // The first in the key's own order that is up and for whom takes(member).
      { fixed.first(key, takes) } -> std::same_as<std::uint32_t>;
      family.set_down(member, down);
      { fixed.is_down(member) } -> std::same_as<bool>;
      { fixed.members() } -> std::same_as<const MembersUp&>;
    };

// Visited once for a batch, not for each key:
//   std::visit([&](auto& p) { for (...) out[i] = assign(p, keys[i]); }, placement);
using Placement = std::variant<HashRing, BoundedRing, JumpHash, Maglev, Rendezvous>;

// The owner of a key, counted where counts matter.
template <PlacementFamily F>
std::uint32_t assign(F& family, std::uint64_t key) {
  if constexpr (requires { family.assign(key); }) {
    return family.assign(key);
  } else {
    return family.owner(key);
  }
}

// Forgets what was counted, if anything was; see BoundedRing for `foreseen`.
inline void start_window(Placement& placement, std::uint64_t foreseen = 0) {
  if (auto* bounded = std::get_if<BoundedRing>(&placement)) bounded->start_window(foreseen);
}

inline constexpr std::uint32_t kMostReplicas = 64;

// The first members of a key, all different, into `out`; returns how many there are. The first is
// the owner, each other one the family's next: who would come if those before were down (with
// Maglev, if the table then were not made anew). REQUIRES: kMostReplicas at most.
template <PlacementFamily F>
std::uint32_t replicas(const F& family, std::uint64_t key, std::span<std::uint32_t> out) {
  CDNSIM_ASSERT(out.size() <= kMostReplicas, "a key has up to 64 replicas");
  const auto wanted = static_cast<std::uint32_t>(out.size());
  const std::uint32_t count = std::min(wanted, family.members().taking());
  if (count > 0) out[0] = family.owner(key);
  for (std::uint32_t i = 1; i < count; ++i) {
    const std::span<const std::uint32_t> before = out.first(i);
    out[i] = family.first(key, [&](std::uint32_t member) {
      return std::find(before.begin(), before.end(), member) == before.end();
    });
  }
  return count;
}

// The i-th of them, from 0; kNobody when fewer members are up.
template <PlacementFamily F>
std::uint32_t replica(const F& family, std::uint64_t key, std::uint32_t i) {
  CDNSIM_ASSERT(i < kMostReplicas, "a key has up to 64 replicas");
  if (i == 0) return family.owner(key);
  std::array<std::uint32_t, kMostReplicas> members;
  return replicas(family, key, std::span(members).first(i + 1)) > i ? members[i] : kNobody;
}

// A family and the values of its parameters.
template <PlacementFamily F>
struct PlacementChoice {
  using Family = F;
  static constexpr std::string_view kName = F::kName;
  static constexpr std::string_view kSummary = F::kSummary;
  static constexpr auto kParameters = F::kParameters;

  PlacementChoice() = default;
  explicit PlacementChoice(std::span<const double> given) : values(given.begin(), given.end()) {}
  std::vector<double> values;
};

using Placements = PolicyList<     //
    PlacementChoice<BoundedRing>,  //
    PlacementChoice<HashRing>,     //
    PlacementChoice<JumpHash>,     //
    PlacementChoice<Maglev>,       //
    PlacementChoice<Rendezvous>>;

// Their names, sorted.
inline std::vector<std::string_view> placement_names() { return names_of(Placements{}); }

// What is wrong with a text whoever the members are, or "".
std::string placement_problem(const PolicyText& text);

// The placement that `text` names, all members up, or what is wrong with the text or the members.
// Make one for each list of members, and copies of it. REQUIRES: distinct names.
Parsed<Placement> make_placement(const PolicyText& text, std::span<const RingMember> members);

}  // namespace cdnsim
