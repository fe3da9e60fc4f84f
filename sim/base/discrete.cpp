#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/math.hpp>
#include <cdnsim/base/sampler/discrete.hpp>

namespace cdnsim {
namespace {

constexpr std::uint64_t kHeight = std::uint64_t{1} << 32;

// Each weight as a whole number of parts, so that all make `weights.size()` columns exactly.
std::vector<std::uint64_t> parts_of(std::span<const double> weights) {
  double sum = 0;
  for (const double weight : weights) {
    CDNSIM_ASSERT(weight >= 0 && weight < math::kInfinity, "a weight is not negative and finite");
    sum += weight;
  }
  CDNSIM_ASSERT(sum > 0 && sum < math::kInfinity, "some weight is above zero");
  const std::uint64_t whole = weights.size() * kHeight;
  std::vector<std::uint64_t> parts;
  std::uint64_t given = 0;
  for (const double weight : weights) {
    const double share = weight / sum * static_cast<double>(whole);
    parts.push_back(std::max(static_cast<std::uint64_t>(share), std::uint64_t{weight > 0}));
    given += parts.back();
  }
  // What rounding lost or won, a few parts for each weight, is the largest one's.
  *std::max_element(parts.begin(), parts.end()) += whole - given;
  return parts;
}

}  // namespace

Discrete::Discrete(std::span<const double> weights) {
  CDNSIM_ASSERT(!weights.empty() && weights.size() < (1U << 20), "too few or too many weights");
  std::vector<std::uint64_t> parts = parts_of(weights);
  columns_.resize(parts.size());
  std::vector<std::uint32_t> low, high;
  for (std::uint32_t i = 0; i < parts.size(); ++i) {
    columns_[i] = {kHeight, i};
    if (parts[i] < kHeight) low.push_back(i);
    if (parts[i] > kHeight) high.push_back(i);
  }
  while (!low.empty()) {
    CDNSIM_ASSERT(!high.empty(), "the columns lack as much as they have over");
    const std::uint32_t poor = low.back(), rich = high.back();
    low.pop_back();
    columns_[poor] = {parts[poor], rich};
    parts[rich] -= kHeight - parts[poor];
    if (parts[rich] > kHeight) continue;
    high.pop_back();
    if (parts[rich] < kHeight) low.push_back(rich);
  }
}

}  // namespace cdnsim
