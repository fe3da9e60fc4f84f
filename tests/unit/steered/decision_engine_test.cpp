// What the engine decides of loads that are told to it; every cost is worked out by hand.

#include <numeric>
#include <vector>

#include <cdnsim/models/steering/decision_engine.hpp>
#include <tests/support/catch.hpp>

namespace decision_engine_test {

using namespace cdnsim;

constexpr std::uint32_t kNear = 0;
constexpr std::uint32_t kFar = 1;

// Nothing holds it back; full costs 100 ms, comfortable up to 70 %.
EngineSpec free_spec() {
  EngineSpec spec;
  spec.gain = 0ms;
  spec.most_moves = Ratio{1.0};
  spec.least_stay = 0s;
  spec.one_by_one = false;
  return spec;
}

PopReport takes(double requests) { return PopReport{requests, 1e18, 0}; }

// So many cells of one network, all at the near PoP, each of 40 requests per second.
DecisionEngine one_network(const EngineSpec& spec, std::size_t cells, double near_takes,
                           double far_takes, double further_ms) {
  DecisionEngine engine(spec, std::vector<DecisionEngine::Cell>(cells, {0, kNear}), 2, {});
  engine.set_options({{SteeringOption{kNear, 10}, SteeringOption{kFar, 10 + further_ms}}});
  for (std::uint32_t i = 0; i < cells; ++i) engine.hear_cell(i, 40, 40'000);
  engine.hear_pop(kNear, takes(near_takes));
  engine.hear_pop(kFar, takes(far_takes));
  return engine;
}

SimTime at(Duration time) { return SimTime{time}; }

std::uint64_t held(const DecisionEngine::Decision& decision, HeldBack why) {
  return decision.held_back[static_cast<std::size_t>(why)];
}

TEST_CASE("a cell moves when being full costs more than the longer way") {
  EngineSpec spec = free_spec();
  spec.one_by_one = true;
  spec.gain = 5ms;
  // At 80 of 100 requests the near PoP costs 100 x 0.1 / 0.3 = 33.3 ms, the longer way 20: one cell
  // gains 13.3 ms, and then there is room for the other.
  DecisionEngine engine = one_network(spec, 2, 100, 100, 20);
  const auto decision = engine.decide(at(30s));
  REQUIRE(decision.moves.size() == 1);
  CHECK(decision.moves[0].from == kNear);
  CHECK(decision.moves[0].to == kFar);
  CHECK(decision.moves[0].reason == MoveReason::load);
  CHECK(engine.load_of(kNear) == Approx(0.4));
  CHECK(engine.load_of(kFar) == Approx(0.4));
  // Now each is 0.4 full: the one that is far would gain 20 ms near, where it would be 0.8 full.
  CHECK(engine.decide(at(60s)).moves.empty());

  SECTION("not when it gains too little") {
    spec.gain = 14ms;
    const auto small = one_network(spec, 2, 100, 100, 20).decide(at(30s));
    CHECK(small.moves.empty());
    CHECK(held(small, HeldBack::gain) == 2);
  }
  SECTION("not when it would be as full there") {
    // One cell of 40 at a PoP that takes 50: 0.8 full wherever it is.
    CHECK(one_network(spec, 1, 50, 50, 20).decide(at(30s)).moves.empty());
  }
  SECTION("all of them, when they are judged at once") {
    spec.one_by_one = false;
    CHECK(one_network(spec, 2, 100, 100, 20).decide(at(30s)).moves.size() == 2);
  }
}

TEST_CASE("without anything that holds them back cells swing between two PoPs") {
  // 40 cells of 40 requests a second at PoPs that take 1000: whoever has them all is 1.6 full.
  DecisionEngine engine = one_network(free_spec(), 40, 1000, 1000, 0);
  for (int round = 1; round <= 10; ++round) {
    CHECK(engine.decide(at(round * 30s)).moves.size() == 40);
    CHECK(engine.pop_of(0) == (round % 2 == 1 ? kFar : kNear));
  }
}

TEST_CASE("with a share of the cells at a time and a least gain they come to rest") {
  EngineSpec spec = free_spec();
  spec.most_moves = Ratio{0.1};  // 4 cells
  spec.gain = 60ms;
  DecisionEngine engine = one_network(spec, 40, 1000, 1000, 0);
  // A cell is 0.04 of a PoP, or 13.3 ms. After k of them have moved the difference is that of
  // (1.6 - 0.04 k - 0.7) and max(0, 0.04 k - 0.7), in 333 ms: 86.7 after 16 and none after 20.
  // Four cells change it by 106.7 at most, less than twice the gain, so nobody ever comes back.
  std::vector<std::size_t> moves;
  std::vector<std::uint64_t> by_share;
  for (int round = 1; round <= 20; ++round) {
    const auto decision = engine.decide(at(round * 30s));
    moves.push_back(decision.moves.size());
    by_share.push_back(held(decision, HeldBack::share));
  }
  CHECK(std::vector(moves.begin(), moves.begin() + 6) ==
        std::vector<std::size_t>{4, 4, 4, 4, 4, 0});
  CHECK(std::accumulate(moves.begin(), moves.end(), std::size_t{0}) == 20);
  CHECK(by_share[0] == 36);
  CHECK(by_share[4] == 20);
  CHECK(engine.load_of(kNear) == Approx(0.8));
}

TEST_CASE("who has moved stays for a while, unless its PoP is gone") {
  EngineSpec spec = free_spec();
  spec.least_stay = 60s;
  DecisionEngine engine = one_network(spec, 1, 40, 1000, 0);  // full where it is
  REQUIRE(engine.decide(at(30s)).moves.size() == 1);
  engine.settles(0, at(40s));
  engine.hear_pop(kNear, takes(1000));
  engine.hear_pop(kFar, takes(40));
  const auto early = engine.decide(at(90s));
  CHECK(early.moves.empty());
  CHECK(held(early, HeldBack::stay) == 1);
  SECTION("it may go when the time is over") { CHECK(engine.decide(at(100s)).moves.size() == 1); }
  SECTION("a PoP that is silent is left at once") {
    for (int i = 0; i < 2; ++i) engine.miss_pop(kFar);
    CHECK(engine.decide(at(95s)).moves.empty());
    engine.miss_pop(kFar);
    const auto decision = engine.decide(at(95s));
    REQUIRE(decision.moves.size() == 1);
    CHECK(decision.moves[0].reason == MoveReason::silent);
  }
  SECTION("so is one to which no way leads; where there is none at all everybody stays") {
    engine.set_options({{SteeringOption{kNear, 10}}});
    const auto decision = engine.decide(at(95s));
    REQUIRE(decision.moves.size() == 1);
    CHECK(decision.moves[0].reason == MoveReason::unreachable);
    engine.set_options({{}});
    CHECK(engine.decide(at(200s)).moves.empty());
  }
}

TEST_CASE("a full port costs as a full PoP does, and background makes it fuller") {
  BackgroundSpec background;
  background.rate = 800_Mbps;
  const SteeringPort port{1e9, &background};
  DecisionEngine engine(free_spec(), {{0, kNear}}, 2, {port, SteeringPort{1e9}});
  engine.set_options({{SteeringOption{kNear, 10, {0}}, SteeringOption{kFar, 60, {1}}}});
  engine.hear_cell(0, 10, 12'500'000);  // 100 of the 200 Mbit/s that are left
  CHECK(engine.decide(at(30s)).moves.empty());
  engine.hear_cell(0, 10, 25'000'000);  // all of them: 100 ms, against 50 ms of way
  const auto decision = engine.decide(at(60s));
  REQUIRE(decision.moves.size() == 1);
  CHECK(decision.moves[0].reason == MoveReason::network);
}

TEST_CASE("a port that both ways cross carries a cell already, wherever the cell goes") {
  EngineSpec spec = free_spec();
  spec.one_by_one = true;
  // The network's own port, and one of each PoP. 60 of its 100 Mbit/s are the cell's.
  DecisionEngine engine(spec, {{0, kNear}}, 2,
                        {SteeringPort{100e6}, SteeringPort{1e9}, SteeringPort{1e9}});
  engine.set_options({{SteeringOption{kNear, 10, {1, 0}}, SteeringOption{kFar, 5, {2, 0}}}});
  engine.hear_cell(0, 10, 7'500'000);
  // 5 ms of way is all that differs; counted twice they would be 120, or 166.7 ms.
  const auto decision = engine.decide(at(30s));
  REQUIRE(decision.moves.size() == 1);
  CHECK(decision.moves[0].reason == MoveReason::proximity);
  // Where the ways part they are added: 60 of 70 Mbit/s that the far PoP's port has cost 52 ms.
  DecisionEngine narrow(spec, {{0, kNear}}, 2,
                        {SteeringPort{100e6}, SteeringPort{1e9}, SteeringPort{70e6}});
  narrow.set_options({{SteeringOption{kNear, 10, {1, 0}}, SteeringOption{kFar, 5, {2, 0}}}});
  narrow.hear_cell(0, 10, 7'500'000);
  CHECK(narrow.decide(at(30s)).moves.empty());
}

TEST_CASE("failures count by their share, and weights say how much") {
  EngineSpec spec = free_spec();
  DecisionEngine engine = one_network(spec, 1, 1000, 1000, 20);
  engine.hear_pop(kNear, PopReport{1000, 1e18, 0.19});  // 19 ms, against 20 of way
  CHECK(engine.decide(at(30s)).moves.empty());
  engine.hear_pop(kNear, PopReport{1000, 1e18, 0.21});
  const auto decision = engine.decide(at(60s));
  REQUIRE(decision.moves.size() == 1);
  CHECK(decision.moves[0].reason == MoveReason::health);
  spec.weights.health = 0.9;  // 18.9 ms
  DecisionEngine calm = one_network(spec, 1, 1000, 1000, 20);
  calm.hear_pop(kNear, PopReport{1000, 1e18, 0.21});
  CHECK(calm.decide(at(30s)).moves.empty());
}

}  // namespace decision_engine_test
