// How a node's servers were used: requests, time, bytes, waits and what was refused, and by whom.
// Does not know what a server does.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include <cdnsim/base/int128.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

// `level` of `levels` parts of a limit.
struct LimitPart {
  std::uint32_t level = 1;
  std::uint32_t levels = 1;
  Duration operator()(Duration limit) const {
    return Duration{static_cast<std::int64_t>(static_cast<Int128>(limit.count()) * level / levels)};
  }
};

// Of requests that were taken up after the warm-up.
struct WaitCounts {
  std::uint64_t requests = 0;
  std::uint64_t waited = 0;
  Int128 sum_ns = 0;
  Duration longest{0};

  void add(Duration wait) {
    ++requests;
    waited += wait > Duration{0};
    sum_ns += wait.count();
    longest = std::max(longest, wait);
  }
};

// Requests that were shed because of something else than their server's queue.
struct Refusals {
  std::uint64_t by_nic = 0;
  std::uint64_t by_node = 0;
  std::uint64_t by_port = 0;
};

// After the warm-up.
struct ServerLoads {
  std::vector<std::uint64_t> requests;  // by server
  std::uint64_t assigned = 0;           // where loads are bounded: keys, and those that went on
  std::uint64_t spilled = 0;
  std::vector<Duration> busy;    // by server, or of all of them together
  std::uint64_t servers = 0;     // that `busy` tells of; 0: without limit
  std::vector<Bytes> nic_bytes;  // by server
  BitRate nic{0};
  std::optional<WaitCounts> waits;  // where they are counted
  Refusals refusals;
};

}  // namespace cdnsim
