// A cache with a clock: what a lookup says, how copies come and go, and that bytes add up.

#include <string>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <tests/support/rapidcheck.hpp>

namespace cache_test {

using namespace cdnsim;

using LruCache = Cache<Lru, SimClock>;
using Times = CopyTimes<SimClock>;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

// A copy made at `made` that is fresh for `lifetime` and has its last byte at once.
constexpr Times copy_made(Duration made, Duration lifetime) {
  return {.generated_at = at(made), .fresh_until = at(made + lifetime)};
}

constexpr std::uint64_t kVideo = 7, kImage = 8;

SCENARIO("a copy is fresh until its lifetime is over, and stale from that instant on") {
  LruCache cache(100_B);
  const Slot slot = cache.insert(kVideo, 10_B, 5, copy_made(2s, 60s), at(2s));
  REQUIRE(slot != kNoSlot);
  CHECK(cache.find(kVideo, at(2s)).state == Lookup::fresh);
  CHECK(cache.find(kVideo, at(62s) - 1ns).state == Lookup::fresh);
  CHECK(cache.find(kVideo, at(62s)).state == Lookup::stale);
  CHECK(cache.find(kImage, at(2s)).state == Lookup::absent);
  CHECK(cache.find(kImage, at(2s)).slot == kNoSlot);
  THEN("what it is can be read back") {
    CHECK(cache.copy(slot).key == kVideo);
    CHECK(cache.copy(slot).bytes == 10_B);
    CHECK(cache.copy(slot).tag == 5);
    CHECK(cache.times(slot).generated_at == at(2s));
    CHECK(cache.times(slot).fresh_until == at(62s));
  }
  WHEN("the origin says that it is good for another minute") {
    cache.refresh(slot, copy_made(70s, 60s));
    THEN("it is the same copy, fresh again") {
      CHECK(cache.find(kVideo, at(129s)).state == Lookup::fresh);
      CHECK(cache.find(kVideo, at(129s)).slot == slot);
      CHECK(cache.times(slot).generated_at == at(70s));
      CHECK(cache.counters().in == 10_B);
    }
  }
}

SCENARIO("a copy can be used while it is being filled") {
  LruCache cache(100_B);
  Times times = copy_made(0s, 60s);
  times.last_byte_at = at(5s);
  const Slot slot = cache.insert(kVideo, 10_B, 0, times, at(1s));
  CHECK(cache.find(kVideo, at(2s)).state == Lookup::filling);
  CHECK(cache.times(slot).last_byte_at == at(5s));
  CHECK(cache.times(slot).generated_at == at(0s));
  CHECK(cache.find(kVideo, at(5s) - 1ns).state == Lookup::filling);
  CHECK(cache.find(kVideo, at(5s)).state == Lookup::fresh);
  CHECK(cache.times(slot).generated_at == at(0s));
  WHEN("it is refreshed while it fills") {
    LruCache other(100_B);
    const Slot filling = other.insert(kVideo, 10_B, 0, times, at(1s));
    other.refresh(filling, copy_made(3s, 10s));
    THEN("the filling goes on, under the new dates") {
      CHECK(other.find(kVideo, at(4s)).state == Lookup::filling);
      CHECK(other.times(filling).generated_at == at(3s));
      CHECK(other.find(kVideo, at(6s)).state == Lookup::fresh);
      CHECK(other.times(filling).generated_at == at(3s));
      CHECK(other.find(kVideo, at(13s)).state == Lookup::stale);
    }
  }
  WHEN("it goes stale before its last byte") {
    times.fresh_until = at(3s);
    cache.insert(kImage, 10_B, 0, times, at(1s));
    THEN("it is stale, and still known to be filling") {
      const Found found = cache.find(kImage, at(4s));
      CHECK(found.state == Lookup::stale);
      CHECK(cache.times(found.slot).last_byte_at == at(5s));
    }
  }
  WHEN("some are purged while they fill, and others go on") {
    for (std::uint64_t key = 20; key < 40; ++key) {
      times.last_byte_at = at(std::chrono::seconds(key));
      cache.insert(key, 1_B, 0, times, at(2s));
    }
    for (const std::uint64_t key : {22U, 39U, 21U, 38U, 30U}) CHECK(cache.erase(key));
    times.last_byte_at = at(50s);
    for (std::uint64_t key = 50; key < 60; ++key) cache.insert(key, 1_B, 0, times, at(3s));
    THEN("each has the last byte that it had") {
      for (std::uint64_t key = 20; key < 40; ++key) {
        const Found found = cache.find(key, at(4s));
        if (found.slot == kNoSlot) continue;
        CHECK(found.state == Lookup::filling);
        CHECK(cache.times(found.slot).last_byte_at == at(std::chrono::seconds(key)));
      }
      CHECK(cache.counters().copies == 26);
    }
  }
}

SCENARIO("a new copy as large as the old one takes its slot, unseen by the policy") {
  Cache<Fifo, SimClock> cache(30_B);
  Slot first = kNoSlot;
  for (std::uint64_t key = 1; key <= 3; ++key) {
    const Slot slot = cache.insert(key, 10_B, 1, copy_made(0s, 1s), at(0s));
    if (key == 1) first = slot;
  }
  CHECK(cache.insert(1, 10_B, 2, copy_made(5s, 1s), at(5s)) == first);
  CHECK(cache.copy(first).tag == 2);
  CHECK(cache.times(first).fresh_until == at(6s));
  CHECK(cache.counters().in == 40_B);
  CHECK(cache.counters().expired == 10_B);
  CHECK(cache.counters().held == 30_B);
  CHECK(cache.counters().copies == 3);
  WHEN("another needs room") {
    cache.insert(4, 10_B, 1, copy_made(5s, 1s), at(5s));
    THEN("the oldest goes as if it had not been renewed") {
      CHECK(cache.peek(1) == kNoSlot);
      CHECK(cache.peek(2) != kNoSlot);
    }
  }
  WHEN("it is renewed while it fills, by one that fills longer") {
    auto times = copy_made(6s, 9s);
    times.last_byte_at = at(8s);
    cache.insert(1, 10_B, 1, times, at(6s));
    CHECK(cache.find(1, at(7s)).state == Lookup::filling);
    times.last_byte_at = at(9s);
    cache.insert(1, 10_B, 1, times, at(7s));
    THEN("it fills until then") {
      CHECK(cache.find(1, at(8500ms)).state == Lookup::filling);
      CHECK(cache.find(1, at(9s)).state == Lookup::fresh);
    }
  }
}

SCENARIO("a new copy replaces an old one of the same key") {
  LruCache cache(100_B);
  cache.insert(kVideo, 60_B, 1, copy_made(0s, 1s), at(0s));
  const Slot slot = cache.insert(kVideo, 80_B, 2, copy_made(9s, 1s), at(9s));
  CHECK(cache.copy(slot).bytes == 80_B);
  CHECK(cache.copy(slot).tag == 2);
  CHECK(cache.counters().copies == 1);
  CHECK(cache.counters().in == 140_B);
  CHECK(cache.counters().expired == 60_B);
  CHECK(cache.counters().evicted == 0_B);
  CHECK(cache.counters().held == 80_B);
}

SCENARIO("inserting tells who has to go") {
  LruCache cache(100_B);
  for (std::uint64_t key = 1; key <= 4; ++key) {
    cache.insert(key, 25_B, static_cast<std::uint16_t>(key * 10), copy_made(0s, 1s), at(0s));
  }
  std::vector<std::uint64_t> gone;
  const auto note = [&](const Departed& copy) {
    gone.push_back(copy.key);
    CHECK(copy.bytes == 25_B);
    CHECK(copy.tag == copy.key * 10);
  };
  REQUIRE(cache.insert(5, 30_B, 0, copy_made(0s, 1s), at(0s), note) != kNoSlot);
  CHECK(gone == std::vector<std::uint64_t>{1, 2});
  CHECK(cache.counters().evicted == 50_B);
  WHEN("something larger than the cache is offered") {
    CHECK(cache.insert(6, 101_B, 0, copy_made(0s, 1s), at(0s), note) == kNoSlot);
    THEN("nobody goes") { CHECK(gone.size() == 2); }
  }
}

SCENARIO("a purge takes every copy that answers a description") {
  LruCache cache(1000_B);
  for (std::uint64_t key = 0; key < 20; ++key) {
    cache.insert(key, 10_B, static_cast<std::uint16_t>(key % 3), copy_made(0s, 1s), at(0s));
  }
  const auto count = cache.erase_if([&](Slot slot) { return cache.copy(slot).tag == 1; });
  CHECK(count == 7);  // 1, 4, 7, 10, 13, 16, 19
  CHECK(cache.counters().purged == 70_B);
  for (std::uint64_t key = 0; key < 20; ++key) {
    CHECK((cache.peek(key) == kNoSlot) == (key % 3 == 1));
  }
}

SCENARIO("looking without asking is unseen by the policy") {
  LruCache cache(2_B);
  cache.insert(1, 1_B, 0, {}, at(0s));
  cache.insert(2, 1_B, 0, {}, at(0s));
  cache.peek(1);
  cache.prefetch(1);
  cache.prefetch_copy(1);
  cache.insert(3, 1_B, 0, {}, at(0s));
  CHECK(cache.peek(1) == kNoSlot);
  CHECK(cache.peek(2) != kNoSlot);
}

SCENARIO("a copy without dates never goes stale in any run") {
  LruCache cache(2_B);
  const Slot slot = cache.insert(1, 1_B, 0, {}, at(0s));
  CHECK(cache.find(1, at(24h * 365 * 8)).state == Lookup::fresh);
  CHECK(cache.times(slot).generated_at == at(0s));
}

TEST_CASE("a cache takes no copy of no bytes, and none of 128 TiB") {
  LruCache cache(Bytes::max());
  CHECK_THROWS_AS(cache.insert(1, 0_B, 0, {}, at(0s)), InternalError);
  CHECK_THROWS_AS(cache.insert(1, kMaxCopyBytes + 1_B, 0, {}, at(0s)), InternalError);
  CHECK(cache.copy(cache.insert(1, kMaxCopyBytes, 65535, {}, at(0s))).bytes == kMaxCopyBytes);
  CHECK(cache.copy(cache.peek(1)).tag == 65535);
}

TEST_CASE("a lifetime is kept exactly, or else rounded up by less than a ten-millionth") {
  rc::prop("whole seconds up to eight years, and whole milliseconds up to three days", [] {
    const auto count = *rc::gen::inRange<std::int64_t>(0, 1 << 28);
    const auto whole = std::chrono::seconds(count);
    RC_ASSERT(PackedLifetime::unpack(PackedLifetime::pack(whole)) == whole);
    const auto milli = std::chrono::milliseconds(count);
    RC_ASSERT(PackedLifetime::unpack(PackedLifetime::pack(milli)) == milli);
  });
  rc::prop("any other", [] {
    const std::chrono::nanoseconds any(*rc::gen::inRange<std::int64_t>(0, 1LL << 57));
    const auto kept = PackedLifetime::unpack(PackedLifetime::pack(any));
    RC_ASSERT(kept >= any);
    RC_ASSERT((kept - any).count() <= any.count() / 10'000'000);
  });
  CHECK(PackedLifetime::unpack(PackedLifetime::pack(Duration::max())) == PackedLifetime::kMax);
  CHECK(PackedLifetime::unpack(PackedLifetime::pack(-5s)) == 0s);
}

}  // namespace cache_test
