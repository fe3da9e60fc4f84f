// What a node's memory or one kind of its disks did, as a result tells it.
// Does not know JSON, nor how the figures came about.
#pragma once

#include <cstdint>
#include <limits>

#include <cdnsim/base/describe.hpp>

namespace cdnsim {

struct StorageResult {
  std::uint64_t capacity_bytes = 0, bytes_held = 0, objects_held = 0;
  std::uint64_t hits = 0, promotions = 0, demotions = 0, refused = 0;
  std::uint64_t reads = 0, writes = 0, bytes_read = 0, bytes_written = 0;
  double busy_ratio = 0, mean_wait_ms = 0, longest_wait_ms = 0;
  double drive_writes = 0, drive_writes_per_day = 0;
};

template <class V>
void describe(V& v, StorageResult& s) {
  v.required("capacity_bytes", s.capacity_bytes, "of all its servers");
  v.required("bytes_held", s.bytes_held, "bytes on it when the run ended");
  v.required("objects_held", s.objects_held, "objects on it when the run ended");
  v.required("hits", s.hits, "look-ups of the whole run that found a copy here, fresh or not");
  v.required("promotions", s.promotions, "copies that went up to memory from here");
  v.required("demotions", s.demotions, "copies that came down to here");
  v.required("refused", s.refused,
             "copies that might have come down, but for admission, their size or a disk too busy");
  v.required("reads", s.reads, "reads of disks, those included that moved a copy on");
  v.required("writes", s.writes, "writes to disks");
  v.required("bytes_read", s.bytes_read, "bytes of those reads");
  v.required("bytes_written", s.bytes_written, "bytes of those writes");
  v.required(
      "busy_ratio", s.busy_ratio,
      "share of the run in which its disks worked; what was to be done after its end is left out");
  v.required("mean_wait_ms", s.mean_wait_ms, "mean time that a read waited for its start", or_null);
  v.required("longest_wait_ms", s.longest_wait_ms, "the longest");
  v.required("drive_writes", s.drive_writes, "bytes_written / capacity_bytes");
  v.required("drive_writes_per_day", s.drive_writes_per_day,
             "the same for a day like the whole run, warm-up included; what an SSD endures is told "
             "in this unit");
}

}  // namespace cdnsim
