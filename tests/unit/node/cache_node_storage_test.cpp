// A node whose servers have disks: when its answers leave.

#include <cdnsim/models/node/cache_node.hpp>
#include <tests/support/catch.hpp>

#include "node_bench.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

SCENARIO("a copy on a disk is sent when it has been read, one in memory at once") {
  TierSpec tier = NodeBench::idle_tier();
  tier.service_time = 1ms;
  tier.memory = Bytes{1000};  // one object
  tier.storage.hdd = Bytes{10'000};
  // 8 ms to get there, and 2 ms for an object.
  tier.storage.hdd_device = DeviceSpec{8ms, 1, 4_Mbps, 4_Mbps, 1s};
  NodeBench bench("max-age=3600", tier);
  bench.ask(0s, 0);
  bench.ask(1s, 1);  // object 0 goes down
  bench.ask(2s, 0);
  bench.ask(2s, 0);
  bench.run(3s);
  REQUIRE(bench.answers.size() == 4);
  // 1 ms of service, 8 ms to get there, 10 ms to the PoP; the last byte 2 ms later.
  CHECK(bench.answers[2].at == at(2019ms));
  CHECK(bench.answers[2].reply.last_byte_at >= at(2020ms));
  CHECK(bench.answers[2].reply.last_byte_at <= at(2021ms));
  // Queues for the server for 1 ms and for the disk for 10.
  CHECK(bench.answers[3].at >= at(2030ms));
  CHECK(bench.answers[3].at <= at(2030ms) + 1us);
  CHECK(bench.counts()[Outcome::hit] == 2);
  WHEN("it has gone up, as it was read twice") {
    bench.ask(4s, 0);
    bench.run(5s);
    THEN("it is sent at once") { CHECK(bench.answers[4].at == at(4011ms)); }
  }
  const StorageFlows storage = bench.node().flows().storage;
  CHECK(storage[StorageLevel::hdd].reads == 2);
  CHECK(storage[StorageLevel::hdd].promotions == 1);
  CHECK(storage[StorageLevel::hdd].bytes_written == Bytes{2000});
}
