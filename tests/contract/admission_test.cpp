// What a cache promises whatever may enter it: every admission policy of the list, and every
// eviction policy where newcomers may be kept out after a victim was chosen.

#include <string>
#include <tuple>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/models/admission/list.hpp>
#include <cdnsim/models/cache_policy/list.hpp>

#include "watched.hpp"

namespace {

using namespace cdnsim;
using namespace cdnsim::test;

template <class... Policies>
std::tuple<Policies...> as_tuple(PolicyList<Policies...>);
using AllPolicies = decltype(as_tuple(CachePolicies{}));
using AllAdmissions = decltype(as_tuple(Admissions{}));

template <class Admission>
std::string outcomes(Cache<Lru, NoClock, Admission>& cache) {
  std::string outcome;
  for (std::uint64_t i = 0; i < 5000; ++i) {
    const std::uint64_t random = mix64(i);
    const std::uint64_t key = random % (1 + (random >> 32) % 1000);
    outcome += cache.request(key, Bytes(1 + static_cast<std::int64_t>(key % 7))) ? 'h' : 'm';
  }
  return outcome;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("a cache holds what was admitted and has not left", "", AllAdmissions) {
  rc::prop("over lookups, copies of any size, fills, purges and revalidations", [] {
    Watched<Lru, TestType> cache;
    do_everything(cache);
  });
}

TEMPLATE_LIST_TEST_CASE("a victim may stay after all, with any eviction policy", "", AllPolicies) {
  rc::prop("over lookups, copies of any size, fills, purges and revalidations", [] {
    Watched<TestType, TinyLfuAdmission> cache;
    do_everything(cache);
  });
}

namespace {

// Lets everyone in, until it is closed: then nobody for whom another would have to go.
class Closing : public AdmitAll {
 public:
  static inline bool closed = false;
  bool outranks(std::uint64_t, std::uint64_t) { return !closed; }
};

}  // namespace

TEMPLATE_LIST_TEST_CASE("nobody goes for whom admission keeps out, then or later", "",
                        AllPolicies) {
  Closing::closed = false;
  Cache<TestType, NoClock, Closing> cache{Bytes(kCapacity)};
  for (std::uint64_t i = 0; i < 20'000; ++i) cache.request(mix64(i) % 3000, Bytes(1));
  constexpr std::uint64_t kFavourite = 1'000'000;
  for (int i = 0; i < 40; ++i) cache.request(kFavourite, Bytes(1));  // as good as it can be
  REQUIRE(cache.peek(kFavourite) != kNoSlot);
  Closing::closed = true;
  const Bytes evicted = cache.counters().evicted;
  for (std::uint64_t key = 2'000'000; key < 2'005'000; ++key) {
    cache.request(key, Bytes(1));
    REQUIRE(cache.request(kFavourite, Bytes(1)));
  }
  CHECK(cache.counters().evicted == evicted);
}

TEMPLATE_LIST_TEST_CASE("the same requests are admitted, also by a copy", "", AllAdmissions) {
  Cache<Lru, NoClock, TestType> a{Bytes(kCapacity)}, b{Bytes(kCapacity)};
  CHECK(outcomes(a) == outcomes(b));
  Cache<Lru, NoClock, TestType> c = a;
  CHECK(outcomes(a) == outcomes(c));
}

TEMPLATE_LIST_TEST_CASE("an admission policy is called by its name, and works at its ends", "",
                        AllAdmissions) {
  PolicyText text{std::string(TestType::kName), {}};
  CHECK(make_admission(text).value.has_value());
  for (const auto end :
       {&PolicyParameter::otherwise, &PolicyParameter::least, &PolicyParameter::most}) {
    for (const PolicyParameter& parameter : TestType::kParameters) {
      // As many keys as there may be would want gigabytes.
      if (parameter.name == "keys" && end == &PolicyParameter::most) continue;
      text.parameters[std::string(parameter.name)] = parameter.*end;
    }
    Cache<Lru, NoClock, TestType> cache{Bytes(kCapacity), {}, *make_policy<TestType>(text).value};
    outcomes(cache);
    CHECK(cache.counters().held <= Bytes(kCapacity));
  }
}
