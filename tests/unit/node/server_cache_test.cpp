// A server's cache by the name of its policy: found, filling, stale, and unseen looks.

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <cdnsim/models/node/server_cache.hpp>
#include <tests/support/catch.hpp>

namespace server_cache_test {

using namespace cdnsim;

const AdmissionText kAlways{{"always", {}}};

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

ServerCache::Times times(Duration generated, Duration fresh_until, Duration last_byte) {
  ServerCache::Times t;
  t.generated_at = at(generated);
  t.fresh_until = at(fresh_until);
  t.last_byte_at = at(last_byte);
  return t;
}

TEST_CASE("every policy of the list makes a cache that finds what it was given") {
  for (const std::string_view policy : cache_policy_names()) {
    INFO(policy);
    const auto cache =
        make_server_cache(PolicyText{std::string(policy), {}}, kAlways, Bytes{100'000});
    CHECK(cache->find(7, at(0s)).state == Lookup::absent);
    CHECK(cache->insert(7, Bytes{500}, 3, times(1s, 11s, 2s), at(1s)));
    CHECK(cache->find(7, at(1500ms)).state == Lookup::filling);
    CHECK(cache->find(7, at(2s)).state == Lookup::fresh);
    CHECK(cache->find(7, at(2s)).bytes == Bytes{500});
    CHECK(cache->find(7, at(11s)).state == Lookup::stale);
    CHECK(cache->peek(7).bytes == Bytes{500});
    CHECK(cache->times(cache->peek(7).slot).fresh_until == at(11s));
    CHECK(cache->peek(8).state == Lookup::absent);
    CHECK(cache->counters().held == Bytes{500});
  }
  CHECK_THROWS_AS(make_server_cache(PolicyText{"mru", {}}, kAlways, Bytes{1}), InternalError);
}

TEST_CASE("looking without being seen does not keep an object alive") {
  const auto cache = make_server_cache(PolicyText{"lru", {}}, kAlways, Bytes{2});
  for (const std::uint64_t key : {1u, 2u}) {
    cache->insert(key, Bytes{1}, 0, times(0s, 60s, 0s), at(0s));
  }
  cache->peek(1);
  cache->insert(3, Bytes{1}, 0, times(0s, 60s, 0s), at(0s));
  CHECK(cache->peek(1).state == Lookup::absent);
  cache->find(2, at(1s));
  cache->insert(4, Bytes{1}, 0, times(0s, 60s, 0s), at(0s));
  CHECK(cache->peek(2).state != Lookup::absent);
  CHECK(cache->peek(3).state == Lookup::absent);
}

TEST_CASE("an object larger than the cache is not let in") {
  const auto cache = make_server_cache(PolicyText{"lru", {}}, kAlways, Bytes{100});
  CHECK_FALSE(cache->insert(1, Bytes{101}, 0, times(0s, 60s, 0s), at(0s)));
  CHECK(cache->counters().in == Bytes{0});
}

TEST_CASE("admission keeps out what it does not like, by name") {
  const auto cache =
      make_server_cache(PolicyText{"lru", {}}, AdmissionText{{"size", {{"most", 40}}}}, Bytes{100});
  CHECK_FALSE(cache->insert(1, Bytes{41}, 0, times(0s, 60s, 0s), at(0s)));
  CHECK(cache->insert(2, Bytes{40}, 0, times(0s, 60s, 0s), at(0s)));
}

}  // namespace server_cache_test
