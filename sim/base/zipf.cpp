#include <array>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/sampler/zipf.hpp>

namespace cdnsim {
namespace {

// From here on 1 - exponent is large enough to divide by.
constexpr double kNearOne = 1.0 / 1024;

// (e^t - 1) / t.
double expm1_ratio(double t) {
  if (t > 1.0 / 32 || t < -1.0 / 32) return (math::exp(t) - 1) / t;
  double sum = 1;
  for (int i = 10; i >= 2; --i) sum = 1 + sum * t / i;
  return sum;
}

// The area under x^-exponent from a to b.
double area(double a, double b, double exponent) {
  const double log_ratio = math::log(b / a);
  const double power = 1 - exponent;
  return math::pow(a, power) * log_ratio * expm1_ratio(power * log_ratio);
}

}  // namespace

Zipf::Zipf(std::uint64_t n, double exponent)
    : n_(n), exponent_(exponent), power_(1 - exponent), most_(static_cast<double>(n)) {
  CDNSIM_ASSERT(n >= 1 && n <= kMost, "Zipf needs 1 to 2^50 ranks");
  CDNSIM_ASSERT(exponent >= 0 && exponent <= kExponentMost, "Zipf's exponent is 0 to 1000");
  const bool near_one = power_ > -kNearOne && power_ < kNearOne;
  kind_ = exponent == 0 ? Kind::uniform : near_one ? Kind::near_one : Kind::power;
  if (kind_ == Kind::power) inverse_power_ = 1 / power_;
  last_ = position_of(most_ + 0.5);
  span_ = position_rejected_below(1) - last_;  // the first rank's piece is cut to size: no waste
  const double two = position_rejected_below(2);
  squeeze_ = 2 - (kind_ == Kind::near_one ? math::exp(near_one_exponent(two))
                                          : math::pow(two, inverse_power_));
}

double Zipf::position_of(double x) const {
  return kind_ == Kind::near_one ? area(1, x, exponent_) : math::pow(x, power_);
}

double Zipf::position_rejected_below(double k) const {
  const double weight = math::pow(k, -exponent_);
  return position_of(k + 0.5) - (kind_ == Kind::near_one ? weight : power_ * weight);
}

bool Zipf::accepts(double position, double k) const {
  const double least = position_rejected_below(k);
  // Above an exponent of 1, v falls where x grows.
  return kind_ == Kind::power && power_ < 0 ? position <= least : position >= least;
}

double Zipf::probability(std::uint64_t rank) const {
  CDNSIM_ASSERT(rank < n_, "this law has no such rank");
  return math::pow(static_cast<double>(rank + 1), -exponent_) / zipf_normaliser(n_, exponent_);
}

double zipf_normaliser(std::uint64_t n, double exponent) {
  // Euler and Maclaurin from a few terms on; more of them for an exponent that makes terms steep.
  const auto first = static_cast<std::uint64_t>(32 + exponent);
  double sum = 0;
  for (std::uint64_t k = std::min(n, first - 1); k >= 1; --k) {
    sum += math::pow(static_cast<double>(k), -exponent);
  }
  if (n < first) return sum;
  const double a = static_cast<double>(first), b = static_cast<double>(n);
  const double at_a = math::pow(a, -exponent), at_b = math::pow(b, -exponent);
  sum += area(a, b, exponent) + (at_a + at_b) / 2;
  // Bernoulli numbers over factorials: B2/2!, B4/4!, ...
  constexpr std::array kSeries = {1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600,
                                  1.0 / 47900160};
  double slope_a = exponent * at_a / a, slope_b = exponent * at_b / b;
  double order = exponent;
  for (const double factor : kSeries) {
    sum += factor * (slope_a - slope_b);
    const double rise = (order + 1) * (order + 2);
    slope_a *= rise / (a * a);
    slope_b *= rise / (b * b);
    order += 2;
  }
  return sum;
}

}  // namespace cdnsim
