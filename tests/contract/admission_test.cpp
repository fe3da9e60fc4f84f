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
