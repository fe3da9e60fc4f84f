// Stages of a launch, and what takes the clients back: when, by which figure, and how fast.

#include <cdnsim/models/steering/geodns.hpp>
#include <tests/support/catch.hpp>

#include "launch_scenario.hpp"

namespace cdnsim::test {
namespace launch_run_test {

// Nobody at first, then a quarter, half and all of them, a minute each.
Scenario in_stages() {
  Scenario s = launch_scenario();
  s.duration = 360s;
  s.launches["new"].warming = TopWarming{};
  s.launches["new"].stages = {LaunchStage{Ratio{0.0}, 30s}, LaunchStage{Ratio{0.25}, 60s},
                              LaunchStage{Ratio{0.5}, 60s}, LaunchStage{Ratio{1.0}, 60s}};
  RollBackSpec back;
  back.settle = 20s;
  back.least_requests = 500;
  s.launches["new"].roll_back = back;
  return s;
}

double requests_at(const Result& result, const std::string& pop) {
  return static_cast<double>(node_of(result, pop).activity.outcomes.requests);
}

// It is back where it was, and nobody asked in vain or twice.
void check_all_served(const Scenario& s, const Result& result) {
  CHECK(result.requests.outcomes.requests == drawn(s, "isp", s.warmup, s.duration));
  for (const unsigned threads : {2u, 3u}) {
    CHECK(run(s, {.threads = threads}).result.digest == result.digest);
  }
}

TEST_CASE("stages follow one another, and each has its share of the cells") {
  const Scenario s = in_stages();
  const Result result = run(s).result;
  const LaunchResult& launch = launch_of(result);
  CHECK(launch.outcome == "launched");
  REQUIRE(launch.stages.size() == 4);
  const std::vector<std::uint64_t> cells = {0, 10, 20, 40};
  const std::vector<double> starts = {60.01, 90.01, 150.01, 210.01};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(launch.stages[i].cells == cells[i]);
    CHECK(launch.stages[i].started_at_s == Approx(starts[i]));
    CHECK(launch.stages[i].decision == (i == 3 ? "launched" : "next"));
  }
  // Of each minute the 30 s from 120 s on are measured: 20 s to settle, and whole intervals.
  for (std::size_t i = 1; i < 4; ++i) {
    const double expected = static_cast<double>(cells[i]) * 10 * 30;
    CHECK(std::abs(static_cast<double>(launch.stages[i].requests) - expected) <
          4 * std::sqrt(expected));
    CHECK(launch.stages[i].hit_ratio == 1);  // everything is there
    CHECK(launch.stages[i].error_ratio == 0);
    // 2 and 5 ms there, and back.
    CHECK(launch.stages[i].p95_ttfb_ms == Approx(14).epsilon(0.01));
  }
  // 10 and 5 ms there and back; of the requests from 10 to 60 s 3.6 % miss, which takes 60 ms more.
  CHECK(launch.p95_before_ms == Approx(30).epsilon(0.01));
  const double expected = 10.0 * (10 * 60 + 20 * 60 + 40 * 139.9);
  CHECK(std::abs(requests_at(result, "new") - expected) < 4 * std::sqrt(expected));
  CHECK(!launch.rolled_back);
  check_all_served(s, result);
}

TEST_CASE("with too small a cache the first stage with clients breaks, and they go back") {
  Scenario s = in_stages();
  s.network.pops["new"].kit.memory = Bytes{100'000};  // 100 objects
  s.launches["new"].roll_back->hit_ratio_below = Ratio{0.7};
  const Result result = run(s).result;
  const LaunchResult& launch = launch_of(result);
  CHECK(launch.outcome == "rolled_back");
  REQUIRE(launch.rolled_back);
  CHECK(launch.rolled_back->criterion == "hit_ratio");
  CHECK(launch.rolled_back->stage == 1);
  CHECK(launch.rolled_back->limit == 0.7);
  // No cache of 100 objects has more than the 100 most popular.
  double most = 0;
  for (std::size_t i = 0; i < 100; ++i) most += popularity()[i];
  CHECK(launch.rolled_back->value < most + 0.06);
  // Decided on at 90.01 s, there at 100.1 s; the first interval of which all has settled begins at
  // 120 s, and its report is in at 130.01 s. A quarter of 4000 requests are enough.
  CHECK(launch.rolled_back->at_s == Approx(130.01));
  CHECK(launch.rolled_back->back_at_s == Approx(140.1));
  CHECK(launch.rolled_back->took_s == Approx(10.09));
  CHECK(launch.stages.at(1).decision == "rolled_back");
  CHECK(launch.stages.at(2).decision == "not_begun");
  CHECK(std::isnan(launch.steady_hit_ratio));
  const double expected = 100 * 40.0;  // a quarter, from 100.1 to 140.1 s
  CHECK(std::abs(requests_at(result, "new") - expected) < 4 * std::sqrt(expected));
  check_all_served(s, result);
}

TEST_CASE("a PoP that is too weak breaks at the stage that asks too much of it") {
  Scenario s = in_stages();
  s.network.pops["new"].max_rate = Rate{150.0};  // a quarter is 100 a second, half is 200
  s.caching.edge.max_wait = 50ms;
  s.launches["new"].roll_back->errors_above = Ratio{0.001};
  const Result result = run(s).result;
  const LaunchResult& launch = launch_of(result);
  REQUIRE(launch.rolled_back);
  CHECK(launch.rolled_back->criterion == "errors");
  CHECK(launch.rolled_back->stage == 2);
  CHECK(std::abs(launch.rolled_back->value - 0.25) < 0.05);
  CHECK(launch.rolled_back->at_s == Approx(190.01));
  CHECK(launch.stages.at(1).error_ratio <= 0.001);
  check_all_served(s, result);
}

TEST_CASE("users who wait longer than before break a stage") {
  Scenario s = in_stages();
  s.launches["new"].warming = {};
  s.network.pops["new"].kit.memory = Bytes{100'000};
  s.network.links["new-origin"].delay = 100ms;
  s.network.links.erase("new-old");
  s.launches["new"].roll_back->p95_above = 2;
  const Result result = run(s).result;
  const LaunchResult& launch = launch_of(result);
  REQUIRE(launch.rolled_back);
  CHECK(launch.rolled_back->criterion == "p95");
  CHECK(launch.rolled_back->stage == 1);
  CHECK(launch.rolled_back->value == Approx(254).epsilon(0.01));  // a miss: 14, 200 and 40 ms
  CHECK(launch.rolled_back->limit == Approx(2 * launch.p95_before_ms));
}

TEST_CASE("hardware that fails breaks a stage, whatever the figures say") {
  Scenario s = in_stages();
  s.network.pops["new"].servers = 2;
  DownEvent down;
  down.node = "new";
  SECTION("a server, in the first report after it was noticed") {
    down.server = 1;
    s.events["disk"] = EventSpec{155s, down};
    const Result result = run(s).result;
    REQUIRE(launch_of(result).rolled_back);
    CHECK(launch_of(result).rolled_back->criterion == "hardware");
    CHECK(launch_of(result).rolled_back->stage == 2);
    CHECK(launch_of(result).rolled_back->at_s == Approx(160.01));
    CHECK(launch_of(result).rolled_back->value == 1);
    check_all_served(s, result);
  }
  SECTION("all of it, when three reports are missing; steering has moved them before") {
    s.events["power"] = EventSpec{155s, down};
    const Result result = run(s).result;
    REQUIRE(launch_of(result).rolled_back);
    CHECK(launch_of(result).rolled_back->criterion == "hardware");
    CHECK(launch_of(result).rolled_back->at_s == Approx(180.01));
    CHECK(launch_of(result).rolled_back->value == 3);
    // A quarter had it from 100.1 s; those of the half come at 160.1 s and leave at 165 s.
    const double lost = 10 * (10 * 5.1 + 20 * 4.9);
    CHECK(std::abs(static_cast<double>(result.requests.errors) - lost) < 4 * std::sqrt(lost));
    check_all_served(s, result);
  }
  SECTION("not where it is not to") {
    s.launches["new"].roll_back->hardware = false;
    down.server = 1;
    s.events["disk"] = EventSpec{155s, down};
    CHECK(!launch_of(run(s).result).rolled_back);
  }
}

// Requests of one cell.
std::uint64_t drawn_of(const Scenario& s, std::uint32_t cell, Duration from) {
  const auto plan = assembly::make_plan(s);
  std::vector<Arrival> arrivals;
  const std::vector<LabelledCell> cells = {LabelledCell{cell, 0}};
  for (std::int64_t slot = from / s.slot; slot < s.duration / s.slot; ++slot) {
    plan->demand->append_arrivals(0, cells, slot, arrivals);
  }
  return arrivals.size();
}

TEST_CASE("by DNS each cell follows when its answer has run out") {
  Scenario s = launch_scenario();
  s.network.client_networks["isp"].place = "prague";
  s.network.pops["new"].place = "prague";
  s.network.pops["old"].place = "frankfurt";
  s.steering.method = SteeringMethod::geodns;
  s.steering.geodns.ttl = 30s;
  const Result result = run(s).result;
  CHECK(launch_of(result).stages.at(0).started_at_s == Approx(60.01));
  std::uint64_t expected = 0;
  for (std::uint32_t cell = 0; cell < 40; ++cell) {
    // Both PoPs know at 60.02 s, so the first slot is that of 60.1 s.
    const std::int64_t slot = next_question(geo_cell(s.seed, "isp", cell), 601, 300);
    expected += drawn_of(s, cell, slot * s.slot);
  }
  CHECK(node_of(result, "new").activity.outcomes.requests == expected);
  check_all_served(s, result);
}

TEST_CASE("when another PoP is withdrawn, clients go where they would without the launch") {
  Scenario s = launch_scenario();
  s.launches["new"].stages = {LaunchStage{Ratio{0.0}, 200s}};
  add_pop(s, "third");
  join(s, "third", "isp", LinkKind::pni, 30ms);
  WithdrawEvent withdraw;
  withdraw.pop = "old";
  withdraw.lasts = 50s;
  s.events["works"] = EventSpec{100s, withdraw};
  const Result result = run(s).result;
  // Without the launch they would go to the third one, and that is where they go.
  CHECK(node_of(result, "new").activity.outcomes.requests == 0);
  CHECK(node_of(result, "third").activity.outcomes.requests == drawn(s, "isp", 110s, 160s));
  check_all_served(s, result);
}

}  // namespace launch_run_test
}  // namespace cdnsim::test
