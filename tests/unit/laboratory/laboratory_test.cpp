// Caches over a trace: counts by hand and of a cache alone, the warm-up, threads.

#include <cdnsim/base/hash.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/laboratory/laboratory.hpp>
#include <cdnsim/models/cache_policy/lru.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/oracle_general.hpp>
#include <tests/support/reference.hpp>
#include <tests/support/scratch_files.hpp>

namespace laboratory_test {

using namespace cdnsim;
using namespace cdnsim::test;

LabCacheSpec cache(const char* policy, std::int64_t size) {
  return {*parse<PolicyText>(policy).value, size};
}

std::vector<LabCounts> played(const std::string& path, const std::vector<LabCacheSpec>& caches,
                              const LabOptions& options = {}) {
  const auto reader = open_trace(path);
  return play(*reader, caches, options);
}

// 60,000 requests, skewed, of 1 to 50 bytes: more than a block of many caches.
std::vector<OracleRecord> skewed() {
  std::vector<OracleRecord> records;
  for (std::uint32_t i = 0; i < 60'000; ++i) {
    const std::uint64_t random = mix64(i);
    const std::uint64_t id = random % (1 + (random >> 32) % 3000);
    records.push_back({i, id, 1 + static_cast<std::uint32_t>(mix64(id) % 50)});
  }
  return records;
}

TEST_CASE("misses and bytes of a short trace, by hand") {
  const ScratchFiles files;
  // LRU of 10 bytes: a4 b4 miss; a hits; c4 pushes b out; b misses and pushes a out; 11 do not fit.
  const std::string trace = files.write(
      "t.bin", oracle_general({{0, 1, 4}, {1, 2, 4}, {2, 1, 4}, {3, 3, 4}, {4, 2, 4}, {5, 9, 11}}));
  const LabCounts sized = played(trace, {cache("lru", 10)}).at(0);
  CHECK(sized.requests == 6);
  CHECK(sized.misses == 5);
  CHECK(sized.bytes == 31);
  CHECK(sized.miss_bytes == 27);
  // Two objects: the same, and the last fits.
  LabOptions options;
  options.ignore_sizes = true;
  const LabCounts counted = played(trace, {cache("lru", 2)}, options).at(0);
  CHECK(counted.misses == 5);
  CHECK(counted.bytes == 6);
  CHECK(counted.miss_bytes == 5);
  WHEN("the first three are warm-up") {
    options.warmup = 3;
    const LabCounts later = played(trace, {cache("lru", 2)}, options).at(0);
    CHECK(later.requests == 3);
    CHECK(later.misses == 3);
  }
  WHEN("all are") {
    options.warmup = 100;
    const LabCounts none = played(trace, {cache("lru", 2)}, options).at(0);
    CHECK(none.requests == 0);
    CHECK(none.misses == 0);
  }
}

TEST_CASE("Belady's needs a trace that tells the future") {
  const ScratchFiles files;
  const std::string blind = files.write("t.bin", oracle_general({{0, 1, 1}, {1, 2, 1}}));
  CHECK_THROWS_WITH(played(blind, {cache("belady", 10)}), Catch::Contains("cdnsim trace convert"));
  // Objects 1 2 1 1 2: with room for one, only the fourth request is a hit.
  const std::string seeing = files.write(
      "t.bin",
      oracle_general({{0, 1, 1, 3}, {1, 2, 1, 5}, {2, 1, 1, 4}, {3, 1, 1, -1}, {4, 2, 1, -1}}));
  CHECK(played(seeing, {cache("belady", 2)}).at(0).misses == 2);
  CHECK(played(seeing, {cache("belady", 1)}).at(0).misses == 4);
}

TEST_CASE("Belady's counts are libCacheSim's", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  const std::string trace = (*folder / "traces/cloudPhysicsIO.oracleGeneral.bin").string();
  LabOptions options;
  const std::vector<LabCounts> sized =
      played(trace, {cache("belady", 20'297'697), cache("belady", 608'930'918)}, options);
  CHECK(sized[0].misses == 91'152);
  CHECK(sized[0].miss_bytes == 4'102'901'760);
  CHECK(sized[1].misses == 60'541);
  CHECK(sized[1].miss_bytes == 2'465'588'736);
  options.ignore_sizes = true;
  const std::vector<LabCounts> counted =
      played(trace, {cache("belady", 489), cache("belady", 14'692)}, options);
  CHECK(counted[0].misses == 90'263);
  CHECK(counted[1].misses == 57'151);
}

TEST_CASE("many caches in one pass count what each counts alone, on any number of threads") {
  const ScratchFiles files;
  const std::vector<OracleRecord> records = skewed();
  const std::string trace = files.write("t.bin", oracle_general(records));
  std::vector<LabCacheSpec> caches;
  for (const char* policy : {"lru", "fifo", "sieve", "clock:bits=2", "s3fifo"}) {
    for (const std::int64_t size : {500, 5000, 20'000}) caches.push_back(cache(policy, size));
  }
  Cache<Lru> lru{Bytes(5000)};
  std::uint64_t misses = 0, late_misses = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const bool hit = lru.request(records[i].id, Bytes(records[i].bytes));
    misses += !hit;
    late_misses += !hit && i >= 20'000;
  }
  LabOptions options;
  for (const std::uint64_t warmup : {0ULL, 20'000ULL}) {
    options.warmup = warmup;
    options.threads = 1;
    const std::vector<LabCounts> together = played(trace, caches, options);
    CHECK(together[1].misses == (warmup == 0 ? misses : late_misses));
    for (const std::uint32_t threads : {2U, 3U, 64U}) {
      options.threads = threads;
      const std::vector<LabCounts> again = played(trace, caches, options);
      for (std::size_t i = 0; i < caches.size(); ++i) {
        CHECK(again[i].misses == together[i].misses);
        CHECK(again[i].miss_bytes == together[i].miss_bytes);
        CHECK(again[i].requests == 60'000 - warmup);
      }
    }
    options.threads = 1;
    for (std::size_t i = 0; i < caches.size(); ++i) {
      CHECK(played(trace, {caches[i]}, options).at(0).misses == together[i].misses);
    }
  }
}

}  // namespace laboratory_test
