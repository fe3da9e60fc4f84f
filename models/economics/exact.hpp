// Exact integer arithmetic of bills: amounts, percentiles, and splits whose parts sum to the whole.
// Does not know what is paid for.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <cdnsim/base/int128.hpp>
#include <cdnsim/base/quantity.hpp>

namespace cdnsim {

// a b / divisor to the nearest whole, a half upwards. A result beyond 64 bits is the user's
// mistake: some figure of the bill is far too large. REQUIRES: a, b >= 0, divisor > 0.
std::int64_t scaled_to_nearest(std::int64_t a, std::int64_t b, std::int64_t divisor);

// What `count` costs at `price` for `per` of it. REQUIRES: as above.
inline Money amount_of(Money price, std::int64_t count, std::int64_t per) {
  return Money{scaled_to_nearest(price.count(), count, per)};
}

// Of all samples in ascending order, number ceil(percent n / 100). values[i] stands for times[i]
// samples; without `times` each stands for one. 0 where there is no sample. REQUIRES: values >= 0,
// 0 < percent <= 100, as many times as values or none.
std::int64_t percentile(std::span<const std::int64_t> values,
                        std::span<const std::uint32_t> times = {}, unsigned percent = 95);

// Each weight's share of the whole, in whole units that sum to it exactly: all are rounded down,
// and what is left goes one by one to those that lost most by it, the earlier of equals first.
// REQUIRES: whole >= 0; weights >= 0, their sum above 0 and within 64 bits.
std::vector<Int128> split(Int128 whole, std::span<const std::int64_t> weights);
std::vector<Money> split(Money whole, std::span<const std::int64_t> weights);

// Counts as weights for split(): themselves, or halved together until their sum fits.
std::vector<std::int64_t> as_weights(std::span<const Int128> counts);

// Their sum, at most the largest int64. REQUIRES: none is negative.
std::int64_t capped_sum(std::span<const std::int64_t> counts);

}  // namespace cdnsim
