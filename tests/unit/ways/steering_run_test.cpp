// PoPs that clients leave: withdrawn, down or cut off. Who gets the cells is worked out by hand.

#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

namespace {

using namespace cdnsim;
using namespace cdnsim::test;

// A network with PNIs to two PoPs, near and far, and transit to one that is nearer than the far
// one.
Scenario three_pops(SteeringMethod method) {
  Scenario s = ways_scenario(200);
  s.steering.method = method;
  add_isp(s, "isp", 4);
  for (const char* pop : {"far", "home", "near"}) add_pop(s, pop);
  s.network.transit_providers["big"] = TransitProviderSpec{};
  join(s, "home", "isp", LinkKind::pni, 5ms);
  join(s, "far", "isp", LinkKind::pni, 40ms);
  join(s, "near", "big", LinkKind::transit, 3ms);
  join(s, "isp", "big", LinkKind::transit, 4ms);
  return s;
}

EventSpec withdraw(Duration at, const std::string& pop, Duration lasts) {
  WithdrawEvent event;
  event.pop = pop;
  event.lasts = lasts;
  return EventSpec{at, event};
}

std::uint64_t requests_at(const Result& result, const std::string& pop) {
  return node_of(result, pop).activity.outcomes.requests;
}

}  // namespace

TEST_CASE("cells of a withdrawn PoP go where routing leads, not to the nearest") {
  Scenario s = three_pops(SteeringMethod::anycast);
  s.events["maintenance"] = withdraw(20s, "home", 40s);
  const Result result = run(s).result;
  const WaysResult& ways = ways_of(result);
  CHECK(ways.cells_moved == 4);
  CHECK(ways.requests_dropped == 0);
  CHECK(result.requests.timed_out == 0);
  // From 20 + 10 s until 60 + 10 s.
  CHECK(requests_at(result, "far") == drawn(s, "isp", 30s, 70s));
  CHECK(requests_at(result, "near") == 0);
  CHECK(requests_at(result, "home") == drawn(s, "isp", 10s, 30s) + drawn(s, "isp", 70s, 120s));
  CHECK(ways.ttfb_before_ms == Approx(20).margin(0.01));
  CHECK(ways.ttfb_unconverged_ms == Approx(20).margin(0.01));
  // At the far PoP ten misses take 60 ms more each, and as long the 1.2 on average who wait for
  // the same object do, half of that; of some 8,000 requests.
  CHECK(ways.ttfb_converged_ms == Approx(90 + 10 * (60 + 1.2 * 30) / 8000).margin(0.03));
  CHECK(ways.ttfb_after_ms == Approx(20).margin(0.01));
}

TEST_CASE("with steering to the nearest the same cells go to the nearest") {
  Scenario s = three_pops(SteeringMethod::nearest);
  s.events["maintenance"] = withdraw(20s, "home", 40s);
  const Result result = run(s).result;
  CHECK(requests_at(result, "near") == drawn(s, "isp", 30s, 70s));
  CHECK(requests_at(result, "far") == 0);
}

TEST_CASE("a PoP that is down refuses until its clients have gone elsewhere") {
  Scenario s = three_pops(SteeringMethod::anycast);
  DownEvent down;
  down.node = "home";
  down.lasts = 40s;
  s.events["power"] = EventSpec{20s, down};
  const Result result = run(s).result;
  CHECK(result.requests.outcomes.shed == drawn(s, "isp", 20s, 30s));
  CHECK(requests_at(result, "far") == drawn(s, "isp", 30s, 70s));
  CHECK(ways_of(result).links_failed == 0);
}

TEST_CASE("a PoP whose links fail loses its clients until they have gone elsewhere") {
  Scenario s = three_pops(SteeringMethod::anycast);
  FailEvent cut;
  cut.pop = "home";
  cut.lasts = 40s;
  s.events["dug up"] = EventSpec{20s, cut};
  const Result result = run(s).result;
  CHECK(ways_of(result).links_failed == 2);
  CHECK(result.requests.outcomes.dropped == drawn(s, "isp", 20s, 30s));
  CHECK(requests_at(result, "far") == drawn(s, "isp", 30s, 70s));
  CHECK(result.requests.outcomes.requests == drawn(s, "isp", 10s, 120s));
}

TEST_CASE("the last PoP keeps its cells whatever happens to it") {
  Scenario s = ways_scenario(200);
  add_isp(s, "isp");
  add_pop(s, "pop");
  join(s, "pop", "isp", LinkKind::pni, 5ms);
  s.events["maintenance"] = withdraw(20s, "pop", 40s);
  const Result result = run(s).result;
  CHECK(ways_of(result).cells_moved == 0);
  CHECK(requests_at(result, "pop") == drawn(s, "isp", 10s, 120s));
}

TEST_CASE("steering is the same for any number of threads") {
  Scenario s = three_pops(SteeringMethod::anycast);
  add_isp(s, "other", 3);
  join(s, "near", "other", LinkKind::pni, 7ms);
  s.events["a"] = withdraw(20s, "home", 30s);
  s.events["b"] = withdraw(35s, "far", 30s);
  const std::string digest = run(s, {.threads = 1}).result.digest;
  CHECK(run(s, {.threads = 2}).result.digest == digest);
  CHECK(run(s, {.threads = 3}).result.digest == digest);
}
