#include <cmath>

#include <cdnsim/base/math_trig.hpp>
#include <tests/support/catch.hpp>

#include "statistics.hpp"

using namespace cdnsim;
using test::relative_error;

namespace math_trig_test {

constexpr int kDraws = 60'000;
constexpr double kError = 1e-15;

double drawn(DrawStream& draws, double most) { return (unit(draws.next()) - 0.5) * 2 * most; }

TEST_CASE("sin and cos agree with the long double library") {
  DrawStream draws = test::draws_for("sin");
  for (const double most : {1e-8, 0.8, 3.2, 100.0, 9e5}) {
    double error = 0;
    for (int i = 0; i < kDraws; ++i) {
      const double x = drawn(draws, most);
      error = std::fmax(error, relative_error(math::sin(x), sinl(static_cast<long double>(x))));
      error = std::fmax(error, relative_error(math::cos(x), cosl(static_cast<long double>(x))));
    }
    CAPTURE(most);
    CHECK(error < kError);
  }
}

TEST_CASE("sin and cos are exact to the last digits where they are nearly 0") {
  for (int k = -600'000; k <= 600'000; k += 997) {
    const double x = k * (math::kPi / 2);
    const long double wide = x;
    CHECK(relative_error(k % 2 == 0 ? math::sin(x) : math::cos(x),
                         k % 2 == 0 ? sinl(wide) : cosl(wide)) < kError);
  }
}

TEST_CASE("sin and cos at their edges") {
  CHECK(math::sin(0) == 0.0);
  CHECK(math::cos(0) == 1.0);
  CHECK(math::sin(1e-300) == 1e-300);
  CHECK(math::cos(1e-300) == 1.0);
  CHECK(math::sin(math::kPi / 2) == 1.0);
  CHECK(math::cos(math::kPi) == -1.0);
  CHECK(math::sin(-2) == -math::sin(2));
  CHECK(math::cos(-2) == math::cos(2));
  CHECK(std::isnan(math::sin(1e6)));
  CHECK(std::isnan(math::cos(-math::kInfinity)));
  CHECK(std::isnan(math::sin(math::kNan)));
}

TEST_CASE("atan2 agrees with the long double library in every direction") {
  DrawStream draws = test::draws_for("atan2");
  double error = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = drawn(draws, 1);
    // From as large as x to a hundred orders of magnitude smaller, and the other way round.
    const double y = drawn(draws, 1) * std::exp(-230 * unit(draws.next()) * (i % 2));
    error = std::fmax(error, relative_error(math::atan2(y, x), atan2l(y, x)));
    error = std::fmax(error, relative_error(math::atan2(x, y), atan2l(x, y)));
  }
  CHECK(error < kError);
  for (int k = 0; k <= 64; ++k) {  // where the rows of its table meet, and between
    const double y = k / 64.0;
    CHECK(relative_error(math::atan2(y, 1), atan2l(y, 1)) < kError);
    CHECK(relative_error(math::atan2(1, y), atan2l(1, y)) < kError);
  }
}

TEST_CASE("atan2 at its edges") {
  CHECK(math::atan2(0, 0) == 0.0);
  CHECK(math::atan2(0, 2) == 0.0);
  CHECK(math::atan2(0, -2) == math::kPi);
  CHECK(math::atan2(3, 0) == math::kPi / 2);
  CHECK(math::atan2(-3, 0) == -math::kPi / 2);
  CHECK(math::atan2(1, 1) == math::kPi / 4);
  CHECK(std::isnan(math::atan2(math::kNan, 1)));
  CHECK(std::isnan(math::atan2(1, math::kNan)));
}

TEST_CASE("asin agrees with the long double library, also near its ends") {
  DrawStream draws = test::draws_for("asin");
  double error = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double small = std::exp(-30 * unit(draws.next()));
    for (const double x : {drawn(draws, 1), small, 1 - small, small - 1}) {
      error = std::fmax(error, relative_error(math::asin(x), asinl(static_cast<long double>(x))));
    }
  }
  CHECK(error < kError);
  CHECK(math::asin(1) == math::kPi / 2);
  CHECK(math::asin(-1) == -math::kPi / 2);
  CHECK(math::asin(0) == 0.0);
  CHECK(std::isnan(math::asin(1.0000001)));
  CHECK(std::isnan(math::asin(math::kNan)));
}

}  // namespace math_trig_test
