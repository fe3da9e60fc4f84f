#include "size_fit.hpp"

#include <algorithm>
#include <cmath>

#include <cdnsim/base/math.hpp>

namespace cdnsim {
namespace {

double log_of(std::int64_t size) { return math::log(static_cast<double>(size)); }

// Below z in the standard normal law, to seven decimals (Abramowitz and Stegun, 26.2.17).
double normal_share(double z) {
  constexpr double kDensityAt0 = 0.3989422804014327;
  const double t = 1 / (1 + 0.2316419 * std::abs(z));
  const double series =
      t *
      (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const double above = kDensityAt0 * math::exp(-z * z / 2) * series;
  return z >= 0 ? 1 - above : above;
}

}  // namespace

SizeFit fit_lognormal(const std::vector<std::int64_t>& sorted) {
  const auto count = static_cast<double>(sorted.size());
  double mean = 0, squares = 0;
  for (const std::int64_t size : sorted) mean += log_of(size);
  mean /= count;
  for (const std::int64_t size : sorted) squares += (log_of(size) - mean) * (log_of(size) - mean);
  if (sorted.front() == sorted.back()) return {static_cast<double>(sorted.front()), 0, 0};
  const double sigma = std::sqrt(squares / count);
  double distance = 0;
  for (std::size_t i = 0, end = 0; i < sorted.size(); i = end) {
    while (end < sorted.size() && sorted[end] == sorted[i]) ++end;
    const double share = normal_share((log_of(sorted[i]) - mean) / sigma);
    distance = std::max({distance, share - static_cast<double>(i) / count,
                         static_cast<double>(end) / count - share});
  }
  return {math::exp(mean), sigma, distance};
}

}  // namespace cdnsim
