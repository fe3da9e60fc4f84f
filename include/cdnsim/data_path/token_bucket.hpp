// A token bucket: lets events through at a mean rate, with bursts up to its size.
// Does not know what is being limited, nor what time it is.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/int128.hpp>
#include <cdnsim/base/quantity.hpp>

namespace cdnsim {

// Kept as the time at which the bucket will be full again (the generic cell rate algorithm), in
// integer femtoseconds: no fraction of a token is ever lost or rounded twice. Starts full.
template <class Clock>
class TokenBucket {
 public:
  using time_point = typename Clock::time_point;

  // A rate of zero never refills. REQUIRES: rate >= 0.
  TokenBucket(Rate rate, std::uint32_t burst) : period_(period_of(rate)), depth_(period_ * burst) {
    CDNSIM_ASSERT(rate.per_second() >= 0, "a rate is not negative");
  }

  // Takes all `tokens` or none. REQUIRES: time does not run backwards.
  bool take(time_point now, std::uint32_t tokens = 1) {
    const Int128 at = femtoseconds(now);
    const Int128 full_at = std::max(full_at_, at) + period_ * tokens;
    if (full_at - at > depth_) return false;
    full_at_ = full_at;
    return true;
  }

  // The earliest time at which take(tokens) would do, if nobody takes any before; time_point::max()
  // if never.
  time_point next(time_point now, std::uint32_t tokens = 1) const {
    if (period_ * tokens > depth_) return time_point::max();
    const Int128 at = std::max(full_at_ + period_ * tokens - depth_, femtoseconds(now));
    const Int128 ns = (at + kFemtosPerNano - 1) / kFemtosPerNano;
    const Int128 most = time_point::max().time_since_epoch().count();
    return time_point(std::chrono::nanoseconds(static_cast<std::int64_t>(std::min(ns, most))));
  }

 private:
  static constexpr Int128 kFemtosPerNano = 1'000'000;
  static constexpr Int128 kLongestPeriod = Int128{1} << 80;  // 38 years

  static Int128 femtoseconds(time_point t) {
    const auto since = std::chrono::nanoseconds(t.time_since_epoch());
    return Int128{since.count()} * kFemtosPerNano;
  }
  static Int128 period_of(Rate rate) {
    const double period = rate.per_second() > 0 ? 1e15 / rate.per_second() : 1e30;
    return period < 1e24 ? static_cast<Int128>(period + 0.5) : kLongestPeriod;
  }

  Int128 period_;  // between tokens
  Int128 depth_;   // the time that a whole bucket takes to fill
  Int128 full_at_ = -(Int128{1} << 120);
};

}  // namespace cdnsim
