// A port is a queue: waits by hand, and the mean wait of M/D/1 in closed form.

#include <algorithm>
#include <cmath>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/sampler/exponential.hpp>
#include <cdnsim/models/network/port.hpp>
#include <tests/support/catch.hpp>

namespace port_test {

using namespace cdnsim;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }
constexpr Duration kMicrosecond = 1us;

TEST_CASE("what is sent waits until the port has sent what came before") {
  Port port(BitRate{8'000'000});  // a byte every microsecond
  CHECK(port.charge(at(0us), Bytes{1000}) == 0us);
  CHECK(port.charge(at(400us), Bytes{500}) == 600us);   // busy until 1000, then until 1500
  CHECK(port.charge(at(1400us), Bytes{100}) == 100us);  // until 1600
  CHECK(port.charge(at(1600us), Bytes{1}) == 0us);
  CHECK(port.charge(at(2ms), Bytes{0}) == 0us);
  CHECK(port.charge(at(2ms), Bytes{10}) == 0us);
}

TEST_CASE("times of less than a nanosecond add up without loss") {
  Port port(BitRate{100'000'000'000});  // 80 ps a byte
  CHECK(port.charge(at(0us), Bytes{1}) == Duration{0});
  CHECK(port.charge(at(0us), Bytes{11}) == Duration{1});  // 80 ps, rounded up
  CHECK(port.charge(at(0us), Bytes{1}) == Duration{1});   // 960 ps
  CHECK(port.charge(at(0us), Bytes{1}) == Duration{2});   // 1040 ps
  for (int i = 14; i < 1'000'000; ++i) port.charge(at(0us), Bytes{1});
  CHECK(port.charge(at(0us), Bytes{1}) == 80us);  // a million bytes
}

TEST_CASE("a capacity that divides no picosecond is exact to one in each transfer") {
  Port port(BitRate{3'000'000'000});  // 2666.67 ps a byte
  Duration wait{0};
  for (int i = 0; i < 3000; ++i) wait = port.charge(at(0us), Bytes{1000});
  // 2999 x 1000 bytes at 3 Gbit/s: 7,997,333.3 ns; each may be a picosecond long.
  CHECK(wait >= Duration{7'997'333});
  CHECK(wait <= Duration{7'997'333 + 4});
}

TEST_CASE("large transfers and late hours do not overflow") {
  Port port(BitRate{1'000'000});
  const SimTime late = at(std::chrono::hours(24 * 300));
  const Bytes terabyte{1'000'000'000'000};
  CHECK(port.charge(late, terabyte) == 0s);
  CHECK(port.charge(late, terabyte) == 8'000'000s);
  CHECK(port.charge(late, Bytes{1}) == 16'000'000s);
}

TEST_CASE("the queue is what is still to leave") {
  Port port(BitRate{8'000'000});
  CHECK(port.queue_at(at(0s)) == 0s);
  port.charge(at(1s), Bytes{300'000});
  port.charge(at(1s), Bytes{100'000});
  CHECK(port.queue_at(at(1s)) == 400ms);
  CHECK(port.queue_at(at(1300ms)) == 100ms);
  CHECK(port.queue_at(at(2s)) == 0s);
}

TEST_CASE("what cannot be sent in a century does not overflow") {
  Port port(BitRate{1000});
  for (int i = 0; i < 2000; ++i) port.charge(at(0s), Bytes{100'000'000'000'000});
  CHECK(port.queue_at(at(0s)) == std::chrono::seconds(3'155'760'000));
}

TEST_CASE("Poisson arrivals of equal size wait rho / (2 (1 - rho)) services in the mean") {
  constexpr int kBatches = 40;
  struct Row {
    double rho, wait;  // in services
    int customers;     // in each batch: more where they depend on each other for longer
  };
  for (const Row row :
       {Row{0.3, 0.3 / 1.4, 50'000}, Row{0.5, 0.5, 50'000}, Row{0.7, 1.1666667, 50'000},
        Row{0.8, 2.0, 50'000}, Row{0.9, 4.5, 100'000}}) {
    const Duration service = kMicrosecond;
    Port port(BitRate{8'000'000'000});  // 1000 bytes in a microsecond
    const Exponential gap(static_cast<double>(service.count()) / row.rho);
    DrawStream draws(draw_key(4, {"port test"}), Counter{});
    double now_ns = 0;
    double sum = 0;
    double squares = 0;
    for (int batch = 0; batch < kBatches; ++batch) {
      std::int64_t waited_ns = 0;
      for (int i = 0; i < row.customers; ++i) {
        now_ns += gap.quantile(draws.next());
        const SimTime now{Duration{static_cast<std::int64_t>(now_ns)}};
        waited_ns += port.charge(now, Bytes{1000}).count();
      }
      const double mean = static_cast<double>(waited_ns) / row.customers / 1000.0;
      sum += mean;
      squares += mean * mean;
    }
    const double mean = sum / kBatches;
    const double error = std::sqrt((squares / kBatches - mean * mean) / (kBatches - 1));
    INFO("rho " << row.rho << ": " << mean << " +- " << error << ", expected " << row.wait);
    CHECK(std::abs(mean - row.wait) <= std::max(0.01 * row.wait, 4 * error));
    CHECK(error < 0.02 * row.wait);
  }
}

}  // namespace port_test
