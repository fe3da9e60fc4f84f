// Disks as queues, and what they are worn by: worked out by hand.

#include <cmath>

#include <cdnsim/data_path/cache_entries.hpp>
#include <cdnsim/models/node/storage_device.hpp>
#include <tests/support/catch.hpp>

namespace storage_device_test {

using namespace cdnsim;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

// 8 ms to get there, then 1 MB in 10 ms (800 Mbit/s are 100 MB/s).
constexpr DeviceSpec kSlow{8ms, 1, 800_Mbps, 400_Mbps, 1s};

SCENARIO("a disk with one arm serves one access after the other") {
  StorageDevice disk(kSlow);
  StorageCounters counters;
  // Each read keeps it busy for 8 + 10 = 18 ms: the queue of a fixed service time.
  const Reading first = disk.read(at(0ms), 1_MB, counters);
  CHECK(first.first == at(8ms));
  CHECK(first.last == at(18ms));
  // Starts at 18 when the first is done: it waited 17 ms.
  const Reading second = disk.read(at(1ms), 1_MB, counters);
  CHECK(second.first == at(26ms));
  CHECK(second.last == at(36ms));
  CHECK(disk.queue_at(at(2ms)) == 34ms);
  // A write of 1 MB takes 8 + 20 = 28 ms, from 36 to 64; the third read waits for it from 10 on.
  disk.write(at(5ms), 1_MB, counters);
  const Reading third = disk.read(at(10ms), 1_MB, counters);
  CHECK(third.first == at(72ms));
  CHECK(third.last == at(82ms));
  // After a pause it starts at once.
  CHECK(disk.read(at(100ms), 1_MB, counters).first == at(108ms));
  CHECK(counters.reads == 4);
  CHECK(counters.writes == 1);
  CHECK(counters.bytes_read == 4_MB);
  CHECK(counters.bytes_written == 1_MB);
  CHECK(counters.busy == 4 * 18ms + 28ms);
  CHECK(counters.waited == 17ms + 54ms);
  CHECK(counters.longest_wait == 54ms);
}

SCENARIO("an SSD's latency delays its accesses without filling it") {
  // 100 us each, 50 at once: an access keeps it busy for 2 us and for 8 us of 8 kB (8 Gbit/s).
  StorageDevice disk({100us, 50, 8_Gbps, 8_Gbps, 1s});
  StorageCounters counters;
  for (int i = 0; i < 10; ++i) {
    const Reading reading = disk.read(at(0us), 8_KB, counters);
    CHECK(reading.first == at(100us + i * 10us));
    CHECK(reading.last == at(108us + i * 10us));
  }
  CHECK(counters.busy == 100us);
  CHECK(disk.queue_at(at(40us)) == 60us);
}

SCENARIO("queues for a fixed service time wait as the formula says") {
  // Pollaczek-Khinchine for M/D/1: W = rho s / (2 (1 - rho)); for s = 10 ms and rho = 1/2, 5 ms.
  StorageDevice disk({10ms, 1, 8'000_Gbps, 8'000_Gbps, 1s});
  StorageCounters counters;
  constexpr int kReads = 200'000;
  std::uint64_t state = 1;
  double now_s = 0.0;
  for (int i = 0; i < kReads; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    const double uniform = (static_cast<double>(state >> 11) + 0.5) / 9007199254740992.0;
    now_s += -std::log(uniform) / 50.0;
    disk.read(at(Duration(static_cast<std::int64_t>(now_s * 1e9))), 1_B, counters);
  }
  // The mean of so many is within some 1 % of it.
  CHECK(seconds(counters.waited) / kReads == Approx(0.005).epsilon(0.04));
  CHECK(seconds(counters.busy) / now_s == Approx(0.5).epsilon(0.01));
}

SCENARIO("a disk that is far behind takes no more writes") {
  StorageDevice disk({0ms, 1, 8_Mbps, 8_Mbps, 1s});  // 1 MB/s each way
  StorageCounters counters;
  CHECK(disk.takes_writes(at(0s)));
  disk.write(at(0s), 1_MB, counters);
  CHECK(disk.takes_writes(at(0s)));  // not more than a second
  disk.read(at(0s), 1_B, counters);
  CHECK_FALSE(disk.takes_writes(at(0s)));
  CHECK(disk.takes_writes(at(1us)));
}

SCENARIO("no queue is too long to be counted") {
  StorageDevice disk({10s, 1, 1_Mbps, 1_Mbps, 1s});
  StorageCounters counters;
  for (int i = 0; i < 100; ++i) disk.read(at(0s), kMaxCopyBytes, counters);
  CHECK(disk.queue_at(at(0s)) == std::chrono::hours(876'600));  // 100 years of 365.25 days
}

TEST_CASE("an SSD's wear is what was written to it over its capacity, and per day") {
  StorageCounters ssd;
  ssd.capacity = 4_TB;
  ssd.bytes_written = 1_TB;
  CHECK(drive_writes(ssd) == Approx(0.25));
  CHECK(drive_writes_per_day(ssd, 2h) == Approx(3.0));  // a twelfth of a day
  CHECK(std::isnan(drive_writes(StorageCounters{})));
  SECTION("several servers are taken together") {
    StorageCounters other;
    other.capacity = 4_TB;
    other.bytes_written = 5_TB;
    other.longest_wait = 7ms;
    ssd.longest_wait = 9ms;
    ssd += other;
    CHECK(drive_writes(ssd) == Approx(0.75));
    CHECK(ssd.longest_wait == 9ms);
  }
}

TEST_CASE("the disks that a scenario gets by itself do what data sheets say") {
  StorageCounters counters;
  StorageDevice ssd(kSsd);
  // 4 KiB: 1.25 us of the latency and 1.366 us of bytes each, 3 GB/s when they are large.
  for (int i = 0; i < 1000; ++i) ssd.read(at(0s), 4_KiB, counters);
  CHECK(seconds(counters.busy) == Approx(1000 * (80e-6 / 64 + 4096 / 3e9)).epsilon(0.001));
  StorageDevice hdd(kHdd);
  const Reading reading = hdd.read(at(0s), 180_MB, counters);
  CHECK(reading.first == at(8ms));
  CHECK(reading.last == at(1008ms));
}

}  // namespace storage_device_test
