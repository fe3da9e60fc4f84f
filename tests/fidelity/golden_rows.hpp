// libCacheSim's counts on its own trace: the rows of golden.csv and the requests that they are of.
// Does not know policies.
#pragma once

#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

namespace cdnsim::test {

struct Request {
  std::uint64_t id = 0;
  std::int64_t bytes = 0;
};

// oracleGeneral: 24 little-endian bytes a record; the id at 4, the size at 12.
inline std::vector<Request> read_oracle_general(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<Request> requests;
  for (char record[24]; file.read(record, sizeof record);) {
    std::uint64_t id = 0;
    std::uint32_t size = 0;
    std::memcpy(&id, record + 4, sizeof id);
    std::memcpy(&size, record + 12, sizeof size);
    if (size != 0) requests.push_back({id, size});
  }
  return requests;
}

// One line of golden.csv.
struct Row {
  std::string trace, policy, params;
  bool sizes_ignored = false;
  std::int64_t cache_size = 0, requests = 0, misses = 0, bytes = 0, bytes_missed = 0;
};

inline std::vector<std::string> csv_fields(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

inline std::vector<Row> read_golden(const std::string& path) {
  std::ifstream file(path);
  std::vector<Row> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::vector<std::string> f = csv_fields(line);
    if (f.size() != 9) continue;
    rows.push_back({f[0], f[1], f[2], f[3] == "1", std::stoll(f[4]), std::stoll(f[5]),
                    std::stoll(f[6]), std::stoll(f[7]), std::stoll(f[8])});
  }
  return rows;
}

}  // namespace cdnsim::test
