#include <algorithm>
#include <limits>
#include <numeric>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/economics/exact.hpp>

namespace cdnsim {
namespace {

constexpr Int128 kMost = std::numeric_limits<std::int64_t>::max();

struct Part {
  std::size_t index;
  Int128 lost;  // by rounding down, in units of 1 / sum of weights
};

}  // namespace

std::int64_t scaled_to_nearest(std::int64_t a, std::int64_t b, std::int64_t divisor) {
  CDNSIM_ASSERT(a >= 0 && b >= 0 && divisor > 0, "quantities and prices are not negative");
  // Halves of odd divisors do not exist, so rounding the half down changes nothing.
  const Int128 nearest = (static_cast<Int128>(a) * b + divisor / 2) / divisor;
  CDNSIM_REQUIRE_USER(
      nearest <= kMost,
      "a figure of the bill is beyond 9.2e18 (of money: 9.2 billion USD); lower the "
      "price or the traffic");
  return static_cast<std::int64_t>(nearest);
}

std::int64_t percentile(std::span<const std::int64_t> values, std::span<const std::uint32_t> times,
                        unsigned percent) {
  CDNSIM_ASSERT(times.empty() || times.size() == values.size(), "a count for each value");
  const auto times_of = [&](std::size_t i) { return times.empty() ? 1u : times[i]; };
  std::vector<std::uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  std::uint64_t samples = 0;
  for (std::size_t i = 0; i < values.size(); ++i) samples += times_of(i);
  if (samples == 0) return 0;
  const std::uint64_t number = (percent * samples + 99) / 100;
  std::uint64_t passed = 0;
  for (const std::uint32_t i : order) {
    passed += times_of(i);
    if (passed >= number) return values[i];
  }
  return values[order.back()];
}

std::vector<Int128> split(Int128 whole, std::span<const std::int64_t> weights) {
  const std::int64_t sum = capped_sum(weights);
  CDNSIM_ASSERT(whole >= 0 && sum > 0 && sum < kMost, "weights that a whole can be split by");
  // whole weight / sum in two steps, since the product may be beyond 128 bits.
  const Int128 quotient = whole / sum;
  const Int128 rest = whole % sum;
  std::vector<Int128> parts;
  std::vector<Part> by_loss;
  Int128 left = whole;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Int128 fraction = rest * weights[i];
    parts.push_back(quotient * weights[i] + fraction / sum);
    by_loss.push_back({i, fraction % sum});
    left -= parts.back();
  }
  std::stable_sort(by_loss.begin(), by_loss.end(),
                   [](const Part& a, const Part& b) { return a.lost > b.lost; });
  CDNSIM_ASSERT(left < static_cast<Int128>(weights.size()), "each part lost less than one unit");
  for (std::size_t i = 0; left > 0; ++i, --left) ++parts[by_loss[i].index];
  return parts;
}

std::vector<Money> split(Money whole, std::span<const std::int64_t> weights) {
  std::vector<Money> parts;
  for (const Int128 part : split(static_cast<Int128>(whole.count()), weights)) {
    parts.emplace_back(static_cast<std::int64_t>(part));
  }
  return parts;
}

std::vector<std::int64_t> as_weights(std::span<const Int128> counts) {
  Int128 sum = 0;
  for (const Int128 count : counts) sum += count;
  int halvings = 0;
  while (sum >> halvings >= kMost) ++halvings;
  std::vector<std::int64_t> weights;
  for (const Int128 count : counts) {
    weights.push_back(static_cast<std::int64_t>(count >> halvings));
  }
  return weights;
}

std::int64_t capped_sum(std::span<const std::int64_t> counts) {
  Int128 sum = 0;
  for (const std::int64_t count : counts) sum += count;
  return static_cast<std::int64_t>(std::min(sum, kMost));
}

}  // namespace cdnsim
