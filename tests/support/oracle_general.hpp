// Traces in oracleGeneral as bytes, for tests that read or play them.
// Does not know readers.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace cdnsim::test {

struct OracleRecord {
  std::uint32_t second = 0;
  std::uint64_t id = 0;
  std::uint32_t bytes = 1;
  std::int64_t next = -2;
};

// 24 little-endian bytes each: time, id at 4, size at 12, next request at 16.
inline std::string oracle_general(const std::vector<OracleRecord>& records) {
  std::string text(24 * records.size(), '\0');
  char* at = text.data();
  for (const OracleRecord& record : records) {
    std::memcpy(at, &record.second, 4);
    std::memcpy(at + 4, &record.id, 8);
    std::memcpy(at + 12, &record.bytes, 4);
    std::memcpy(at + 16, &record.next, 8);
    at += 24;
  }
  return text;
}

}  // namespace cdnsim::test
