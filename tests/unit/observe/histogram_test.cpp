#include <cmath>
#include <limits>

#include <cdnsim/observe/histogram.hpp>
#include <tests/support/catch.hpp>

using namespace cdnsim;

TEST_CASE("an empty histogram has nothing to tell") {
  const LogHistogram histogram;
  CHECK(histogram.count() == 0);
  CHECK(histogram.sum() == 0);
  CHECK(histogram.min() == 0);
  CHECK(histogram.max() == 0);
  CHECK(histogram.mean() == 0.0);
  CHECK(histogram.quantile(0.5) == 0);
}

TEST_CASE("values below 128 are kept exactly") {
  LogHistogram histogram;
  for (int value = 0; value < 128; ++value) histogram.add(value);
  // Value number ceil(q 128) of 0..127.
  CHECK(histogram.quantile(0) == 0);
  CHECK(histogram.quantile(0.25) == 31);
  CHECK(histogram.quantile(0.5) == 63);
  CHECK(histogram.quantile(0.99) == 126);  // number 127 of 128
  CHECK(histogram.quantile(1) == 127);
  CHECK(histogram.mean() == 63.5);
}

TEST_CASE("quantiles are by nearest rank: of 8640 samples the 95th drops the top 432") {
  LogHistogram histogram;
  for (int i = 0; i < 8208; ++i) histogram.add(10);
  for (int i = 0; i < 432; ++i) histogram.add(20);
  CHECK(histogram.quantile(0.95) == 10);
  CHECK(histogram.quantile(0.9501) == 20);
}

TEST_CASE("a rank is computed from the decimal that was written, not from its double") {
  LogHistogram histogram;
  for (int value = 1; value <= 100; ++value) histogram.add(value);
  for (int percent = 1; percent <= 100; ++percent) {
    CHECK(histogram.quantile(percent / 100.0) == percent);  // 0.55 * 100 is 55.000000000000007
  }
  CHECK(histogram.quantile(0.999) == 100);
}

TEST_CASE("sums do not overflow and means do not lose small values") {
  LogHistogram histogram;
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  histogram.add(most, 1000);
  CHECK(histogram.sum() == static_cast<Int128>(most) * 1000);
  CHECK(histogram.mean() == Approx(9.223372036854775807e18).epsilon(1e-15));
  CHECK(histogram.max() == most);
  CHECK(histogram.quantile(0.5) == most);
}

TEST_CASE("the first and the last value are exact however large") {
  LogHistogram histogram;
  for (const std::int64_t value : {1'000'003, 2'000'005, 3'000'007}) histogram.add(value);
  CHECK(histogram.quantile(0) == 1'000'003);
  CHECK(histogram.quantile(1) == 3'000'007);
  CHECK(histogram.quantile(0.5) == Approx(2'000'005).epsilon(1.0 / 128));
}

TEST_CASE("a value between others is found to 1/128, at either end of its bucket") {
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  for (std::int64_t value = 128; value < most / 2; value += value / 64) {
    for (const std::int64_t near : {value - 1, value, value + 1}) {
      LogHistogram histogram;
      for (const std::int64_t each : {std::int64_t{0}, near, most}) histogram.add(each);
      const auto found = static_cast<double>(histogram.quantile(0.5));
      REQUIRE(std::fabs(found - static_cast<double>(near)) <= static_cast<double>(near) / 128);
    }
  }
}

TEST_CASE("every bucket is as wide as a 64th of its octave and the next begins where it ends") {
  LogHistogram histogram;
  for (int bit = 0; bit < 63; ++bit) {
    for (std::int64_t i = 0; i < 64; ++i) {
      const std::int64_t octave = std::int64_t{1} << bit;
      histogram.add(octave + (bit < 6 ? i % octave : (octave >> 6) * i));
    }
  }
  histogram.add(0);
  std::int64_t next = 0;
  histogram.for_each_bucket([&](std::int64_t lowest, std::int64_t highest, std::uint64_t count) {
    REQUIRE(lowest == next);
    REQUIRE(highest >= lowest);
    REQUIRE(static_cast<double>(highest - lowest) <= static_cast<double>(lowest) / 64);
    REQUIRE(count > 0);
    next = highest == std::numeric_limits<std::int64_t>::max() ? 0 : highest + 1;
  });
  CHECK(next == 0);  // the last bucket ends with the last number
}

TEST_CASE("adding a value n times is adding it n times") {
  LogHistogram once, often;
  once.add(777, 5);
  once.add(777, 0);
  for (int i = 0; i < 5; ++i) often.add(777);
  CHECK(once == often);
}

TEST_CASE("negative values and quantiles beyond 0 to 1 are our mistake") {
  LogHistogram histogram;
  CHECK_THROWS_AS(histogram.add(-1), InternalError);
  CHECK_THROWS_AS(histogram.quantile(1.01), InternalError);
  CHECK_THROWS_AS(histogram.quantile(-0.01), InternalError);
  CHECK(histogram.count() == 0);
}
