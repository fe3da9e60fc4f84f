// Lists of things done to a cache, and a policy and its slow model that must agree over them.
// Does not know any policy.
#pragma once

#include <cstdint>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <cdnsim/data_path/cache.hpp>
#include <tests/support/rapidcheck.hpp>

#include "slow_policies.hpp"

namespace cdnsim::test {

// One thing done to a cache: about one in eight is a purge.
struct Deed {
  std::uint64_t key = 0;
  std::int64_t bytes = 1;
  bool is_purge = false;
};
inline std::ostream& operator<<(std::ostream& out, const Deed& deed) {
  return out << (deed.is_purge ? "purge " : "request ") << deed.key << " of " << deed.bytes << " B";
}

inline rc::Gen<std::vector<Deed>> some_deeds(std::int64_t bytes_most) {
  const auto deed = rc::gen::apply(
      [](std::uint64_t key, std::int64_t bytes, int kind) { return Deed{key, bytes, kind == 0}; },
      rc::gen::inRange<std::uint64_t>(0, 40), rc::gen::inRange<std::int64_t>(1, bytes_most + 1),
      rc::gen::inRange(0, 8));
  return rc::gen::container<std::vector<Deed>>(deed);
}

template <class Policy>
std::set<std::uint64_t> keys_held(const Cache<Policy>& cache) {
  std::set<std::uint64_t> keys;
  for (std::uint64_t key = 0; key < 40; ++key) {
    if (cache.peek(key) != kNoSlot) keys.insert(key);
  }
  return keys;
}

inline std::set<std::uint64_t> keys_of(const slow::Queue& queue) {
  std::set<std::uint64_t> keys;
  for (const slow::Item& item : queue) keys.insert(item.key);
  return keys;
}

template <class Policy, class Slow>
void must_agree(Policy policy, Slow slow, std::int64_t capacity, const std::vector<Deed>& deeds) {
  Cache<Policy> cache(Bytes(capacity), std::move(policy));
  for (const Deed& deed : deeds) {
    if (deed.is_purge) {
      RC_ASSERT(cache.erase(deed.key) == slow.purge(deed.key));
    } else {
      RC_ASSERT(cache.request(deed.key, Bytes(deed.bytes)) == slow.request(deed.key, deed.bytes));
    }
    RC_ASSERT(keys_held(cache) == keys_of(slow.held()));
    RC_ASSERT(cache.counters().held.count() == slow::bytes_in(slow.held()));
  }
}

// Long lists of deeds: RapidCheck's own sizes stop at a hundred.
template <class Check>
void check_policy(const std::string& what, Check check) {
  rc::prop(what + ", objects counted", [=] {
    const auto capacity = *rc::gen::inRange<std::int64_t>(1, 60);
    check(capacity, *rc::gen::scale(8, some_deeds(1)));
  });
  rc::prop(what + ", bytes counted", [=] {
    const auto capacity = *rc::gen::inRange<std::int64_t>(1, 400);
    check(capacity, *rc::gen::scale(8, some_deeds(30)));
  });
}

}  // namespace cdnsim::test
