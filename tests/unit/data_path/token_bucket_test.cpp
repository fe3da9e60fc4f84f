// A token bucket lets its rate through and not one event more.

#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/token_bucket.hpp>
#include <tests/support/rapidcheck.hpp>

namespace token_bucket_test {

using namespace cdnsim;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

SCENARIO("a bucket of three tokens, ten a second") {
  TokenBucket<SimClock> bucket(Rate(10), 3);
  GIVEN("that three were taken at once") {
    for (int i = 0; i < 3; ++i) REQUIRE(bucket.take(at(0s)));
    CHECK_FALSE(bucket.take(at(0s)));
    THEN("the next is there after a tenth of a second, and not before") {
      CHECK(bucket.next(at(0s)) == at(100ms));
      CHECK_FALSE(bucket.take(at(100ms) - 1ns));
      CHECK(bucket.take(at(100ms)));
      CHECK_FALSE(bucket.take(at(100ms)));
    }
    THEN("after a long time there are three again and not more") {
      CHECK(bucket.take(at(1h), 3));
      CHECK_FALSE(bucket.take(at(1h)));
    }
  }
  THEN("two at a time leave one") {
    CHECK(bucket.take(at(0s), 2));
    CHECK_FALSE(bucket.take(at(0s), 2));
    CHECK(bucket.take(at(0s), 1));
  }
  THEN("four at a time are never there") {
    CHECK_FALSE(bucket.take(at(1h), 4));
    CHECK(bucket.next(at(1h), 4) == SimTime::max());
  }
}

TEST_CASE("a rate that does not divide a second is kept to the last token") {
  // Asked every microsecond for 1000 s, 7 a second with a burst of one lets the one that was there
  // and 6999 or 7000 more through (the last is due at the very end).
  TokenBucket<SimClock> bucket(Rate(7), 1);
  int taken = 0;
  for (SimTime now = at(0s); now < at(1000s); now = bucket.next(now)) taken += bucket.take(now);
  CHECK(taken >= 7000);
  CHECK(taken <= 7001);
}

TEST_CASE("a bucket that never refills gives its burst and no more") {
  TokenBucket<SimClock> bucket(Rate(0), 5);
  int taken = 0;
  for (int day = 0; day < 1000; ++day) taken += bucket.take(at(24h * day));
  CHECK(taken == 5);
}

TEST_CASE("a bucket agrees with counting in whole tokens") {
  rc::prop("for periods of whole nanoseconds", [] {
    const auto period = *rc::gen::element<std::int64_t>(1, 8, 1000, 125'000, 1'000'000'000);
    const auto burst = *rc::gen::inRange<std::uint32_t>(1, 20);
    TokenBucket<SimClock> bucket(Rate(1e9 / static_cast<double>(period)), burst);
    // Time in units of a period: a full bucket and whatever dripped since, at most a full bucket.
    std::int64_t level = static_cast<std::int64_t>(burst) * period;
    SimTime now = kTimeZero;
    for (int i = 0; i < 200; ++i) {
      const Duration step(*rc::gen::inRange<std::int64_t>(0, 3 * period + 1));
      now += step;
      level = std::min(level + step.count(), static_cast<std::int64_t>(burst) * period);
      const auto tokens = *rc::gen::inRange<std::uint32_t>(1, 4);
      const bool there = level >= tokens * period;
      RC_ASSERT(bucket.take(now, tokens) == there);
      if (there) level -= tokens * period;
    }
  });
}

}  // namespace token_bucket_test
