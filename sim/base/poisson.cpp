#include <cdnsim/base/sampler/poisson.hpp>

namespace cdnsim {
namespace {

// log(k!) less its first Stirling terms. REQUIRES: k >= 16.
double stirling_rest(double k) {
  const double i = 1 / k, i2 = i * i;
  return i * (1.0 / 12 - i2 * (1.0 / 360 - i2 * (1.0 / 1260 - i2 * (1.0 / 1680 - i2 / 1188))));
}

// k log(k / mean) + mean - k, without losing the digits that cancel where k is near the mean.
double deviance(double k, double mean) {
  const double difference = k - mean;
  if (std::abs(difference) >= 0.1 * (k + mean)) return k * math::log(k / mean) - difference;
  const double v = difference / (k + mean);
  double sum = difference * v;
  double term = 2 * k * v;
  for (int j = 1; j < 100; ++j) {
    term *= v * v;
    const double next = sum + term / (2 * j + 1);
    if (next == sum) break;
    sum = next;
  }
  return sum;
}

}  // namespace

double log_poisson_probability(double k, double mean) {
  constexpr double k2Pi = 0x1.921fb54442d18p2;
  if (k < 16) return k * math::log(mean) - mean - math::log_gamma(k + 1);
  return -deviance(k, mean) - stirling_rest(k) - 0.5 * math::log(k2Pi * k);
}

}  // namespace cdnsim
