// Each eviction policy makes the very choices of its slow and plain model.

#include <set>
#include <string>
#include <vector>

#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <tests/support/rapidcheck.hpp>

#include "slow_policies.hpp"

namespace {

using namespace cdnsim;

// One thing done to a cache: about one in eight is a purge.
struct Deed {
  std::uint64_t key = 0;
  std::int64_t bytes = 1;
  bool is_purge = false;
};
std::ostream& operator<<(std::ostream& out, const Deed& deed) {
  return out << (deed.is_purge ? "purge " : "request ") << deed.key << " of " << deed.bytes << " B";
}

rc::Gen<std::vector<Deed>> some_deeds(std::int64_t bytes_most) {
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

std::set<std::uint64_t> keys_of(const slow::Queue& queue) {
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

}  // namespace

TEST_CASE("FIFO chooses as its model does") {
  check_policy("fifo", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(Fifo{}, slow::Fifo(capacity), capacity, deeds);
  });
}

TEST_CASE("LRU chooses as its model does") {
  check_policy("lru", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(Lru{}, slow::Lru(capacity), capacity, deeds);
  });
}

TEST_CASE("CLOCK chooses as its model does, whatever its number of bits") {
  check_policy("clock", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(ClockPolicy{}, slow::Clock(capacity), capacity, deeds);
    const std::vector<double> three_bits{3};
    must_agree(ClockPolicy(three_bits), slow::Clock(capacity, 7), capacity, deeds);
  });
}

TEST_CASE("SIEVE chooses as its model does") {
  check_policy("sieve", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(Sieve{}, slow::Sieve(capacity), capacity, deeds);
  });
}

TEST_CASE("S3-FIFO chooses as its model does, whatever its parameters") {
  check_policy("s3fifo", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(S3Fifo{}, slow::S3Fifo(capacity), capacity, deeds);
    const std::vector<double> others{0.4, 0.5, 1};
    must_agree(S3Fifo(others), slow::S3Fifo(capacity, 0.4, 0.5, 1), capacity, deeds);
    const std::vector<double> no_ghost{0.3, 0, 3};
    must_agree(S3Fifo(no_ghost), slow::S3Fifo(capacity, 0.3, 0, 3), capacity, deeds);
  });
}

TEST_CASE("ARC chooses as its model does") {
  check_policy("arc", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(Arc{}, slow::Arc(capacity), capacity, deeds);
  });
}
