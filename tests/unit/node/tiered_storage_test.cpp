// Memory of two objects above an SSD of four and an HDD: worked out by hand.

#include <tests/support/catch.hpp>

#include "storage_bench.hpp"

namespace tiered_storage_test {

using namespace cdnsim;
using namespace cdnsim::bench;
using enum StorageLevel;

void ask_in_order(Bench& bench, std::uint64_t first, std::uint64_t last) {
  for (std::uint64_t key = first; key <= last; ++key) bench.ask(key);
}

SCENARIO("what memory lets go lies on the SSD, and what that lets go is gone") {
  Bench bench(2, disks(objects(4)));
  ask_in_order(bench, 1, 2);
  CHECK(bench.places(2) == "rr");
  ask_in_order(bench, 3, 6);
  CHECK(bench.places(6) == "ssssrr");
  CHECK(bench.cache->counters().evicted == 0_B);
  ask_in_order(bench, 7, 7);
  CHECK(bench.places(7) == "-ssssrr");
  const CacheCounters& all = bench.cache->counters();
  CHECK(all.in == 70_B);
  CHECK(all.evicted == 10_B);
  CHECK(all.held == 60_B);
  CHECK(all.copies == 6);
  CHECK(bench.of(ssd).demotions == 5);
  CHECK(bench.of(ssd).bytes_written == 50_B);
  CHECK(drive_writes(bench.of(ssd)) == 1.25);
  CHECK(bench.of(ram).held == 20_B);
  CHECK(bench.of(ssd).held == 40_B);
  CHECK(bench.of(ssd).servers == 1);
  CHECK(bench.of(hdd).servers == 0);
}

SCENARIO("the second time that a copy is read from the SSD it goes up") {
  Bench bench(2, disks(objects(4)));
  ask_in_order(bench, 1, 4);
  CHECK(bench.places(4) == "ssrr");
  CHECK(bench.ask(1) == ssd);
  CHECK(bench.places(4) == "ssrr");
  CHECK(bench.ask(1) == ssd);
  // 3 makes room for it, and takes a place on the SSD.
  CHECK(bench.places(4) == "rssr");
  CHECK(bench.ask(1) == ram);
  CHECK(bench.of(ssd).promotions == 1);
  CHECK(bench.of(ssd).demotions == 3);
  CHECK(bench.of(ssd).hits == 2);
  CHECK(bench.of(ssd).bytes_read == 20_B);
  CHECK(bench.of(ram).hits == 1);
  CHECK(bench.cache->counters().in == 40_B);
  CHECK(bench.cache->counters().evicted == 0_B);
  THEN("it counts from none when it comes down again") {
    ask_in_order(bench, 4, 5);
    CHECK(bench.places(5) == "sssrr");
    CHECK(bench.ask(1) == ssd);
    CHECK(bench.places(1) == "s");
  }
}

SCENARIO("what goes up makes room for what comes down") {
  Bench bench(1, [] {
    StorageSpec spec = disks(objects(1));
    spec.promote = 1;
    return spec;
  }());
  ask_in_order(bench, 1, 2);
  CHECK(bench.places(2) == "sr");
  ServerCache::Copy copy = bench.cache->find(1, bench.now);
  const Slot below = copy.slot;
  bench.cache->read(copy, bench.now);
  CHECK(bench.places(2) == "rs");
  CHECK(copy.slot != below);
  CHECK(copy.slot == bench.cache->peek(1).slot);
  CHECK(bench.cache->counters().evicted == 0_B);
}

SCENARIO("memory, SSD and HDD one below the other") {
  Bench bench(2, disks(objects(2), objects(2)));
  ask_in_order(bench, 1, 7);
  CHECK(bench.places(7) == "-hhssrr");
  CHECK(bench.of(hdd).demotions == 3);
  // 1, 2 and 3 were read from the SSD for it.
  CHECK(bench.of(ssd).bytes_read == 30_B);
  CHECK(bench.of(ssd).hits == 0);
  THEN("from the HDD a copy goes up to memory at once") {
    CHECK(bench.ask(2) == hdd);
    CHECK(bench.ask(2) == hdd);
    // 6 leaves memory for the SSD, and so 4 the SSD for the place that 2 had.
    CHECK(bench.places(7) == "-rhhssr");
    CHECK(bench.cache->counters().evicted == 10_B);
  }
}

SCENARIO("an HDD without an SSD") {
  Bench bench(1, disks({}, objects(2)));
  ask_in_order(bench, 1, 4);
  CHECK(bench.places(4) == "-hhr");
  CHECK(bench.ask(3) == hdd);
  CHECK(bench.of(ssd).writes == 0);
}

SCENARIO("the first minutes of a video lie on the SSD and the rest on the HDD") {
  StorageSpec spec = disks(objects(4), objects(4));
  spec.ssd_head = 2min;
  CHECK(spec.store_on(0min) == StoreOn::any);
  CHECK(spec.store_on(2min - 1ns) == StoreOn::any);
  CHECK(spec.store_on(2min) == StoreOn::hdd);
  Bench bench(1, spec);
  // Segments of a minute, one after the other.
  for (std::uint64_t minute = 0; minute < 5; ++minute) {
    bench.ask(minute + 1, spec.store_on(std::chrono::minutes(minute)));
  }
  CHECK(bench.places(5) == "sshhr");
  THEN("they do so again after they were in memory") {
    bench.ask(3);
    bench.ask(3);
    CHECK(bench.places(5) == "ssrhh");
    bench.ask(6);
    CHECK(bench.places(6) == "sshhhr");
  }
  WHEN("there is no HDD") {
    Bench other(1, disks(objects(4)));
    other.ask(1, StoreOn::hdd);
    other.ask(2, StoreOn::hdd);
    THEN("all of it may lie on the SSD") { CHECK(other.places(2) == "sr"); }
  }
  CHECK(StorageSpec{}.store_on(10h) == StoreOn::any);
}

SCENARIO("what was asked for too seldom in memory does not go down") {
  StorageSpec spec = disks(objects(4));
  spec.demote = 1;
  Bench bench(2, spec);
  ask_in_order(bench, 1, 2);
  bench.ask(2);
  ask_in_order(bench, 3, 4);
  CHECK(bench.places(4) == "-srr");
  CHECK(bench.cache->counters().evicted == 10_B);
  CHECK(bench.of(ssd).writes == 1);
  WHEN("a copy is fetched anew in memory") {
    bench.ask(4);
    bench.cache->insert(4, 10_B, 0, fresh_from(5s), bench.now);
    ask_in_order(bench, 5, 6);
    THEN("what was counted counts on") { CHECK(bench.places(6) == "-s-srr"); }
  }
}

SCENARIO("admission spares the SSD what comes down once only") {
  StorageSpec spec = disks(objects(4), objects(4));
  spec.ssd_admission = AdmissionText{{"nth", {{"n", 2}}}};
  Bench bench(1, spec);
  ask_in_order(bench, 1, 3);
  CHECK(bench.places(3) == "hhr");
  CHECK(bench.of(ssd).refused == 2);
  CHECK(bench.of(ssd).bytes_written == 0_B);
  bench.ask(1);
  bench.ask(1);  // up, and 3 down
  bench.ask(4);  // 1 down for the second time
  CHECK(bench.places(4) == "shhr");
  CHECK(bench.of(ssd).bytes_written == 10_B);
}

SCENARIO("a copy that is being filled moves with its times") {
  Bench bench(1, disks(objects(4)));
  bench.cache->insert(1, 10_B, 7, fresh_from(2s, 9s), at(3s));
  bench.cache->insert(2, 10_B, 0, fresh_from(2s), at(4s));
  const ServerCache::Copy below = bench.cache->find(1, at(5s));
  REQUIRE(ServerCache::level_of(below.slot) == ssd);
  CHECK(below.state == Lookup::filling);
  CHECK(bench.cache->times(below.slot).generated_at == at(2s));
  CHECK(bench.cache->times(below.slot).fresh_until == at(1h + 2s));
  CHECK(bench.cache->times(below.slot).last_byte_at == at(9s));
  ServerCache::Copy copy = bench.cache->find(1, at(6s));
  bench.cache->read(copy, at(6s));
  CHECK(bench.places(2) == "rs");
  CHECK(bench.cache->times(copy.slot).last_byte_at == at(9s));
  CHECK(bench.cache->times(copy.slot).generated_at == at(2s));
  CHECK(bench.cache->find(1, at(9s)).state == Lookup::fresh);
  THEN("its content class came along") {
    CHECK(bench.cache->erase_if([](std::uint64_t, std::uint16_t tag) { return tag == 7; }) == 1);
    CHECK(bench.places(2) == "-s");
  }
}

SCENARIO("a new copy comes into memory, and the old one leaves the disk as expired") {
  Bench bench(1, disks(objects(2)));
  ask_in_order(bench, 1, 3);
  CHECK(bench.places(3) == "ssr");
  CHECK(bench.cache->insert(1, 10_B, 0, fresh_from(9s), at(9s)));
  CHECK(bench.places(3) == "rss");
  CHECK(bench.cache->counters().in == 40_B);
  CHECK(bench.cache->counters().expired == 10_B);
  CHECK(bench.cache->counters().evicted == 0_B);
  CHECK(bench.cache->counters().held == 30_B);
}

SCENARIO("a new copy that memory refuses takes the old one's place on the disk") {
  StorageSpec spec = disks(objects(2));
  const auto cache = make_server_cache(PolicyText{"lru", {}}, AdmissionText{{"nth", {{"n", 2}}}},
                                       objects(1), spec);
  const auto fetch = [&](std::uint64_t key, Bytes bytes) {
    return cache->insert(key, bytes, 0, fresh_from(3s), at(3s));
  };
  for (const std::uint64_t key : {1u, 2u}) {
    CHECK_FALSE(fetch(key, 10_B));
    CHECK(fetch(key, 10_B));
  }
  REQUIRE(ServerCache::level_of(cache->peek(1).slot) == ssd);
  WHEN("it is as large") {
    CHECK(cache->insert(1, 10_B, 0, fresh_from(8s), at(8s)));
    CHECK(ServerCache::level_of(cache->peek(1).slot) == ssd);
    CHECK(cache->times(cache->peek(1).slot).generated_at == at(8s));
    CHECK(cache->counters().in == 30_B);
    CHECK(cache->counters().expired == 10_B);
    CHECK(cache->storage()[ssd].bytes_written == 20_B);
  }
  WHEN("it was asked for on the disk before") {
    const auto ask = [&] {
      ServerCache::Copy copy = cache->find(1, at(8s));
      cache->read(copy, at(8s));
    };
    ask();
    CHECK(fetch(1, 10_B));
    ask();
    THEN("that counts on: it goes up, as memory is offered it for the second time") {
      CHECK(ServerCache::level_of(cache->peek(1).slot) == ram);
    }
  }
  WHEN("it is not") {
    CHECK_FALSE(fetch(1, 9_B));
    CHECK(cache->peek(1).slot == kNoSlot);
    CHECK(cache->counters().in == 20_B);
    CHECK(cache->counters().expired == 10_B);
    CHECK(cache->counters().held == 10_B);
  }
}

SCENARIO("a purge finds a copy wherever it lies") {
  Bench bench(1, disks(objects(1), objects(1)));
  ask_in_order(bench, 1, 3);
  REQUIRE(bench.places(3) == "hsr");
  WHEN("each by its key") {
    for (std::uint64_t key = 1; key <= 3; ++key) CHECK(bench.cache->erase(key));
    CHECK_FALSE(bench.cache->erase(1));
  }
  WHEN("all by a rule") {
    CHECK(bench.cache->erase_if([](std::uint64_t key, std::uint16_t) { return key < 9; }) == 3);
  }
  CHECK(bench.places(3) == "---");
  CHECK(bench.cache->counters().purged == 30_B);
  CHECK(bench.cache->counters().held == 0_B);
  CHECK(bench.cache->counters().copies == 0);
}

SCENARIO("a copy is found good wherever it lies") {
  Bench bench(1, disks(objects(1), objects(1)));
  ask_in_order(bench, 1, 3);
  for (std::uint64_t key = 1; key <= 3; ++key) {
    bench.cache->refresh(bench.cache->peek(key).slot, fresh_from(90min));
    CHECK(bench.cache->find(key, at(2h)).state == Lookup::fresh);
  }
  CHECK(bench.cache->counters().in == 30_B);
}

SCENARIO("memory answers at once however long the disk's queue is") {
  StorageSpec spec;
  spec.hdd = objects(1000);
  spec.promote = 100;
  Bench bench(10, spec);
  ask_in_order(bench, 1, 100);
  bench.now = at(1min);  // all is written
  const StorageCounters before = bench.of(hdd);
  // A request each 100 us, one in twenty from the HDD: each keeps it busy for 8 ms, and 2 ms pass.
  int from_disk = 0;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    const bool cold = i % 20 == 7;
    const auto level = bench.ask(cold ? 1 + i / 20 % 80 : 91 + i % 10);
    if (cold) {
      CHECK(level == hdd);
      // 10 bytes at 180 MB/s take 55.6 ns, rounded up.
      const auto reads = Duration(8ms + 56ns);
      CHECK(bench.last.first == at(1min + 700us) + from_disk * reads + 8ms);
      ++from_disk;
    } else {
      REQUIRE(level == ram);
      REQUIRE(bench.last.first == bench.now);
      REQUIRE(bench.last.last == bench.now);
    }
    bench.now += 100us;
  }
  CHECK(from_disk == 100);
  CHECK(bench.of(hdd).reads - before.reads == 100);
}

SCENARIO("a disk that is far behind loses what comes down") {
  StorageSpec spec = disks(objects(100));
  spec.ssd_device = DeviceSpec{0ms, 1, 8_Mbps, 1_Mbps, 100us};  // 80 us to write an object
  Bench bench(1, spec);
  // Before the third write there are 160 us to do.
  ask_in_order(bench, 1, 4);
  CHECK(bench.places(4) == "ss-r");
  CHECK(bench.of(ssd).refused == 1);
  CHECK(bench.cache->counters().evicted == 10_B);
  bench.now = at(60us);  // 100 us are left
  bench.ask(5);
  CHECK(bench.places(5) == "ss-sr");
}

TEST_CASE("without disks a server has memory alone") {
  Bench bench(2, StorageSpec{});
  ask_in_order(bench, 1, 3);
  CHECK(bench.places(3) == "-rr");
  CHECK(bench.of(ram).hits == 0);  // not counted by level
}

SCENARIO("what a disk has yet to do when the run ends does not count as done") {
  // 10 bytes at 8 bit/s take ten seconds: three copies come down at once, half a minute of work.
  StorageSpec spec = disks(objects(4));
  spec.ssd_device.write_rate = BitRate{8};
  Bench bench(1, spec);
  ask_in_order(bench, 1, 4);
  CHECK(bench.places(4) == "sssr");
  CHECK(bench.cache->storage()[ssd].busy == 30s);
  CHECK(bench.cache->storage(at(12s))[ssd].busy == 12s);
  CHECK(bench.cache->storage(at(30s))[ssd].busy == 30s);
  CHECK(bench.cache->storage(at(50s))[ssd].busy == 30s);
}

}  // namespace tiered_storage_test
