// What steering by load is told and tells, and a request that one PoP hands to another.
// Does not know how messages are delivered, nor what is decided.
#pragma once

#include <array>
#include <cstdint>

#include <cdnsim/base/time.hpp>
#include <cdnsim/engine/message.hpp>

namespace cdnsim {

// How a PoP was in an interval.
struct LoadReport {
  std::int64_t interval = 0;
  std::uint64_t answers = 0;  // that were not errors
  std::uint64_t bytes = 0;    // of them
  std::uint64_t ended = 0;    // requests, whatever became of them
  std::uint64_t failed = 0;   // of them, but for those for which there was no room
  double most_requests = 0;   // per second, that its servers take
  double most_bytes = 0;      // likewise
};

// What cells asked a PoP for in an interval.
struct CellReport {
  static constexpr std::size_t kMost = 10;
  std::int32_t interval = 0;
  std::uint32_t count = 0;
  std::array<std::uint32_t, kMost> requests{};
  std::array<std::uint16_t, kMost> cells{};  // as its arrival queue names them
};

// From `at` on, the edge of a slot, a cell is held or not.
struct CellMove {
  SimTime at{};
  std::uint16_t cell = 0;
  bool held = false;
};

// A client's request for which a PoP had no room, as it comes to another one.
struct Redirect {
  std::uint64_t key = 0;
  std::int64_t bytes = 0;  // of the object, as a trace has it; 0: by the law of its class
  std::int64_t part_from = 0;
  std::int64_t part_bytes = 0;
  std::uint32_t object = 0;
  std::uint16_t content = 0;
  std::uint16_t guest = 0;  // as the PoP that takes it over names who asks
  bool measured = false;    // it came to the first PoP after the warm-up
};

static_assert(sizeof(LoadReport) <= Message::kPayloadBytes);
static_assert(sizeof(CellReport) <= Message::kPayloadBytes);
static_assert(sizeof(Redirect) <= Message::kPayloadBytes);

}  // namespace cdnsim
