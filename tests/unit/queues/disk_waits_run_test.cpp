// A disk's queue keeps those waiting who read from the disk, and nobody else.

#include <tests/support/catch.hpp>

#include "queue_bench.hpp"

namespace disk_waits_run_test {

using namespace cdnsim;
using namespace cdnsim::test;

// Of 2,000 requests a second 5 % find their copy on a disk that takes 8.006 ms for each: 80 % of
// its time. Memory holds the ten objects that all others ask for, and two more.
Result with_disk() {
  Scenario s = idle(1, 120);
  s.warmup = 60s;  // until every object was there once
  s.duration = s.warmup + 120s;
  s.caching.edge.service_time = 20us;
  s.caching.edge.memory = Bytes{20'000};
  s.caching.edge.storage.hdd = Bytes{100'000'000};
  s.caching.edge.storage.promote = 100;
  add_class(s, "in memory", 1896.6, 1000);
  add_class(s, "on disk", 103.4, 1000);
  s.content["on disk"].objects = 300;
  return run(s).result;
}

TEST_CASE("hits in memory are not delayed behind slow reads of a disk") {
  const Result result = with_disk();
  const auto reads = static_cast<double>(node_of(result, "pop0").storage.at("hdd").reads);
  REQUIRE(reads / 180 == Approx(100).epsilon(0.05));  // of the whole run
  const Percentiles& memory = result.latency.by_class.at("in memory").ttfb;
  const Percentiles& disk = result.latency.by_class.at("on disk").ttfb;
  // The way there and back, the server's 20 us, and its queue: 0.04 x 20 us / (2 x 0.96).
  CHECK(memory.mean == Approx(20 + 0.020 + 0.000417).margin(0.0005));
  CHECK(memory.max < 20.2);
  // The disk's access, and its queue: 8.0056 ms x rho / (2 (1 - rho)) at rho = 0.8.
  CHECK(disk.mean - 20 > 8.0 + 8.0);
  CHECK(disk.mean - 20 < 8.0 + 32.0);
}

}  // namespace disk_waits_run_test
