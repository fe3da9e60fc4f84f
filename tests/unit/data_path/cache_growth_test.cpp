// A cache grows with what it holds, keeps track of what is being filled, and can be copied.

#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <tests/support/catch.hpp>

namespace cache_growth_test {

using namespace cdnsim;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

TEST_CASE("a hundred thousand copies are all found, whether their keys are hashes or counted") {
  const bool hashed = GENERATE(false, true);
  const auto key_of = [&](std::uint64_t i) { return hashed ? mix64(i) : i << 12; };
  Cache<Lru> cache(Bytes(100'000));
  for (std::uint64_t i = 0; i < 200'000; ++i) REQUIRE_FALSE(cache.request(key_of(i), 1_B));
  for (std::uint64_t i = 0; i < 200'000; ++i) {
    REQUIRE((cache.peek(key_of(i)) != kNoSlot) == (i >= 100'000));
  }
  CHECK(cache.counters().copies == 100'000);
  CHECK(cache.counters().evicted == Bytes(100'000));
}

TEST_CASE("fills that are over are forgotten though nobody asks for those copies again") {
  // One copy a second, each filled within ten: ten are going on, so about twenty are known.
  CacheEntries<SimClock> entries;
  for (int second = 0; second < 10'000; ++second) {
    if (entries.must_grow()) entries.grow();
    const SimTime now = at(std::chrono::seconds(second));
    entries.add(static_cast<std::uint64_t>(second), 1, 0, {.last_byte_at = now + 10s}, now);
    REQUIRE(entries.fills_known() <= 22);
  }
  const Slot last = 10'000;
  CHECK(entries.state(last, at(10'000s)) == CopyState::filling);
  CHECK(entries.state(last, at(10'010s)) == CopyState::fresh);
}

TEST_CASE("a policy that was made once serves many caches") {
  const Sieve settings;
  Cache<Sieve> a(2_B, settings);
  a.request(1, 1_B);
  Cache<Sieve> b = a;
  b.request(2, 1_B);
  b.request(3, 1_B);
  CHECK(a.counters().copies == 1);
  CHECK(a.request(1, 1_B));
  CHECK_FALSE(b.request(1, 1_B));
}

}  // namespace cache_growth_test
