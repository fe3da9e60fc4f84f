#include <algorithm>
#include <array>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/sampler/falling.hpp>

namespace cdnsim {

Falling::Falling(std::uint64_t n, Weight weight)
    : n_(n), weight_(std::move(weight)), steps_(steps_of(n, weight_)), choice_(hats_of(steps_)) {
  for (const Step& step : steps_) whole_ += sum_of(step);
}

std::vector<Falling::Step> Falling::steps_of(std::uint64_t n, const Weight& weight) {
  CDNSIM_ASSERT(n >= 1 && n <= kMost, "a falling law needs 1 to 2^40 ranks");
  constexpr std::uint64_t kPart = 32;
  std::vector<Step> steps;
  for (std::uint64_t first = 0; first < n; first += steps.back().count) {
    const std::uint64_t count = std::min(std::max(first / kPart, std::uint64_t{1}), n - first);
    const double highest = weight(static_cast<double>(first + 1));
    const double lowest = weight(static_cast<double>(first + count));
    CDNSIM_ASSERT(lowest > 0 && lowest <= highest && highest < math::kInfinity,
                  "the weights of a falling law fall and are above 0");
    steps.push_back(Step{first, count, highest, lowest / highest});
  }
  return steps;
}

std::vector<double> Falling::hats_of(const std::vector<Step>& steps) {
  std::vector<double> hats;
  for (const Step& step : steps) hats.push_back(step.weight * static_cast<double>(step.count));
  return hats;
}

// Rank by rank where there are few; else the integral over its ranks by the rule of Gauss and
// Legendre, which is nearer than 10^-7 to their sum from 2,048 ranks on.
double Falling::sum_of(const Step& step) const {
  constexpr std::uint64_t kFew = 64;
  if (step.count < kFew) {
    double sum = 0;
    for (std::uint64_t i = 0; i < step.count; ++i) sum += weight_of(step.first + i);
    return sum;
  }
  constexpr std::array kPlaces = {-0.8611363115940526, -0.3399810435848563, 0.3399810435848563,
                                  0.8611363115940526};
  constexpr std::array kShares = {0.3478548451374538, 0.6521451548625461, 0.6521451548625461,
                                  0.3478548451374538};
  const double half = static_cast<double>(step.count) / 2;
  const double middle = static_cast<double>(step.first) + 0.5 + half;
  double sum = 0;
  for (std::size_t i = 0; i < kPlaces.size(); ++i) {
    sum += kShares[i] * weight_(middle + half * kPlaces[i]);
  }
  return sum * half;
}

}  // namespace cdnsim
