// What a PoP tells while one is launched: how it did in an interval, and how long its users waited.
// Does not know who is told, nor what is decided.
#pragma once

#include <array>
#include <cstdint>

#include <cdnsim/engine/message.hpp>

namespace cdnsim {

struct LaunchReport {
  std::int64_t interval = 0;
  std::uint64_t looked_up = 0;  // requests of clients, as hit ratios count them
  std::uint64_t hits = 0;
  std::uint64_t ended = 0;           // requests, whatever became of them
  std::uint64_t failed = 0;          // of them
  std::uint64_t warmed_objects = 0;  // since the run began
  std::uint64_t warmed_bytes = 0;
  std::uint32_t servers_down = 0;
  bool is_warming = false;
};

// Of an interval, how many users waited how long for the first byte.
struct LatencyReport {
  static constexpr std::size_t kMost = 7;
  std::int64_t interval = 0;
  std::uint32_t count = 0;
  std::array<std::uint32_t, kMost> microseconds{};
  std::array<std::uint32_t, kMost> users{};
};

static_assert(sizeof(LaunchReport) <= Message::kPayloadBytes);
static_assert(sizeof(LatencyReport) <= Message::kPayloadBytes);

}  // namespace cdnsim
