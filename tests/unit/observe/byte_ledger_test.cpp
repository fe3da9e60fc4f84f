// Bytes are spread over the seconds that a transfer spans, and none is lost.

#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/observe/byte_ledger.hpp>
#include <tests/support/catch.hpp>

namespace byte_ledger_test {

using namespace cdnsim;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

using Seconds = std::vector<std::int64_t>;

// What a ledger of one port has in seconds 0 to `count` - 1, closed one after the other.
Seconds closed(ByteLedger& ledger, std::int64_t count) {
  Seconds bytes;
  for (std::int64_t s = 0; s < count; ++s) bytes.push_back(ledger.close_second(0, s).count());
  return bytes;
}
Seconds charged(std::int64_t bytes, SimTime first, SimTime last, std::int64_t count) {
  ByteLedger ledger;
  ledger.add_port();
  ledger.charge(0, Bytes{bytes}, first, last);
  CHECK(ledger.total(0) == Bytes{bytes});
  return closed(ledger, count);
}

TEST_CASE("a transfer within a second is charged to it") {
  CHECK(charged(1000, at(100ms), at(900ms), 2) == Seconds{1000, 0});
  CHECK(charged(1000, at(3s), at(3s), 5) == Seconds{0, 0, 0, 1000, 0});
  CHECK(charged(0, at(1s), at(9s), 3) == Seconds{0, 0, 0});
}

TEST_CASE("a transfer that ends with a second has nothing in the next") {
  CHECK(charged(1000, at(500ms), at(1s), 3) == Seconds{1000, 0, 0});
  CHECK(charged(1000, at(1s), at(2s), 3) == Seconds{0, 1000, 0});
  CHECK(charged(1000, at(1s), at(3s), 4) == Seconds{0, 500, 500, 0});
}

TEST_CASE("a transfer over several seconds is spread evenly, in whole bytes that sum to it") {
  // 0.5 s to 2.5 s: a quarter, a half, a quarter.
  CHECK(charged(1000, at(500ms), at(2500ms), 4) == Seconds{250, 500, 250, 0});
  // 0.9 s to 3.2 s: after 0.1, 1.1 and 2.1 of 2.3 s, 10 x 0.043, 0.478 and 0.913 have gone: 0,
  // 4, 9.
  CHECK(charged(10, at(900ms), at(3200ms), 5) == Seconds{0, 4, 5, 1, 0});
  // One nanosecond beyond the second's end takes floor(3 x 5e8 / (5e8 + 1)) = 2 with it.
  CHECK(charged(3, at(500ms), at(1s) + Duration{1}, 2) == Seconds{2, 1});
}

TEST_CASE("sizes near the limits do not overflow") {
  const std::int64_t petabyte = 1'000'000'000'000'000;
  const Seconds bytes = charged(petabyte, at(0s), at(1000s), 1000);
  CHECK(bytes.front() == petabyte / 1000);
  CHECK(bytes.back() == petabyte / 1000);
}

TEST_CASE("a long transfer makes room for itself without disturbing what is open") {
  ByteLedger ledger;
  ledger.add_port();
  ledger.charge(0, Bytes{7}, at(500ms), at(600ms));
  ledger.charge(0, Bytes{5}, at(3s), at(3s));
  CHECK(ledger.close_second(0, 0) == Bytes{7});
  ledger.charge(0, Bytes{100}, at(1s), at(101s));  // one byte a second
  CHECK(ledger.open(0) == Bytes{105});
  CHECK(ledger.close_second(0, 1) == Bytes{1});
  CHECK(ledger.close_second(0, 2) == Bytes{1});
  CHECK(ledger.close_second(0, 3) == Bytes{6});
  CHECK(ledger.open(0) == Bytes{97});
  CHECK(ledger.total(0) == Bytes{112});
}

SCENARIO("no second takes more than a port carries; the rest follows as fast as it came") {
  ByteLedger ledger;
  ledger.add_port(Bytes{1000});
  GIVEN("a second with 200 bytes to spare, and the next with 800") {
    CHECK(ledger.charge(0, Bytes{800}, at(0s), at(1s)) == at(1s));
    CHECK(ledger.charge(0, Bytes{400}, at(500ms), at(1500ms)) == at(1500ms));
    WHEN("300 bytes more are to cross in the first one's second half") {
      // None fits. At 600 bytes a second they need half of the next.
      CHECK(ledger.charge(0, Bytes{300}, at(500ms), at(1s)) == at(1500ms));
      THEN("they cross in the next") { CHECK(closed(ledger, 3) == Seconds{1000, 500, 0}); }
    }
    WHEN("900 bytes more are to cross in 1.5 s, of which 300 would be in the first") {
      // The next one takes 600, as planned, and what is late comes after that, at the same rate.
      CHECK(ledger.charge(0, Bytes{900}, at(500ms), at(2s)) == at(2500ms));
      THEN("all seconds together have them") {
        CHECK(closed(ledger, 4) == Seconds{1000, 800, 300, 0});
      }
    }
  }
  GIVEN("three full seconds") {
    CHECK(ledger.charge(0, Bytes{3000}, at(0s), at(3s)) == at(3s));
    THEN("a hundred bytes at 1000 a second are through after 3.1 s") {
      CHECK(ledger.charge(0, Bytes{100}, at(0s), at(100ms)) == at(3100ms));
      CHECK(closed(ledger, 4) == Seconds{1000, 1000, 1000, 100});
    }
  }
}

TEST_CASE("seconds after the end are charged together") {
  ByteLedger ledger(at(2s));
  ledger.add_port(Bytes{1000});
  // 100 bytes a second for a year: two seconds are told apart, and nothing is kept of the others.
  const Duration year = std::chrono::hours(24 * 365);
  CHECK(ledger.charge(0, Bytes{100 * 365LL * 86'400}, at(0s), at(year)) == at(year));
  CHECK(closed(ledger, 2) == Seconds{100, 100});
  CHECK(ledger.open(0) == Bytes{100 * 365LL * 86'400 - 200});
}

TEST_CASE("ports do not mix") {
  ByteLedger ledger;
  for (int port = 0; port < 2; ++port) ledger.add_port();
  ledger.charge(0, Bytes{10}, at(0s), at(1s));
  ledger.charge(1, Bytes{20}, at(0s), at(2s));
  CHECK(ledger.ports() == 2);
  CHECK(ledger.close_second(0, 0) == Bytes{10});
  CHECK(ledger.close_second(1, 0) == Bytes{10});
  CHECK(ledger.open(0) == Bytes{0});
  CHECK(ledger.open(1) == Bytes{10});
}

TEST_CASE("a second that is closed, and seconds out of order, are our mistakes") {
  ByteLedger ledger;
  ledger.add_port();
  CHECK_THROWS_AS(ledger.close_second(0, 1), InternalError);
  ledger.close_second(0, 0);
  CHECK_THROWS_AS(ledger.close_second(0, 0), InternalError);
  CHECK_THROWS_AS(ledger.charge(0, Bytes{1}, at(500ms), at(1500ms)), InternalError);
}

}  // namespace byte_ledger_test
