// The figures of servers' storage, worked out by hand from their counters.

#include <cmath>

#include <cdnsim/assembly/storage_summary.hpp>
#include <tests/support/catch.hpp>

using namespace cdnsim;
using namespace cdnsim::assembly;

TEST_CASE("storage is told by level, and only of levels that there are") {
  StorageCounters one;
  one.servers = 1;
  one.capacity = 4_TB;
  one.held = 3_TB;
  one.copies = 1000;
  one.reads = 400;
  one.bytes_read = 2_TB;
  one.bytes_written = 1_TB;
  one.busy = 15min;
  one.waited = 2s;
  one.longest_wait = 30ms;
  StorageCounters other = one;
  other.bytes_written = 0_TB;
  other.longest_wait = 20ms;
  StorageFlows flows;
  flows[StorageLevel::ssd] = one;
  flows[StorageLevel::ssd] += other;
  flows[StorageLevel::ram].servers = 2;
  flows[StorageLevel::ram].held = 1_GB;
  flows[StorageLevel::ram].capacity = 2_GB;
  const auto results = storage_of(flows, 2h);
  REQUIRE(results.size() == 2);
  const StorageResult& ssd = results.at("ssd");
  CHECK(ssd.capacity_bytes == 8'000'000'000'000);
  CHECK(ssd.objects_held == 2000);
  CHECK(ssd.busy_ratio == Approx(0.125));  // half an hour of two servers' four
  CHECK(ssd.mean_wait_ms == Approx(5.0));  // 4 s of 800 reads
  CHECK(ssd.longest_wait_ms == Approx(30.0));
  CHECK(ssd.drive_writes == Approx(0.125));        // 1 TB of 8
  CHECK(ssd.drive_writes_per_day == Approx(1.5));  // twelve such runs
  CHECK(std::isnan(results.at("ram").mean_wait_ms));
  CHECK(results.at("ram").drive_writes == 0.0);
  CHECK(bytes_held(flows) == 6'001'000'000'000);
  CHECK(storage_of({}, 2h).empty());
}
