#include <cmath>
#include <limits>

#include <cdnsim/base/math.hpp>
#include <tests/support/catch.hpp>

#include "statistics.hpp"

using namespace cdnsim;
using test::relative_error;

namespace math_test {

constexpr int kDraws = 60'000;
constexpr double kMost = std::numeric_limits<double>::max();
constexpr double kLeastNormal = std::numeric_limits<double>::min();
constexpr double kLeast = std::numeric_limits<double>::denorm_min();

// The largest relative error of `ours` against `theirs` over arguments that `argument` makes of
// uniform numbers.
template <class Ours, class Theirs, class Argument>
double worst(const char* name, Ours ours, Theirs theirs, Argument argument) {
  DrawStream draws = test::draws_for(name);
  double error = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = argument(unit(draws.next()));
    error = std::fmax(error, relative_error(ours(x), theirs(static_cast<long double>(x))));
  }
  return error;
}

TEST_CASE("exp and exp2 are within an ulp and a half of the long double library") {
  const auto exp = [](double x) { return math::exp(x); };
  const auto exp2 = [](double x) { return math::exp2(x); };
  CHECK(worst("exp", exp, expl, [](double u) { return u * 1416 - 708; }) < 3e-16);
  CHECK(worst("exp0", exp, expl, [](double u) { return (u - 0.5) * 1e-3; }) < 3e-16);
  CHECK(worst("exp2", exp2, exp2l, [](double u) { return u * 2044 - 1022; }) < 3e-16);
}

TEST_CASE("exp at its edges") {
  CHECK(math::exp(0) == 1.0);
  CHECK(math::exp(-0.0) == 1.0);
  CHECK(math::exp(1e-300) == 1.0);
  CHECK(relative_error(math::exp(1), expl(1)) < 3e-16);
  CHECK(relative_error(math::exp(709.78), expl(709.78L)) < 1e-13);  // 709.78 is not 709.78L
  CHECK(math::exp(709.79) == math::kInfinity);
  CHECK(math::exp(kMost) == math::kInfinity);
  CHECK(math::exp(math::kInfinity) == math::kInfinity);
  CHECK(math::exp(-math::kInfinity) == 0.0);
  CHECK(math::exp(-745.13) == kLeast);
  CHECK(math::exp(-745.14) == 0.0);
  CHECK(math::exp(-800) == 0.0);
  CHECK(std::isnan(math::exp(math::kNan)));
  CHECK(math::exp2(0) == 1.0);
  CHECK(math::exp2(10) == 1024.0);
  CHECK(math::exp2(1023) == 0x1p1023);
  CHECK(math::exp2(1024) == math::kInfinity);
  CHECK(math::exp2(-1074) == kLeast);
  CHECK(math::exp2(-1076) == 0.0);
  CHECK(std::isnan(math::exp2(math::kNan)));
}

TEST_CASE("subnormal results of exp are right to their last bit or so") {
  for (double x = -744; x < -708; x += 0.37) {
    const double error = math::exp(x) - static_cast<double>(expl(x));
    CHECK(std::fabs(error) <= kLeast + 3e-16 * math::exp(x));
  }
}

TEST_CASE("log and log1p are within an ulp and a half of the long double library") {
  const auto log = [](double x) { return math::log(x); };
  const auto log1p = [](double x) { return math::log1p(x); };
  const auto wide = [](double u) { return std::ldexp(1 + u, static_cast<int>(u * 2044) - 1022); };
  CHECK(worst("log", log, logl, wide) < 3e-16);
  CHECK(worst("log1", log, logl, [](double u) { return 0.6 + u * 0.9; }) < 3e-16);
  CHECK(worst("log11", log, logl, [](double u) { return 1 + (u - 0.5) * 1e-6; }) < 3e-16);
  CHECK(worst("log1p", log1p, log1pl, [](double u) { return u * 3 - 0.999; }) < 5e-16);
  CHECK(worst("log1p0", log1p, log1pl,
              [](double u) { return std::copysign(std::exp(-50 * u), u - 0.5) * 0.99; }) < 5e-16);
}

TEST_CASE("log at its edges") {
  CHECK(math::log(1) == 0.0);
  CHECK(math::log(0) == -math::kInfinity);
  CHECK(math::log(-0.0) == -math::kInfinity);
  CHECK(std::isnan(math::log(-1)));
  CHECK(std::isnan(math::log(-math::kInfinity)));
  CHECK(std::isnan(math::log(math::kNan)));
  CHECK(math::log(math::kInfinity) == math::kInfinity);
  for (const double x : {kLeast, 3 * kLeast, kLeastNormal, kLeastNormal / 2, kMost,
                         std::nextafter(1.0, 0.0), std::nextafter(1.0, 2.0), 0.6875, 1.375}) {
    CHECK(relative_error(math::log(x), logl(x)) < 3e-16);
  }
  CHECK(math::log1p(0) == 0.0);
  CHECK(math::log1p(1e-30) == 1e-30);
  CHECK(math::log1p(-1) == -math::kInfinity);
  CHECK(std::isnan(math::log1p(-1.5)));
  CHECK(math::log1p(math::kInfinity) == math::kInfinity);
}

TEST_CASE("log has no step where its table's rows meet") {
  for (int i = 0; i <= 64; ++i) {
    const double edge = std::bit_cast<double>(0x3fe6000000000000 + (std::uint64_t(i) << 46));
    for (const double x : {std::nextafter(edge, 0.0), edge, std::nextafter(edge, 2.0)}) {
      CHECK(relative_error(math::log(x), logl(x)) < 3e-16);
    }
  }
}

TEST_CASE("pow is within four ulps, for large exponents too") {
  DrawStream draws = test::draws_for("pow");
  double error = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = std::exp((unit(draws.next()) - 0.5) * 600);
    const double y = (unit(draws.next()) - 0.5) * 4.6;
    error = std::fmax(error, relative_error(math::pow(x, y), powl(x, y)));
    const double near_one = 0.5 + unit(draws.next());
    error = std::fmax(error, relative_error(math::pow(near_one, y * 300), powl(near_one, y * 300)));
  }
  CHECK(error < 9e-16);
}

TEST_CASE("pow at its edges") {
  CHECK(math::pow(0, 0) == 1.0);
  CHECK(math::pow(math::kNan, 0) == 1.0);
  CHECK(math::pow(1, math::kNan) == 1.0);
  CHECK(math::pow(0, 2) == 0.0);
  CHECK(math::pow(0, -2) == math::kInfinity);
  CHECK(math::pow(math::kInfinity, 2) == math::kInfinity);
  CHECK(math::pow(math::kInfinity, -2) == 0.0);
  CHECK(math::pow(0.5, math::kInfinity) == 0.0);
  CHECK(math::pow(2, math::kInfinity) == math::kInfinity);
  CHECK(math::pow(2, -math::kInfinity) == 0.0);
  CHECK(math::pow(0.5, -math::kInfinity) == math::kInfinity);
  CHECK(std::isnan(math::pow(-2, 2)));
  CHECK(std::isnan(math::pow(2, math::kNan)));
  CHECK(math::pow(10, 400) == math::kInfinity);
  CHECK(math::pow(10, -400) == 0.0);
  CHECK(math::pow(2, 0.5) == Approx(std::sqrt(2.0)).epsilon(1e-15));
  CHECK(relative_error(math::pow(kLeast, 0.5), powl(kLeast, 0.5L)) < 9e-16);
  CHECK(math::pow(2, 10) == 1024.0);
}

TEST_CASE("log_gamma is log((x - 1)!) and agrees with the library between") {
  CHECK(math::log_gamma(1) == 0.0);
  CHECK(math::log_gamma(2) == 0.0);
  CHECK(relative_error(math::log_gamma(5), logl(24)) < 1e-14);
  CHECK(relative_error(math::log_gamma(0.5), logl(acosl(-1)) / 2) < 1e-14);
  DrawStream draws = test::draws_for("log_gamma");
  for (int i = 0; i < kDraws / 10; ++i) {
    const double x = std::exp(unit(draws.next()) * 30 - 5);
    const long double theirs = lgammal(x);
    const double error = static_cast<double>(std::fabs(math::log_gamma(x) - theirs));
    // Near its zeros at 1 and 2 only the absolute error can be small.
    REQUIRE(error < 3e-14 * std::fmax(1.0, static_cast<double>(std::fabs(theirs))));
  }
}

TEST_CASE("inverse_normal is the inverse of the normal distribution") {
  CHECK(math::inverse_normal(0.5) == 0.0);
  CHECK(math::inverse_normal(0.975) == Approx(1.959963984540054).epsilon(1e-14));
  CHECK(math::inverse_normal(0.25) == -math::inverse_normal(0.75));
  CHECK(math::inverse_normal(0) == -math::kInfinity);
  CHECK(math::inverse_normal(1) == math::kInfinity);
  CHECK(std::isnan(math::inverse_normal(-0.1)));
  CHECK(std::isnan(math::inverse_normal(math::kNan)));
  DrawStream draws = test::draws_for("inverse_normal");
  for (int i = 0; i < kDraws / 10; ++i) {
    const double p = i % 2 == 0 ? unit_open(draws.next()) : std::exp(-700 * unit(draws.next()));
    const double x = math::inverse_normal(p);
    // The error of x by Newton's step: (P(X < x) - p) / density(x).
    const long double z = x;
    const long double distance = erfcl(-z / sqrtl(2)) / 2 - static_cast<long double>(p);
    const long double density = expl(-z * z / 2) / sqrtl(2 * acosl(-1));
    const long double margin = 1e-15L + 1e-15L * std::fabs(z);
    if (z < 6) REQUIRE(static_cast<double>(std::fabs(distance / density)) < double(margin));
  }
}

}  // namespace math_test
