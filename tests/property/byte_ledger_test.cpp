// Whatever is charged, its seconds sum to it, and each second gets its share to a byte.

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include <cdnsim/base/int128.hpp>
#include <cdnsim/observe/byte_ledger.hpp>
#include <tests/support/rapidcheck.hpp>

namespace byte_ledger_test {

using namespace cdnsim;

constexpr std::int64_t kSecond = 1'000'000'000;

SimTime time(std::int64_t ns) { return SimTime{Duration{ns}}; }

// Somewhere in 20 s, often at or beside the edge of a second.
rc::Gen<std::int64_t> moments() {
  return rc::gen::oneOf(
      rc::gen::inRange<std::int64_t>(0, 20 * kSecond),
      rc::gen::apply(
          [](std::int64_t second, std::int64_t beside) {
            return std::max<std::int64_t>(second * kSecond + beside, 0);
          },
          rc::gen::inRange<std::int64_t>(0, 20), rc::gen::inRange<std::int64_t>(-2, 3)));
}

TEST_CASE("the seconds of a transfer") {
  rc::prop("sum to it, and each differs from its even share by less than a byte",
           [](std::uint32_t size) {
             std::int64_t first = *moments();
             std::int64_t last = *moments();
             if (first > last) std::swap(first, last);
             const auto bytes = static_cast<std::int64_t>(size);
             ByteLedger ledger;
             ledger.add_port();
             ledger.charge(0, Bytes{bytes}, time(first), time(last));
             std::int64_t sum = 0;
             for (std::int64_t s = 0; s < 21; ++s) {
               const std::int64_t got = ledger.close_second(0, s).count();
               sum += got;
               const std::int64_t from = std::clamp(s * kSecond, first, last);
               const std::int64_t to = std::clamp((s + 1) * kSecond, first, last);
               RC_ASSERT(got >= 0);
               if (first == last) continue;
               // got = bytes (to - from) / (last - first), up to one.
               const Int128 error = static_cast<Int128>(got) * (last - first) -
                                    static_cast<Int128>(bytes) * (to - from);
               RC_ASSERT(error < last - first);
               RC_ASSERT(error > -(last - first));
             }
             RC_ASSERT(sum == bytes);
             RC_ASSERT(ledger.open(0) == Bytes{0});
           });
}

TEST_CASE("a port with a limit") {
  rc::prop("keeps it in every second, loses nothing, and ends no sooner than planned", [] {
    const auto most = *rc::gen::inRange<std::int64_t>(1000, 100'000);
    ByteLedger ledger;
    ledger.add_port(Bytes{most});
    std::int64_t charged = 0;
    std::int64_t latest = 0;
    const int transfers = *rc::gen::inRange(0, 40);
    for (int i = 0; i < transfers; ++i) {
      const auto size = *rc::gen::inRange<std::int64_t>(0, 100'000);
      const std::int64_t first = *moments();
      const std::int64_t last = first + *rc::gen::inRange<std::int64_t>(0, 5 * kSecond);
      const SimTime ends = ledger.charge(0, Bytes{size}, time(first), time(last));
      RC_ASSERT(ends >= time(last));
      latest = std::max(latest, ends.time_since_epoch().count());
      charged += size;
    }
    std::int64_t sum = 0;
    for (std::int64_t s = 0; s <= latest / kSecond; ++s) {
      const std::int64_t got = ledger.close_second(0, s).count();
      RC_ASSERT(got >= 0);
      RC_ASSERT(got <= most);
      sum += got;
    }
    RC_ASSERT(sum == charged);
  });
}

TEST_CASE("a ledger that is charged and closed as time goes on") {
  rc::prop("has charged what it has closed and what is open, at any moment", [] {
    ByteLedger ledger;
    for (int port = 0; port < 2; ++port) ledger.add_port();
    std::int64_t now = 0;
    std::int64_t closed = 0;
    std::vector<std::int64_t> bytes_closed(2, 0);
    std::vector<std::int64_t> bytes_charged(2, 0);
    const int steps = *rc::gen::inRange(0, 60);
    for (int i = 0; i < steps; ++i) {
      now += *rc::gen::inRange<std::int64_t>(0, 2 * kSecond);
      for (; (closed + 1) * kSecond <= now; ++closed) {
        for (std::size_t port = 0; port < 2; ++port) {
          bytes_closed[port] += ledger.close_second(port, closed).count();
        }
      }
      const auto port = *rc::gen::inRange<std::size_t>(0, 2);
      const auto size = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000);
      const std::int64_t first = now + *rc::gen::inRange<std::int64_t>(0, kSecond);
      const std::int64_t last = first + *rc::gen::inRange<std::int64_t>(0, 100 * kSecond);
      ledger.charge(port, Bytes{size}, time(first), time(last));
      bytes_charged[port] += size;
      for (std::size_t p = 0; p < 2; ++p) {
        RC_ASSERT(ledger.total(p).count() == bytes_charged[p]);
        RC_ASSERT(bytes_closed[p] + ledger.open(p).count() == bytes_charged[p]);
      }
    }
  });
}

}  // namespace byte_ledger_test
