// What came and went in memory and on each disk of a server, and how much an SSD wears by it.
// Does not know when it is read: counters are never reset.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

// From the fastest down.
enum class StorageLevel : std::uint8_t { ram, ssd, hdd, kCount };

inline constexpr std::size_t kStorageLevels = static_cast<std::size_t>(StorageLevel::kCount);
inline constexpr std::array<std::string_view, kStorageLevels> kStorageNames = {"ram", "ssd", "hdd"};

struct StorageCounters {
  std::uint64_t servers = 0;  // that have this level
  Bytes capacity, held;
  std::uint64_t copies = 0;      // held
  std::uint64_t hits = 0;        // look-ups that found a copy here, fresh or not
  std::uint64_t promotions = 0;  // copies that went up to memory from here
  std::uint64_t demotions = 0;   // copies that came down to here
  std::uint64_t refused = 0;     // copies that might have, but for admission, size or backlog
  // Of the devices; reading memory is not counted.
  std::uint64_t reads = 0, writes = 0;
  Bytes bytes_read, bytes_written;
  Duration busy{0};
  Duration waited{0};  // by reads, for their start
  Duration longest_wait{0};

  StorageCounters& operator+=(const StorageCounters& other) {
    servers += other.servers;
    capacity += other.capacity;
    held += other.held;
    copies += other.copies;
    hits += other.hits;
    promotions += other.promotions;
    demotions += other.demotions;
    refused += other.refused;
    reads += other.reads;
    writes += other.writes;
    bytes_read += other.bytes_read;
    bytes_written += other.bytes_written;
    busy += other.busy;
    waited += other.waited;
    longest_wait = std::max(longest_wait, other.longest_wait);
    return *this;
  }
};

// By level. All nothing for a server with memory alone.
struct StorageFlows {
  std::array<StorageCounters, kStorageLevels> levels{};

  StorageCounters& operator[](StorageLevel level) {
    return levels[static_cast<std::size_t>(level)];
  }
  const StorageCounters& operator[](StorageLevel level) const {
    return levels[static_cast<std::size_t>(level)];
  }
  StorageFlows& operator+=(const StorageFlows& other) {
    for (std::size_t i = 0; i < kStorageLevels; ++i) levels[i] += other.levels[i];
    return *this;
  }
};

// How often all of it was written; not a number when there is none.
inline double drive_writes(const StorageCounters& counters) {
  if (counters.capacity <= Bytes{0}) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(counters.bytes_written.count()) /
         static_cast<double>(counters.capacity.count());
}

// The figure of data sheets (DWPD), from what a run of this length wrote. REQUIRES: length > 0.
inline double drive_writes_per_day(const StorageCounters& counters, Duration length) {
  return drive_writes(counters) * seconds(24h) / seconds(length);
}

}  // namespace cdnsim
