#include <algorithm>
#include <cmath>
#include <numbers>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/models/geography/coordinates.hpp>
#include <tests/support/catch.hpp>

using namespace cdnsim;

namespace coordinates_test {

constexpr int kDraws = 20'000;

// By another formula than the simulator's, which loses no digits anywhere either: the angle between
// two vectors, as the arc tangent of the lengths of their cross and scalar products.
double metres_apart(Coordinates a, Coordinates b) {
  constexpr long double kRadian = std::numbers::pi_v<long double> / 180e6L;
  const long double p = a.latitude * kRadian, q = b.latitude * kRadian;
  const long double turn = (static_cast<long double>(b.longitude) - a.longitude) * kRadian;
  const long double x = cosl(q) * sinl(turn);
  const long double y = cosl(p) * sinl(q) - sinl(p) * cosl(q) * cosl(turn);
  const long double z = sinl(p) * sinl(q) + cosl(p) * cosl(q) * cosl(turn);
  return static_cast<double>(6'371'000 * atan2l(hypotl(x, y), z));
}

std::int32_t drawn(DrawStream& draws, std::int32_t most) {
  return static_cast<std::int32_t>((unit(draws.next()) - 0.5) * 2 * most);
}

double error_of(Coordinates a, Coordinates b) {
  return std::fabs(static_cast<double>(great_circle(a, b).count()) - metres_apart(a, b));
}

TEST_CASE("a distance is that of the great circle, to the nearest metre") {
  DrawStream draws(draw_key(2024, {"test", "great circle"}), Counter{});
  double error = 0;
  for (int i = 0; i < kDraws; ++i) {
    const std::int32_t north = drawn(draws, 90'000'000), east = drawn(draws, 180'000'000);
    const Coordinates a{north, east};
    const std::int32_t to_north = drawn(draws, 90'000'000), to_east = drawn(draws, 180'000'000);
    error = std::fmax(error, error_of(a, {to_north, to_east}));
    // Next to it, and next to the opposite end of the globe.
    const std::int32_t up = drawn(draws, 1'000), right = drawn(draws, 1'000);
    const std::int32_t near = std::clamp(north + up, -90'000'000, 90'000'000);
    const std::int32_t beside = std::clamp(east + right, -180'000'000, 180'000'000);
    error = std::fmax(error, error_of(a, {near, beside}));
    error = std::fmax(
        error, error_of({-near, beside > 0 ? beside - 180'000'000 : beside + 180'000'000}, a));
  }
  // Half a metre is rounding; near the opposite end a double's last digit is worth 0.1 m.
  CHECK(error < 0.7);
}

TEST_CASE("a quarter of the way round, and half of it") {
  const Coordinates pole{90'000'000, 0}, equator{0, 70'000'000}, south{-90'000'000, 12'345};
  CHECK(great_circle(pole, equator).count() == 10'007'543);  // pi/2 * 6371 km = 10,007,543.4 m
  CHECK(great_circle(pole, south).count() == 20'015'087);    // pi * 6371 km = 20,015,086.8 m
  CHECK(great_circle(pole, south) == kFurthest);
  CHECK(great_circle({0, 180'000'000}, {0, -180'000'000}).count() == 0);
  CHECK(great_circle({0, 179'000'000}, {0, -179'000'000}).count() == 222'390);  // 2 degrees
  CHECK(great_circle(equator, equator).count() == 0);
  CHECK(great_circle({0, 0}, {0, 100}).count() == 11);  // a tenth of a thousandth of 111.195 km
}

TEST_CASE("it is as far back as there") {
  DrawStream draws(draw_key(2024, {"test", "there and back"}), Counter{});
  for (int i = 0; i < kDraws; ++i) {
    const std::int32_t a = drawn(draws, 90'000'000), b = drawn(draws, 180'000'000);
    const std::int32_t c = drawn(draws, 90'000'000), d = drawn(draws, 180'000'000);
    REQUIRE(great_circle({a, b}, {c, d}) == great_circle({c, d}, {a, b}));
  }
}

TEST_CASE("degrees are rounded to millionths") {
  CHECK(coordinates(40.71427, -74.00597) == Coordinates{40'714'270, -74'005'970});
  CHECK(coordinates(0.0000004, -0.0000006) == Coordinates{0, -1});
  CHECK(coordinates(-90, 180) == Coordinates{-90'000'000, 180'000'000});
  CHECK(is_on_globe({90'000'000, -180'000'000}));
  CHECK_FALSE(is_on_globe({90'000'001, 0}));
  CHECK_FALSE(is_on_globe({0, 180'000'001}));
}

TEST_CASE("light in fibre covers 200 km in a millisecond, and the fibre's way is longer") {
  CHECK(fibre_delay(Distance(1'000'000), 1) == 5ms);
  CHECK(fibre_delay(Distance(1'000'000)) == 8'300us);  // 5 ms * 1.66
  CHECK(fibre_delay(Distance(1'000'000), 0) == 0ms);
  CHECK(fibre_delay(Distance(0)) == 0ms);
  CHECK(fibre_delay(Distance(1), 1.5) == 8ns);  // 7.5 ns, rounded
  CHECK(fibre_delay(kFurthest, 1) == 100'075'435ns);
}

}  // namespace coordinates_test
