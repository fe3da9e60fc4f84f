#include <limits>

#include <cdnsim/assembly/storage_summary.hpp>

namespace cdnsim::assembly {
namespace {

StorageResult result_of(const StorageCounters& counters, Duration length) {
  StorageResult result;
  result.capacity_bytes = count_of(counters.capacity);
  result.bytes_held = count_of(counters.held);
  result.objects_held = counters.copies;
  result.hits = counters.hits;
  result.promotions = counters.promotions;
  result.demotions = counters.demotions;
  result.refused = counters.refused;
  result.reads = counters.reads;
  result.writes = counters.writes;
  result.bytes_read = count_of(counters.bytes_read);
  result.bytes_written = count_of(counters.bytes_written);
  result.busy_ratio =
      seconds(counters.busy) / (seconds(length) * static_cast<double>(counters.servers));
  result.mean_wait_ms = counters.reads == 0
                            ? std::numeric_limits<double>::quiet_NaN()
                            : seconds(counters.waited) * 1e3 / static_cast<double>(counters.reads);
  result.longest_wait_ms = seconds(counters.longest_wait) * 1e3;
  result.drive_writes = drive_writes(counters);
  result.drive_writes_per_day = drive_writes_per_day(counters, length);
  return result;
}

}  // namespace

std::map<std::string, StorageResult> storage_of(const StorageFlows& flows, Duration length) {
  std::map<std::string, StorageResult> results;
  for (std::size_t i = 0; i < kStorageLevels; ++i) {
    if (flows.levels[i].servers == 0) continue;
    results[std::string(kStorageNames[i])] = result_of(flows.levels[i], length);
  }
  return results;
}

std::uint64_t bytes_held(const StorageFlows& flows) {
  std::uint64_t held = 0;
  for (const StorageCounters& level : flows.levels) held += count_of(level.held);
  return held;
}

}  // namespace cdnsim::assembly
