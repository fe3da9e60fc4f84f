// Simulated time: int64 nanoseconds with the types and literals of std::chrono.
// Does not know the wall clock, nor who moves time forward.
#pragma once

#include <chrono>
#include <cstdint>
#include <ratio>
#include <type_traits>

namespace cdnsim {

using Duration = std::chrono::nanoseconds;

// A clock in the sense of std::chrono, without now(): only an engine knows what time it is.
struct SimClock {
  using rep = Duration::rep;
  using period = Duration::period;
  using duration = Duration;
  using time_point = std::chrono::time_point<SimClock, Duration>;
  static constexpr bool is_steady = true;
};

using SimTime = SimClock::time_point;

static_assert(sizeof(SimTime) == sizeof(std::int64_t) &&
              std::is_same_v<Duration::period, std::nano>);

// A run starts here; SimTime::max() means never.
inline constexpr SimTime kTimeZero{};

constexpr double seconds(Duration duration) { return static_cast<double>(duration.count()) / 1e9; }

// Durations are written 12ms, 8s, 5min wherever cdnsim's names are visible.
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

}  // namespace cdnsim
