#include <cmath>
#include <numeric>
#include <vector>

#include <boost/math/distributions/students_t.hpp>

#include <cdnsim/base/check.hpp>
#include <cdnsim/compare/interval.hpp>

namespace cdnsim::compare {
namespace {

// In doubles: long doubles differ by machine, and not every tool has them.
using InDoubles = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using StudentT = boost::math::students_t_distribution<double, InDoubles>;

// Of the mean: the sample's variance over its size.
double variance_of_mean(std::span<const double> values) {
  const double middle = mean(values);
  double squares = 0;
  for (const double value : values) squares += (value - middle) * (value - middle);
  const auto count = static_cast<double>(values.size());
  return squares / (count - 1) / count;
}

Interval interval(double middle, double deviation, double degrees) {
  if (deviation == 0) return Interval{middle, 0, middle == 0 ? 1.0 : 0.0};
  const StudentT t(degrees);
  const double beyond = boost::math::cdf(boost::math::complement(t, std::abs(middle) / deviation));
  return Interval{middle, student_t95(degrees) * deviation, 2 * beyond};
}

}  // namespace

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double student_t95(double degrees) { return boost::math::quantile(StudentT(degrees), 0.975); }

std::optional<Interval> mean_of(std::span<const double> values) {
  if (values.size() < 2) return std::nullopt;
  return interval(mean(values), std::sqrt(variance_of_mean(values)),
                  static_cast<double>(values.size() - 1));
}

std::optional<Interval> paired_difference(std::span<const double> a, std::span<const double> b) {
  CDNSIM_ASSERT(a.size() == b.size(), "pairs have two sides");
  std::vector<double> differences;
  for (std::size_t i = 0; i < a.size(); ++i) differences.push_back(b[i] - a[i]);
  return mean_of(differences);
}

std::optional<Interval> difference(std::span<const double> a, std::span<const double> b) {
  const double change = mean(b) - mean(a);
  if (a.size() < 2 || b.size() < 2) {
    const std::span<const double> many = a.size() < 2 ? b : a;
    if (many.size() < 2) return std::nullopt;
    const auto count = static_cast<double>(many.size());
    return interval(change, std::sqrt(variance_of_mean(many) * (count + 1)), count - 1);
  }
  const double va = variance_of_mean(a);
  const double vb = variance_of_mean(b);
  if (va + vb == 0) return interval(change, 0, 1);
  // Welch and Satterthwaite.
  const double degrees =
      (va + vb) * (va + vb) /
      (va * va / static_cast<double>(a.size() - 1) + vb * vb / static_cast<double>(b.size() - 1));
  return interval(change, std::sqrt(va + vb), degrees);
}

}  // namespace cdnsim::compare
