#include <cmath>

#include <cdnsim/base/math.hpp>
#include <cdnsim/tools/curve_chart.hpp>
#include <tests/support/catch.hpp>

namespace cdnsim::tools {
namespace {

CurvePoint point(const char* policy, std::int64_t size, double ratio) {
  CurvePoint point;
  point.spec = {*parse<PolicyText>(policy).value, size};
  point.miss_ratio = ratio;
  return point;
}

TEST_CASE("lines go by policy, sizes rise, and what has no ratio is left out") {
  const Curves curves{"t",
                      true,
                      1,
                      {point("lru", 100, 0.2), point("lru", 1, 0.9), point("lru", 10, math::kNan),
                       point("fifo", 1, 0.95)}};
  const std::vector<CurveLine> lines = lines_of(curves);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].policy == "lru");
  REQUIRE(lines[0].points.size() == 2);
  CHECK(lines[0].points[0].spec.size == 1);
  const CurveScales scales = scales_of(lines);
  CHECK(scales.ratio_least == Approx(0.2));
  CHECK(scales.ratio_most == Approx(1.0));
  CHECK(scales.across(10) == Approx(0.5));
  CHECK(scales.up(0.6) == Approx(0.5));
  CHECK(ratio_at(lines[0], scales, 0.5) == Approx(0.55));
  CHECK(ratio_at(lines[0], scales, 1) == Approx(0.2));
  CHECK(std::isnan(ratio_at(lines[1], scales, 0.5)));
}

TEST_CASE("a text chart draws a straight line as one, the first policy in front") {
  const Curves curves{
      "t",
      true,
      1,
      {point("lru", 1, 1), point("lru", 1000, 0), point("fifo", 1, 1), point("fifo", 1000, 1)}};
  std::vector<std::string> rows(1);
  for (const char c : text_chart(curves)) {
    if (c == '\n') {
      rows.emplace_back();
    } else {
      rows.back() += c;
    }
  }
  // A title, 16 rows, the axis, its sizes and the policies; nothing after the last line's end.
  REQUIRE(rows.size() == 21);
  // 60 columns over 16 rows: four columns a row, but two in the first and the last.
  CHECK(rows[1] == "  100.0 % ┤**" + std::string(58, 'o'));
  CHECK(rows[2] == "          │  ****");
  CHECK(rows[16] == "    0.0 % ┤" + std::string(58, ' ') + "**");
  CHECK(rows[18].substr(11, 1) == "1");
  CHECK(rows[18].size() == 71);
  CHECK(rows[18].substr(67) == "1000");
  CHECK(rows[19] == "           objects in the cache:  * lru  o fifo");
}

TEST_CASE("charts of nothing, of one point and of equal points do not divide by nothing") {
  CHECK(text_chart({"t", true, 1, {}}).empty());
  for (const double ratio : {0.0, 0.5, 1.0}) {
    const Curves one{"t", false, 1, {point("lru", 7, ratio)}};
    CHECK_THAT(text_chart(one), Catch::Contains("*"));
    CHECK_THAT(curves_svg(one), !Catch::Contains("nan") && !Catch::Contains("inf"));
  }
  CHECK_THAT(curves_svg({"t", true, 1, {}}), Catch::EndsWith("</svg>\n"));
}

}  // namespace
}  // namespace cdnsim::tools
