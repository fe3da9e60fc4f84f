#include <type_traits>

#include <cdnsim/base/quantity.hpp>
#include <tests/support/catch.hpp>

using namespace cdnsim;

TEST_CASE("literals say their unit: KB is 1000 bytes, KiB 1024") {
  CHECK((64_KiB).count() == 65536);
  CHECK((6_MB).count() == 6'000'000);
  CHECK((12_TB).count() == 12'000'000'000'000);
  CHECK((2_GiB).count() == 2'147'483'648);
  CHECK((10_Gbps).count() == 10'000'000'000);
  CHECK((3_USD).count() == 3'000'000'000);
  CHECK((35_percent).value() == 0.35);
  CHECK((50_per_s).per_second() == 50.0);
}

TEST_CASE("quantities of one unit add, compare and scale") {
  Bytes total = 1_KB;
  total += 2_KB;
  total -= 500_B;
  CHECK(total == 2500_B);
  CHECK(1_KiB > 1_KB);
  CHECK(3 * 5_MB == 15_MB);
  CHECK(15_MB / 4 == Bytes(3'750'000));
  CHECK(-(5_B) == Bytes(-5));
  CHECK(10_GB / 3_GB == 3);
  CHECK(Rate(2) + 3 * Rate(1.5) == Rate(6.5));
}

TEST_CASE("units do not mix, and a bare number is no quantity") {
  STATIC_REQUIRE_FALSE(std::is_convertible_v<std::int64_t, Bytes>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<Bytes, BitRate>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<PricePerGb, PricePerMbps>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<std::plus<>, Bytes, BitRate>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<std::plus<>, Bytes, int>);
  STATIC_REQUIRE(sizeof(Bytes) == 8);
}

TEST_CASE("a transfer takes its bits over the rate, rounded up") {
  CHECK(transfer_time(1500_B, 10_Gbps) == 1200ns);  // 12000 bits at 10 per ns
  CHECK(transfer_time(1_B, 3_Gbps) == 3ns);         // 2.67
  CHECK(transfer_picoseconds(1_B, 3_Gbps) == 2667);
  CHECK(transfer_picoseconds(3_B, 8_Gbps) == 3000);
  CHECK(transfer_time(0_B, 1_Gbps) == 0ns);
  // 12 TB x 8e9 does not fit 64 bits: 9.6e13 bits at 1e11 bit/s are 960 s.
  CHECK(transfer_time(12_TB, 100_Gbps) == 960s);
  CHECK(transfer_picoseconds(12_TB, 100_Gbps) == 960'000'000'000'000);
  CHECK(transfer_picoseconds(Bytes(12'000'000'000'001), 100_Gbps) == 960'000'000'000'080);
}

TEST_CASE("a transfer that cannot end takes for ever instead of wrapping") {
  CHECK(transfer_time(1_B, 0_bps) == Duration::max());
  CHECK(transfer_picoseconds(Bytes::max(), 1_bps) == std::numeric_limits<std::int64_t>::max());
  CHECK(transfer_time(Bytes::max(), 1_bps) == Duration::max());
  // The least that does not fit: 2^63 ps at 8 bit/s are 9223372.036854775808 bytes.
  CHECK(transfer_picoseconds(Bytes(9'223'372), 8_bps) == 9'223'372'000'000'000'000);
  CHECK(transfer_picoseconds(Bytes(9'223'373), 8_bps) == std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("simulated time is whole nanoseconds") {
  CHECK((kTimeZero + 1500us).time_since_epoch() == 1'500'000ns);
  CHECK(SimTime::max() > kTimeZero + 24h * 366 * 100);
  CHECK(seconds(1500ms) == 1.5);
}
