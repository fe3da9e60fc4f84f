// Rate curves: points, what lies between and beyond them, and local time.

#include <string>

#include <cdnsim/models/workload/curve.hpp>
#include <tests/support/catch.hpp>

namespace curve_test {

using namespace cdnsim;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

Curve curve(const std::string& text) {
  const Parsed<Curve> parsed = parse_curve(text);
  INFO(text << ": " << parsed.problem);
  REQUIRE(parsed.value.has_value());
  return *parsed.value;
}
std::string problem(const std::string& text) {
  const Parsed<Curve> parsed = parse_curve(text);
  CHECK_FALSE(parsed.value.has_value());
  return parsed.problem;
}

TEST_CASE("a constant curve is 1 at any time and place") {
  CHECK(Curve::constant().at(at(0s), 0h) == 1.0);
  CHECK(Curve::constant().at(at(99h), -5h) == 1.0);
}

TEST_CASE("points are joined by straight lines and held before and after") {
  const Curve c = curve("points:10s=1,5min=2.5,10min=0");
  CHECK(c.at(at(0s), 0h) == 1.0);
  CHECK(c.at(at(10s), 0h) == 1.0);
  CHECK(c.at(at(155s), 0h) == 1.75);
  CHECK(c.at(at(5min), 0h) == 2.5);
  CHECK(c.at(at(7min), 0h) == Approx(1.5));
  CHECK(c.at(at(10min), 0h) == 0.0);
  CHECK(c.at(at(99h), 0h) == 0.0);
}

TEST_CASE("points are moments of the run, not of local time") {
  CHECK(curve("points:0s=1,10s=2").at(at(5s), 9h) == 1.5);
}

TEST_CASE("the diurnal curve has a mean of 1 and follows local time") {
  const Curve c = Curve::diurnal();
  double sum = 0;
  for (int minute = 0; minute < 24 * 60; ++minute) sum += c.at(at(minute * 1min), 0h);
  CHECK(sum / (24 * 60) == Approx(1.0).epsilon(1e-9));

  CHECK(c.at(at(20h), 0h) == 1.55);  // the evening's peak
  CHECK(c.at(at(4h), 0h) == 0.40);
  CHECK(c.at(at(20h + 30min), 0h) == Approx((1.55 + 1.52) / 2));
  CHECK(c.at(at(23h + 30min), 0h) == Approx((1.28 + 0.90) / 2));  // on to the next day
  CHECK(c.at(at(12h), 8h) == 1.55);
  CHECK(c.at(at(25h), -5h) == 1.55);
  CHECK(c.at(at(1h), -5h) == 1.55);  // the evening before the run began
  CHECK(c.at(at(1h + 48h), -5h) == 1.55);
  CHECK(c.at(at(14h + 30min), 5h + 30min) == 1.55);
}

TEST_CASE("what is wrong with a curve is said") {
  CHECK(problem("weekly") ==
        "\"weekly\" is not a rate curve; write \"constant\", \"diurnal\", \"diurnal:1.8\" or "
        "\"points:0s=1,5min=2.5\"");
  CHECK(problem("points:0s=1,5s=-2") ==
        "\"5s=-2\" is not a point of a curve; write e.g. \"5min=2.5\"");
  CHECK(problem("points:0s") == "\"0s\" is not a point of a curve; write e.g. \"5min=2.5\"");
  CHECK(problem("points:0s=nan") ==
        "\"0s=nan\" is not a point of a curve; write e.g. \"5min=2.5\"");
  CHECK(problem("points:5s=1,5s=2") ==
        "the points of \"points:5s=1,5s=2\" must be in ascending order of time");
  CHECK_FALSE(problem("points:").empty());
  CHECK_FALSE(problem("points:5=1").empty());
  CHECK_FALSE(problem("points:0s=1,").empty());
}

TEST_CASE("a curve written as text reads back as it was") {
  for (const char* text : {"constant", "diurnal", "points:10s=1,5min=2.5,10min=0"}) {
    CHECK(to_text(curve(text)) == text);
    CHECK(curve(to_text(curve(text))) == curve(text));
  }
}

}  // namespace curve_test
