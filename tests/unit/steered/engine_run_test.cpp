// Two PoPs near each other, of which one gets everybody at first: whole runs with an engine.

#include <cdnsim/config/embedded_links.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

namespace engine_run_test {

using namespace cdnsim;
using namespace cdnsim::test;

// 1000 requests a second of 40 cells, and PoPs that take 625 (1.6 ms each): together they are 0.8
// full, one alone would be 1.6 full. It decides at 30, 60 .. 300 s, ten times.
Scenario two_pops() {
  Scenario s = ways_scenario(1000);
  s.duration = 330s;
  s.caching.edge.service_time = Duration{1'600us};
  s.caching.edge.max_wait = 50ms;
  s.steering.method = SteeringMethod::engine;
  s.steering.engine.ttl = 1s;
  s.steering.engine.one_by_one = false;
  add_isp(s, "isp", 40);
  for (const char* pop : {"east", "west"}) {
    add_pop(s, pop);
    join(s, pop, "isp", LinkKind::pni, 5ms);
  }
  return s;
}

Scenario nothing_holds_back(Scenario s) {
  s.steering.engine.gain = 0ms;
  s.steering.engine.most_moves = Ratio{1.0};
  s.steering.engine.least_stay = 0s;
  return s;
}

Scenario held_back(Scenario s) {
  s.steering.engine.gain = 60ms;
  s.steering.engine.most_moves = Ratio{0.1};
  return s;
}

const SteeringEngineResult& engine_of(const Result& result) { return *result.steering->engine; }

const SteeringPop& pop_of(const Result& result, const std::string& id) {
  for (const SteeringPop& pop : result.steering->pops) {
    if (pop.id == id) return pop;
  }
  throw std::out_of_range(id);
}

TEST_CASE("cells that nothing holds back swing from one PoP to the other at each decision") {
  const Scenario s = nothing_holds_back(two_pops());
  const Result result = run(s).result;
  const SteeringEngineResult& engine = engine_of(result);
  CHECK(engine.decisions == 10);
  CHECK(engine.moves == 400);
  CHECK(engine.returns == 360);  // all but the first forty
  CHECK(engine.reasons.at("load") == 400);
  // One PoP always has them all and takes 625 of 1000.
  CHECK(std::abs(static_cast<double>(result.requests.errors) / (375 * 320.0) - 1) < 0.02);
}

// The difference of two PoPs after k moves, and why nobody comes back: decision_engine_test.cpp.
// Loads are drawn here: they deviate by 5.3 ms, which is little against 60 and against 86.7 - 60.
TEST_CASE("with what holds cells back no more move than must, and none comes back") {
  const Scenario s = held_back(two_pops());
  const Result result = run(s).result;
  const SteeringEngineResult& engine = engine_of(result);
  CHECK(engine.moves == 20);
  CHECK(engine.returns == 0);
  REQUIRE(engine.rounds.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(engine.rounds[i].at_s == 30.0 * static_cast<double>(i + 1));
    CHECK(engine.rounds[i].moves == 4);
  }
  CHECK(pop_of(result, "east").cells_at_start == 40);
  CHECK(pop_of(result, "east").cells_at_end == 20);
  CHECK(pop_of(result, "west").moved_in == 20);
  // 33 intervals of two PoPs; the last ends with the run.
  CHECK(engine.reports == 64);
  CHECK(message_of(result, "cell_move").sent == 2 * engine.moves);
}

TEST_CASE("each request is served once, wherever its cell goes") {
  for (const Scenario& s : {nothing_holds_back(two_pops()), held_back(two_pops())}) {
    const Result result = run(s).result;
    CHECK(result.requests.outcomes.requests == drawn(s, "isp", s.warmup, s.duration));
    for (const unsigned threads : {2u, 3u}) {
      CHECK(run(s, {.threads = threads}).result.digest == result.digest);
    }
  }
}

TEST_CASE("a PoP that says nothing any more is left by all its cells") {
  Scenario s = held_back(two_pops());
  add_steady(s, "base", 100, "pages");  // never full
  DownEvent down;
  down.node = "east";
  s.events["power"] = EventSpec{100s, down};
  SECTION("after three reports, when routing does not tell") {
    s.network.convergence = 1h;
    const Result result = run(s).result;
    // Reports of 110, 120 and 130 s are missing; it decides at 150 s, and cells ask again by 152 s.
    CHECK(engine_of(result).reasons.at("silent") == 40);
    CHECK(engine_of(result).rounds.at(0).at_s == 150);
    CHECK(result.requests.errors >= drawn(s, "isp", 100s, 150s));
    CHECK(result.requests.errors <= drawn(s, "isp", 100s, 152s));
  }
  SECTION("at the next decision, when routing does") {
    const Result result = run(s).result;  // at 110 s
    CHECK(engine_of(result).reasons.at("unreachable") == 40);
    CHECK(engine_of(result).rounds.at(0).at_s == 120);
    CHECK(run(s, {.threads = 3}).result.digest == result.digest);
  }
}

// Failures are all that counts; it decides every 10 s and moves whoever gains 5 ms by it, where 5 %
// have failed: more than the few that are cut off when a server goes down.
Scenario by_health() {
  Scenario s = nothing_holds_back(two_pops());
  s.duration = 120s;
  add_steady(s, "base", 100, "pages");
  s.steering.engine.decide_every = 10s;
  s.steering.engine.gain = 5ms;
  s.steering.engine.weights = {.proximity = 0, .load = 0, .network = 0, .health = 1};
  s.network.pops["east"].servers = 2;
  return s;
}

TEST_CASE("what a server that is down cannot answer has failed, and health sends cells elsewhere") {
  Scenario s = by_health();
  DownEvent down;
  down.node = "east";
  down.server = 0;
  down.noticed_after = 1h;
  s.events["disk"] = EventSpec{20s, down};
  const Result result = run(s).result;
  // The report of 20 to 30 s is in at the decision of 40 s, and cells ask again by 42 s.
  CHECK(engine_of(result).moves == 40);
  CHECK(engine_of(result).reasons.at("health") == 40);
  CHECK(engine_of(result).rounds.at(0).at_s == 40);
  CHECK(result.requests.errors > 0);
  CHECK(result.requests.errors <= drawn(s, "isp", 20s, 42s));
}

TEST_CASE("a PoP that has no room is full, not unsound") {
  Scenario s = by_health();
  s.network.pops["east"].max_rate = Rate{50.0};
  const Result result = run(s).result;
  CHECK(result.requests.outcomes.shed > 0);
  CHECK(engine_of(result).moves == 0);
}

// All of a network's users ask a cache inside, so the engine moves cells that ask PoPs for nothing.
TEST_CASE("users whose cache goes out ask the PoP to which an engine has moved them") {
  Scenario s = two_pops();
  s.duration = 180s;
  add_steady(s, "base", 100, "pages");
  s.caching.embedded.memory = Bytes{1'000'000};
  s.caching.embedded.service_time = 0s;
  s.network.embedded["box"].host = "isp";
  config::join_embedded(s.network);
  FailEvent box;
  box.embedded = "box";
  box.lasts = 60s;
  s.events["box"] = EventSpec{80s, box};
  SECTION("the first one, when nothing has moved them") {
    const Result result = run(s).result;
    CHECK(node_of(result, "east").activity.outcomes.requests == drawn(s, "isp", 90s, 150s));
    CHECK(node_of(result, "west").activity.outcomes.requests == 0);
  }
  SECTION("another one, when the first was withdrawn") {
    WithdrawEvent east;
    east.pop = "east";
    s.events["maintenance"] = EventSpec{20s, east};
    const Result result = run(s).result;
    CHECK(engine_of(result).reasons.at("unreachable") == 40);
    CHECK(engine_of(result).moves == 40);
    CHECK(node_of(result, "east").activity.outcomes.requests == 0);
    CHECK(node_of(result, "west").activity.outcomes.requests == drawn(s, "isp", 90s, 150s));
    CHECK(result.requests.outcomes.requests == drawn(s, "isp", s.warmup, s.duration));
    for (const unsigned threads : {2u, 3u}) {
      CHECK(run(s, {.threads = threads}).result.digest == result.digest);
    }
  }
}

TEST_CASE("moves spread over the time to live, as each cell asks again") {
  Scenario s = nothing_holds_back(two_pops());
  s.duration = 60s;
  s.steering.engine.ttl = 20s;
  const Result result = run(s).result;
  REQUIRE(engine_of(result).moves == 40);
  // From 30 s on they have moved by a share that grows evenly until 50 s: west gets the traffic of
  // 10 s on average, and of the last 10 s. 40 cells deviate by 20 / sqrt(12 x 40) = 0.9 s.
  const auto west = static_cast<double>(node_of(result, "west").activity.outcomes.requests);
  CHECK(std::abs(west / 1000 - 20) < 4 * 0.95);
}

}  // namespace engine_run_test
