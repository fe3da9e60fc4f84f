// One request of a trace, whatever the file it came from.
// Does not know formats.
#pragma once

#include <cstdint>

#include <cdnsim/base/time.hpp>

namespace cdnsim {

struct TraceRequest {
  std::uint64_t id = 0;
  std::int64_t bytes = 0;
  SimTime at{};
  // Which request, counted from 1, asks for the same object next.
  std::int64_t next = kUnknown;

  static constexpr std::int64_t kNever = -1;
  static constexpr std::int64_t kUnknown = -2;
};

}  // namespace cdnsim
