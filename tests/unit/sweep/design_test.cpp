// Points of designs, against lists written by hand.
#include <cmath>
#include <cstdio>
#include <set>
#include <string>

#include <cdnsim/config/reader.hpp>
#include <cdnsim/sweep/design.hpp>
#include <cdnsim/sweep/quantity.hpp>
#include <tests/support/catch.hpp>

namespace cdnsim::sweep {
namespace {

using Texts = std::vector<std::string>;

// Each point's values, as "1,2"; or what is wrong with the sweep.
Texts points_in(const std::string& text) {
  config::Document document;
  config::Problems problems(document);
  REQUIRE(config::read_text("sweep", text, document, problems));
  SweepSpec spec;
  config::Reader(document, problems).read_document(spec);
  const std::vector<Point> points = points_of(spec, problems);
  Texts texts;
  for (const Problem& problem : problems.sorted()) texts.push_back(to_text(problem));
  for (const Point& point : points) {
    std::string& line = texts.emplace_back();
    for (const Level& level : point.levels) line += (line.empty() ? "" : ",") + level.value.json;
  }
  return texts;
}

// The values of one parameter `x`, whose law is given.
Texts values_of(const std::string& law) {
  return points_in(R"({"scenario": "s", "vary": {"x": {"path": "/x", )" + law + "}}}");
}

std::string sweep_of(const std::string& vary, const std::string& more) {
  return R"({"scenario": "s", "vary": {)" + vary + "}" + more + "}";
}

constexpr const char* kAb =
    R"("a": {"path": "/a", "values": [1, 2, 3]}, "b": {"path": "/b", "values": ["x", "y"]})";

TEST_CASE("a grid has every combination, the last parameter fastest") {
  CHECK(points_in(sweep_of(kAb, "")) ==
        Texts{"1,\"x\"", "1,\"y\"", "2,\"x\"", "2,\"y\"", "3,\"x\"", "3,\"y\""});
}

TEST_CASE("a zip goes through all at once") {
  const char* const three =
      R"("a": {"path": "/a", "values": [1, 2, 3]}, "b": {"path": "/b", "values": [6, 5, 4]})";
  CHECK(points_in(sweep_of(three, R"(, "design": {"kind": "zip"})")) == Texts{"1,6", "2,5", "3,4"});
}

TEST_CASE("parameters that move together are one axis of a grid") {
  const std::string vary =
      R"("a": {"path": "/a", "values": [1, 2]}, "b": {"path": "/b", "values": [7, 8]},
         "c": {"path": "/c", "values": [30, 40]})";
  CHECK(points_in(sweep_of(vary, R"(, "together": [["c", "a"]])")) ==
        Texts{"1,7,30", "1,8,30", "2,7,40", "2,8,40"});
}

TEST_CASE("ranges keep their units") {
  CHECK(values_of(R"("range": {"from": "1GB", "to": "2GB", "step": "500MB"})") ==
        Texts{"\"1GB\"", "\"1500MB\"", "\"2GB\""});
  // 1 + 2 * 3 = 7; the next would be 10.
  CHECK(values_of(R"("range": {"from": 1, "to": 9, "step": 3})") == Texts{"1", "4", "7"});
  // Ten times 0.1 is not 1 in binary, and yet the end is reached.
  CHECK(values_of(R"("range": {"from": 0, "to": 0.3, "step": 0.1})") ==
        Texts{"0", "0.1", "0.2", "0.3"});
  CHECK(values_of(R"("range": {"from": "10k/s", "to": "30k/s", "count": 3})") ==
        Texts{"\"10k/s\"", "\"20k/s\"", "\"30k/s\""});
  CHECK(values_of(R"("range": {"from": "90s", "to": "3min", "count": 2})") ==
        Texts{"\"1min30s\"", "\"3min\""});
  CHECK(values_of(R"("range": {"from": "10%", "to": "30%", "count": 3})") ==
        Texts{"\"10%\"", "\"20%\"", "\"30%\""});
}

TEST_CASE("log ranges have equal ratios") {
  CHECK(values_of(R"("log_range": {"from": "1GB", "to": "64GB", "count": 7})") ==
        Texts{"\"1GB\"", "\"2GB\"", "\"4GB\"", "\"8GB\"", "\"16GB\"", "\"32GB\"", "\"64GB\""});
  CHECK(values_of(R"("log_range": {"from": 0.01, "to": 100, "count": 5})") ==
        Texts{"0.01", "0.1", "1", "10", "100"});
}

TEST_CASE("constraints leave points out") {
  const std::string vary =
      R"("memory": {"path": "/m", "values": ["1GB", "4GB"]},
         "ssd": {"path": "/s", "values": ["1000MB", "2GB", "8GB"]})";
  CHECK(points_in(sweep_of(vary, R"(, "constraints": [{"left": "memory", "at_most": "ssd"}])")) ==
        Texts{"\"1GB\",\"1000MB\"", "\"1GB\",\"2GB\"", "\"1GB\",\"8GB\"", "\"4GB\",\"8GB\""});
  CHECK(points_in(sweep_of(vary, R"(, "constraints": [{"left": "memory", "below": "ssd"},
                                                      {"left": "ssd", "differs_from": "8GB"}])")) ==
        Texts{"\"1GB\",\"2GB\""});
  CHECK(points_in(sweep_of(kAb, R"(, "constraints": [{"left": "b", "equals": "x"},
                                                     {"left": "a", "at_least": 2}])")) ==
        Texts{"2,\"x\"", "3,\"x\""});
}

TEST_CASE("a Latin hypercube has one point in each part of each range") {
  constexpr int kPoints = 50;
  const std::string vary =
      R"("x": {"path": "/x", "range": {"from": 0, "to": 50}},
         "y": {"path": "/y", "log_range": {"from": 1, "to": 1125899906842624}},
         "z": {"path": "/z", "values": [0, 1, 2, 3, 4]})";
  const Texts points = points_in(
      sweep_of(vary, R"(, "design": {"kind": "latin_hypercube", "points": 50, "seed": 3})"));
  REQUIRE(points.size() == kPoints);
  std::set<int> of_x, of_y;
  std::vector<int> of_z(5);
  for (const std::string& point : points) {
    double x = 0, y = 0;
    int z = 0;
    REQUIRE(std::sscanf(point.c_str(), "%lf,%lf,%d", &x, &y, &z) == 3);
    of_x.insert(static_cast<int>(x));
    of_y.insert(std::ilogb(y));  // 2^50 is in 50 octaves
    ++of_z.at(static_cast<std::size_t>(z));
  }
  CHECK(of_x.size() == kPoints);
  CHECK(of_y.size() == kPoints);
  CHECK(of_z == std::vector<int>{10, 10, 10, 10, 10});
}

TEST_CASE("draws depend on the seed and the parameter's name alone") {
  const auto draws = [](const std::string& vary, const std::string& seed) {
    return points_in(
        sweep_of(vary, R"(, "design": {"kind": "random", "points": 400, "seed": )" + seed + "}"));
  };
  const std::string x = R"("x": {"path": "/x", "range": {"from": 0, "to": 1000}})";
  const std::string y = R"("y": {"path": "/y", "range": {"from": 0, "to": 1000}})";
  const Texts alone = draws(x, "1");
  REQUIRE(alone.size() == 400);
  CHECK(draws(x, "1") == alone);
  CHECK(draws(x, "2") != alone);
  const Texts both = draws(x + "," + y, "1");
  double sum = 0;
  for (std::size_t i = 0; i < alone.size(); ++i) {
    CHECK(both[i].starts_with(alone[i] + ","));
    sum += std::stoi(alone[i]);
  }
  // Uniform over 1000: mean 500, standard error 1000 / sqrt(12 * 400) = 14.4.
  CHECK(sum / 400 == Approx(500).margin(4 * 14.4));
}

TEST_CASE("a random design draws until it has its points") {
  const std::string vary =
      R"("a": {"path": "/a", "range": {"from": 0, "to": 1}},
         "b": {"path": "/b", "range": {"from": 0, "to": 1}})";
  const Texts points = points_in(sweep_of(vary, R"(, "design": {"kind": "random", "points": 30},
                                    "constraints": [{"left": "a", "below": "b"}])"));
  CHECK(points.size() == 30);
  const Texts none = points_in(sweep_of(vary, R"(, "design": {"kind": "random", "points": 30},
                                    "constraints": [{"left": "a", "above": 2}])"));
  REQUIRE(none.size() == 1);
  CHECK_THAT(none[0], Catch::Contains("100000 draws in a row break them"));
}

TEST_CASE("a level says what it sets") {
  config::Document document;
  config::Problems problems(document);
  REQUIRE(config::read_text("sweep", R"({"paths": ["/a", "/b"], "values": ["x"]})", document,
                            problems));
  ParameterSpec several;
  config::Reader(document, problems).read_document(several);
  CHECK(Law("p", several, problems).level(0).sets == Texts{"/a=\"x\"", "/b=\"x\""});
  REQUIRE(config::read_text("sweep", R"({"cases": {"small": {"/a": 1, "/b": "2GB"}}})", document,
                            problems));
  ParameterSpec named;
  config::Reader(document, problems).read_document(named);
  const Level level = Law("p", named, problems).level(0);
  CHECK(level.value.json == "\"small\"");
  CHECK(level.sets == Texts{"/a=1", "/b=\"2GB\""});
}

TEST_CASE("amounts are told apart by their units") {
  CHECK(amount_of({"\"2GB\""})->unit == Unit::bytes);
  CHECK(amount_of({"\"2Gbps\""})->unit == Unit::bit_rate);
  CHECK(amount_of({"\"2k/s\""})->value == 2000);
  CHECK(column_figure(*amount_of({"\"90s\""})) == 90);
  CHECK(column_figure(*amount_of({"\"12 USD\""})) == 12);
  CHECK(amount_of({"0.5"})->unit == Unit::number);
  CHECK_FALSE(amount_of({"\"sieve\""}).has_value());
  CHECK_FALSE(amount_of({"true"}).has_value());
}

}  // namespace
}  // namespace cdnsim::sweep
