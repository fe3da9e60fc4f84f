// What differs between two results, by how much, in which order, and where it comes from.

#include <cmath>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/compare/comparison.hpp>
#include <tests/support/catch.hpp>

namespace comparison_test {

using namespace cdnsim::compare;
using nlohmann::json;

Side side(const char* name, std::vector<json> results) {
  Side one{name, {}};
  for (const json& result : results) one.runs.push_back(figures_of(result));
  return one;
}

json run_of(int seed, double hits) {
  return {{"scenario", {{"seed", seed}}}, {"requests", {{"hits", hits}}}};
}

TEST_CASE("Student's t from a table") {
  CHECK(student_t95(1) == Approx(12.706).epsilon(1e-4));
  CHECK(student_t95(2) == Approx(4.303).epsilon(1e-4));
  CHECK(student_t95(10) == Approx(2.228).epsilon(1e-3));
  CHECK(student_t95(30) == Approx(2.042).epsilon(1e-3));
}

TEST_CASE("runs of the same draws are compared in pairs, others by Welch's test") {
  const std::vector<double> a = {1, 2, 3};
  const std::vector<double> b = {2, 4, 3};
  // Differences 1, 2, 0: mean 1, deviation 1, so 4.303 / sqrt(3).
  const auto paired = paired_difference(a, b);
  REQUIRE(paired);
  CHECK(paired->mean == Approx(1));
  CHECK(paired->half_width == Approx(4.303 / std::sqrt(3.0)).epsilon(1e-3));
  // Variances of the means 1/3 and 5/3; 4 / (1/18 + 25/27) degrees of freedom.
  const std::vector<double> c = {4, 6, 8, 10};
  const auto welch = difference(a, c);
  REQUIRE(welch);
  CHECK(welch->mean == Approx(5));
  CHECK(welch->half_width ==
        Approx(student_t95(4 / (1.0 / 18 + 25.0 / 27)) * std::sqrt(2.0)).epsilon(1e-9));
  CHECK_FALSE(mean_of(std::vector<double>{1}));
}

TEST_CASE("differences are told with the most important first, what is tolerated last") {
  const json before = {{"scenario", {{"seed", 1}, {"name", "a"}}},
                       {"requests", {{"hits", 100}, {"misses", 50}, {"shed", 0}}},
                       {"tiers", {{"edge", {{"misses", 50}}}}},
                       {"nodes", json::array({{{"id", "x"}, {"kind", "edge"}, {"misses", 50}}})},
                       {"digest", "d"}};
  json after = before;
  after["scenario"]["name"] = "b";
  after["requests"] = {{"hits", 101}, {"misses", 75}, {"timed_out", 1}};
  after["tiers"]["edge"]["misses"] = 75;
  after["nodes"][0]["misses"] = 75;
  after["digest"] = "e";
  Tolerances tolerances;
  tolerances.rel = 0.02;
  const Comparison found = compare(side("a", {before}), side("b", {after}), tolerances);
  std::vector<std::string> order;
  for (const Difference& d : found.differences) order.push_back(d.pointer);
  CHECK(order == std::vector<std::string>{"/requests/shed", "/requests/timed_out",
                                          "/requests/misses", "/tiers/edge/misses",
                                          "/nodes/x/misses", "/requests/hits"});
  CHECK(found.counted == 5);
  CHECK(found.compared == 8);  // four requests, a tier's, and three of a node
  REQUIRE(found.scenario.size() == 1);
  CHECK(found.scenario.front().pointer == "/scenario/name");
  CHECK(found.differences[0].kind == Kind::missing);
  CHECK(found.differences[1].kind == Kind::added);
  CHECK(found.differences[2].change == 25.0);
  CHECK(found.differences[2].relative == 0.5);
  CHECK(found.differences[5].tolerated);
}

TEST_CASE("a digest counts where nothing else tells") {
  const json before = {{"requests", {{"hits", 1}}}, {"digest", "d"}};
  json after = before;
  CHECK(compare(side("a", {before}), side("b", {after}), {}).is_same());
  after["digest"] = "e";
  const Comparison found = compare(side("a", {before}), side("b", {after}), {});
  REQUIRE(found.counted == 1);
  CHECK(found.differences.front().pointer == "/digest");
  // Where something is not compared it counts if a rule names it.
  Tolerances some;
  some.rules = {{"/requests/**", 0, 0, true}};
  CHECK(compare(side("a", {before}), side("b", {after}), some).is_same());
  some.rules.push_back({"/digest", 0, 0, false});
  CHECK(compare(side("a", {before}), side("b", {after}), some).counted == 1);
  after["requests"]["hits"] = 2;
  CHECK(compare(side("a", {before}), side("b", {after}), some).counted == 1);
}

TEST_CASE("replications: what chance explains is no difference") {
  const Side a = side("a", {run_of(1, 100), run_of(2, 110), run_of(3, 90)});
  // Each run gains 1, give or take little: a pair tells what means alone would not.
  const Side b = side("b", {run_of(1, 101), run_of(2, 111.1), run_of(3, 90.9)});
  const Comparison paired = compare(a, b, {});
  REQUIRE(paired.counted == 1);
  CHECK(paired.differences.front().change.value() == Approx(1));
  CHECK(paired.differences.front().interval->half_width < 1);
  // The same figures under other seeds.
  const Side c = side("c", {run_of(4, 101), run_of(5, 111.1), run_of(6, 90.9)});
  const Comparison unpaired = compare(a, c, {});
  CHECK(unpaired.is_same());
  REQUIRE(unpaired.differences.size() == 1);
  CHECK(unpaired.differences.front().tolerated);
}

TEST_CASE("a target that is missed in every run counts, and so does one figure in many") {
  const auto run = [](int seed, bool met, double hits) {
    return json{{"scenario", {{"seed", seed}}},
                {"requests", {{"hits", hits}}},
                {"slo", json::array({{{"name", "hits"}, {"met", met}}})},
                {"digest", std::to_string(seed * hits)}};
  };
  const Side a = side("a", {run(1, true, 10), run(2, true, 11), run(3, true, 12)});
  const Side b = side("b", {run(1, false, 10), run(2, false, 11), run(3, false, 12)});
  const Comparison found = compare(a, b, {});
  REQUIRE(found.counted == 1);
  CHECK(found.differences.front().pointer == "/slo/hits/met");
}

// 200 figures without a difference: 10 of them are beyond 95 % on average.
TEST_CASE("of many figures those that are far apart by chance do not count") {
  const auto run = [](int seed, int add) {
    json requests;
    const cdnsim::DrawKey key = cdnsim::draw_key(static_cast<std::uint64_t>(seed), {"figures"});
    for (int i = 0; i < 200; ++i) {
      const double drawn =
          cdnsim::unit(cdnsim::draw(key, {static_cast<std::uint32_t>(i), 0, 0, 0}).low64());
      requests["f" + std::to_string(i)] = drawn + (i == 7 ? add : 0);
    }
    return json{{"scenario", {{"seed", seed}}}, {"requests", requests}};
  };
  std::vector<json> a, b, c;
  for (int i = 0; i < 10; ++i) a.push_back(run(i + 1, 0));
  for (int i = 0; i < 10; ++i) b.push_back(run(i + 101, 0));
  for (int i = 0; i < 10; ++i) c.push_back(run(i + 101, 5));
  CHECK(compare(side("a", a), side("b", b), {}).is_same());
  const Comparison moved = compare(side("a", a), side("c", c), {});
  REQUIRE(moved.counted == 1);
  CHECK(moved.differences.front().pointer == "/requests/f7");
  // One more of the same is no difference either.
  CHECK(compare(side("a", a), side("b", {b.front()}), {}).is_same());
  CHECK_FALSE(compare(side("a", a), side("c", {c.front()}), {}).is_same());
}

TEST_CASE("whole numbers that a double cannot tell apart are told apart") {
  const json before = {{"requests", {{"bytes", 9007199254740993}}}};
  const json after = {{"requests", {{"bytes", 9007199254740992}}}};
  const Comparison found = compare(side("a", {before}), side("b", {after}), {});
  REQUIRE(found.counted == 1);
  CHECK(found.differences.front().change == -1.0);
}

TEST_CASE("who is gone is named among the causes") {
  const json before = {{"requests", {{"hits", 30}}},
                       {"nodes", json::array({{{"id", "x"}, {"kind", "edge"}, {"hits", 10}},
                                              {{"id", "y"}, {"kind", "edge"}, {"hits", 20}}})}};
  const json after = {{"requests", {{"hits", 32}}},
                      {"nodes", json::array({{{"id", "x"}, {"kind", "edge"}, {"hits", 32}}})}};
  const Side baseline = side("a", {before});
  const auto causes = explain(compare(baseline, side("b", {after}), {}), baseline, 5);
  REQUIRE(causes.size() == 1);
  REQUIRE(causes.front().shares.size() == 2);
  CHECK(causes.front().shares[0].change == 22);
  CHECK(causes.front().shares[1].place == "/nodes/y");
  CHECK(causes.front().shares[1].change == -20);
}

TEST_CASE("what changed is explained by the places of the tier that changed most") {
  const auto node = [](const char* id, const char* kind, int misses) {
    return json{{"id", id}, {"kind", kind}, {"misses", misses}};
  };
  const json before = {{"tiers", {{"edge", {{"misses", 30}}}}},
                       {"nodes", json::array({node("a", "edge", 10), node("b", "edge", 20),
                                              node("s", "shield", 5)})}};
  const json after = {{"tiers", {{"edge", {{"misses", 50}}}}},
                      {"nodes", json::array({node("a", "edge", 13), node("b", "edge", 37),
                                             node("s", "shield", 50)})}};
  const Side baseline = side("a", {before});
  const Comparison found = compare(baseline, side("b", {after}), {});
  const std::vector<Explanation> causes = explain(found, baseline, 5);
  REQUIRE(causes.size() == 1);
  CHECK(causes.front().pointer == "/tiers/edge/misses");
  REQUIRE(causes.front().shares.size() == 2);
  CHECK(causes.front().shares[0].place == "/nodes/b");
  CHECK(causes.front().shares[0].change == 17);
  CHECK(causes.front().shares[1].change == 3);
}

}  // namespace comparison_test
