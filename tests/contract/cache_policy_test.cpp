// What a cache promises whatever its policy: run for every policy in models/cache_policy/list.hpp.

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <tests/support/rapidcheck.hpp>

#include "watched.hpp"

namespace {

using namespace cdnsim;
using namespace cdnsim::test;

template <class... Policies>
std::tuple<Policies...> as_tuple(PolicyList<Policies...>);
using AllPolicies = decltype(as_tuple(CachePolicies{}));

constexpr std::uint64_t kFull = kCapacity / 10;  // objects of ten bytes fill it

// Requests for objects of one byte, about as skewed as the web's.
template <class Policy>
std::string outcomes(Cache<Policy>& cache, int requests) {
  std::string outcome;
  for (int i = 0; i < requests; ++i) {
    const std::uint64_t random = mix64(static_cast<std::uint64_t>(i));
    const std::uint64_t key = random % (1 + (random >> 32) % 3000);
    outcome += cache.request(key, Bytes(1)) ? 'h' : 'm';
  }
  return outcome;
}

template <class Policy>
Policy with_parameters_at(double PolicyParameter::* which) {
  PolicyText text{std::string(Policy::kName), {}};
  for (const PolicyParameter& parameter : Policy::kParameters) {
    text.parameters[std::string(parameter.name)] = parameter.*which;
  }
  return *make_policy<Policy>(text).value;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("a cache holds what entered it and has not left", "", AllPolicies) {
  rc::prop("over lookups, copies of any size, fills, purges and revalidations", [] {
    Watched<TestType> cache;
    do_everything(cache);
  });
}

TEMPLATE_LIST_TEST_CASE("any copy may be purged at any moment", "", AllPolicies) {
  // In every one of many states each copy in turn is purged
  // from a cache like it, which then goes on as a cache does.
  Cache<TestType> cache{Bytes(kCapacity)};
  for (std::uint64_t step = 0; step < 300; ++step) {
    cache.request(mix64(step) % (kFull * 3 / 2), Bytes(10));
    if (step % 10 != 0) continue;
    for (std::uint64_t victim = 0; victim < kFull * 3 / 2; ++victim) {
      if (cache.peek(victim) == kNoSlot) continue;
      Cache<TestType> other = cache;
      REQUIRE(other.erase(victim));
      REQUIRE(other.peek(victim) == kNoSlot);
      REQUIRE(other.counters().copies == cache.counters().copies - 1);
      for (std::uint64_t key = 1000; key < 1000 + 2 * kFull; ++key) other.request(key, Bytes(10));
      REQUIRE(other.counters().held == Bytes(kCapacity));
    }
  }
}

TEMPLATE_LIST_TEST_CASE("a cache can be purged empty, in any order, and filled again", "",
                        AllPolicies) {
  Cache<TestType> cache{Bytes(kCapacity)};
  for (std::uint64_t round = 0; round < 50; ++round) {
    std::vector<std::uint64_t> keys;
    for (std::uint64_t key = 0; key < kFull; ++key) keys.push_back(round * kFull + key);
    for (const std::uint64_t key : keys) cache.request(key, Bytes(10));
    for (std::uint64_t hit = 0; hit < round; ++hit) cache.request(keys[hit % kFull], Bytes(10));
    REQUIRE(cache.counters().copies == kFull);
    std::sort(keys.begin(), keys.end(), [&](std::uint64_t a, std::uint64_t b) {
      return hash_combine(round, a) < hash_combine(round, b);
    });
    for (const std::uint64_t key : keys) REQUIRE(cache.erase(key));
    REQUIRE(cache.counters().held == Bytes(0));
  }
}

TEMPLATE_LIST_TEST_CASE("what fits altogether is missed once each", "", AllPolicies) {
  Cache<TestType> cache{Bytes(kCapacity)};
  for (int pass = 0; pass < 5; ++pass) {
    for (std::uint64_t key = 0; key < kFull; ++key) {
      CHECK(cache.request(key, Bytes(10)) == (pass > 0));
    }
  }
}

TEMPLATE_LIST_TEST_CASE("a cache that is asked for much stays full", "", AllPolicies) {
  // But for a copy or two that a policy lets go before room is needed, so that a part of it keeps
  // to its size.
  Cache<TestType> cache{Bytes(kCapacity)};
  outcomes(cache, 20'000);
  CHECK(cache.counters().held >= Bytes(kCapacity - 2));
  CHECK(cache.counters().copies >= kCapacity - 2);
}

TEMPLATE_LIST_TEST_CASE("the same requests have the same outcomes, also in a copy", "",
                        AllPolicies) {
  Cache<TestType> a{Bytes(kCapacity)}, b{Bytes(kCapacity)};
  CHECK(outcomes(a, 5000) == outcomes(b, 5000));
  Cache<TestType> c = a;
  CHECK(outcomes(a, 5000) == outcomes(c, 5000));
}

TEMPLATE_LIST_TEST_CASE("what is larger than the cache never enters, and evicts nothing", "",
                        AllPolicies) {
  Cache<TestType> cache{Bytes(kCapacity)};
  for (std::uint64_t key = 0; key < kFull; ++key) cache.request(key, Bytes(10));
  for (int i = 0; i < 3; ++i) CHECK_FALSE(cache.request(kFull + 1, Bytes(kCapacity + 1)));
  CHECK(cache.counters().copies == kFull);
}

TEMPLATE_LIST_TEST_CASE("a cache of no bytes misses everything", "", AllPolicies) {
  Cache<TestType> cache{Bytes(0)};
  for (int i = 0; i < 3; ++i) CHECK_FALSE(cache.request(1, Bytes(1)));
}

TEMPLATE_LIST_TEST_CASE("a policy is called by its name and works at the ends of its parameters",
                        "", AllPolicies) {
  CHECK(parse<PolicyText>(TestType::kName).value->name == TestType::kName);
  Cache<TestType> by_default{Bytes(kCapacity)};
  Cache<TestType> as_said{Bytes(kCapacity),
                          with_parameters_at<TestType>(&PolicyParameter::otherwise)};
  CHECK(outcomes(by_default, 5000) == outcomes(as_said, 5000));
  for (const auto end : {&PolicyParameter::least, &PolicyParameter::most}) {
    Cache<TestType> cache{Bytes(kCapacity), with_parameters_at<TestType>(end)};
    outcomes(cache, 5000);
    CHECK(cache.counters().held <= Bytes(kCapacity));
  }
}
