// Whom a cache inside a client network fetches from when the PoP that it asks fails.

#include <cdnsim/config/embedded_links.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

namespace fill_sources_test {

using namespace cdnsim;
using namespace cdnsim::test;

// Two PoPs, 5 ms and 20 ms from a network with a cache that keeps nothing at this time of the day:
// each of 200 requests a second is fetched. So many objects that hardly two wait for the same one.
Scenario passing_box() {
  Scenario s = ways_scenario(200);
  s.content["pages"].objects = 100'000;
  add_isp(s, "isp", 4);
  add_pop(s, "near");
  add_pop(s, "spare");
  join(s, "near", "isp", LinkKind::pni, 5ms);
  join(s, "spare", "isp", LinkKind::pni, 20ms);
  s.network.embedded["box"].host = "isp";
  s.network.embedded["box"].fill_window = *parse<FillWindow>("12:00-13:00").value;
  s.caching.embedded.service_time = 0s;
  return s;
}

Result run_joined(Scenario s, std::uint32_t threads = 1) {
  config::join_embedded(s.network);
  return run(s, {.threads = threads}).result;
}

double relayed(const Result& result, const std::string& pop) {
  return static_cast<double>(node_of(result, pop).relayed_requests);
}

double asked(Scenario s, Duration from, Duration until) {
  s.network.embedded.clear();
  return static_cast<double>(drawn(s, "isp", from, until));
}

// But for those who wait for another one's fetch, and what is under way at a change. A fetch takes
// up to 70 ms: of 200 a second x 110 s, 200 x 0.07 / 100,000 wait, which is 3 of 22,000.
constexpr double kFew = 30;

// What the cache fetches from `from` to `until` comes from the spare PoP, all else from the near
// one, and nobody is refused.
void check_stands_in(const Scenario& s, Duration from, Duration until) {
  const Result result = run_joined(s);
  CHECK(result.requests.errors == 0);
  CHECK(std::abs(relayed(result, "spare") - asked(s, from, until)) < kFew);
  CHECK(std::abs(relayed(result, "near") - asked(s, 10s, from) - asked(s, until, 120s)) < kFew);
  CHECK(run_joined(s, 3).digest == result.digest);
}

EventSpec fails_pop(const std::string& pop) {
  FailEvent event;
  event.pop = pop;
  event.lasts = 60s;
  return EventSpec{20s, event};
}

EventSpec withdraws(const std::string& pop) {
  WithdrawEvent event;
  event.pop = pop;
  event.lasts = 60s;
  return EventSpec{20s, event};
}

TEST_CASE("as long as nothing fails a cache fetches from the PoP that serves its host otherwise") {
  const Result result = run_joined(passing_box());
  CHECK(relayed(result, "spare") == 0);
  CHECK(std::abs(relayed(result, "near") - asked(passing_box(), 10s, 120s)) < kFew);
}

TEST_CASE("the next PoP fills a cache while its own is withdrawn, and no longer") {
  Scenario s = passing_box();
  s.events["maintenance"] = withdraws("near");
  // Known 10 s later, both times.
  SECTION("by the nearest") { check_stands_in(s, 30s, 90s); }
  SECTION("by anycast") {
    s.steering.method = SteeringMethod::anycast;
    s.network.links["spare-isp"].kind = LinkKind::transit;
    check_stands_in(s, 30s, 90s);
  }
  SECTION("by an engine") {
    s.steering.method = SteeringMethod::engine;
    check_stands_in(s, 30s, 90s);
  }
}

TEST_CASE("what a cache asks of a PoP that is cut off it asks of the next one") {
  Scenario s = passing_box();
  SECTION("all links of the PoP") { s.events["storm"] = fails_pop("near"); }
  SECTION("its way alone") { s.events["digger"] = fail_link(20s, "near-isp", 60s); }
  // From the failure on: what is lost before routing knows is asked for again. Back when routing
  // knows that it works.
  check_stands_in(s, 20s, 90s);
}

TEST_CASE("of a PoP that refuses, likewise") {
  Scenario s = passing_box();
  DownEvent down;
  down.node = "near";
  down.lasts = 60s;
  s.events["near down"] = EventSpec{20s, down};
  const Result result = run_joined(s);
  CHECK(result.requests.errors == 0);
  CHECK(std::abs(relayed(result, "spare") - asked(s, 20s, 90s)) < kFew);
}

TEST_CASE("of several that are left the one is asked that the host is steered to then") {
  Scenario s = passing_box();
  add_pop(s, "third");
  join(s, "third", "isp", LinkKind::pni, 12ms);
  s.events["one"] = withdraws("near");
  s.events["two"] = withdraws("third");
  s.events["two"].at = 40s;  // known from 50 s to 110 s
  const Result result = run_joined(s);
  CHECK(std::abs(relayed(result, "third") - asked(s, 30s, 50s)) < kFew);
  CHECK(std::abs(relayed(result, "spare") - asked(s, 50s, 90s)) < kFew);
  CHECK(std::abs(relayed(result, "near") - asked(s, 10s, 30s) - asked(s, 90s, 120s)) < kFew);
}

TEST_CASE("who is named as the source comes first, and what serves the host stands in") {
  Scenario s = passing_box();
  SECTION("a PoP") {
    s.network.embedded["box"].source = "spare";
    s.events["storm"] = fails_pop("spare");
    const Result result = run_joined(s);
    CHECK(result.requests.errors == 0);
    CHECK(std::abs(relayed(result, "near") - asked(s, 20s, 90s)) < kFew);
  }
  SECTION("a shield") {
    s.network.shields["shield"] = ShieldSpec{1};
    join(s, "shield", "origin", LinkKind::backbone, 10ms);
    join(s, "shield", "isp", LinkKind::pni, 10ms);
    s.network.embedded["box"].source = "shield";
    FailEvent event;
    event.shield = "shield";
    event.lasts = 60s;
    s.events["storm"] = EventSpec{20s, event};
    const Result result = run_joined(s);
    CHECK(result.requests.errors == 0);
    CHECK(std::abs(relayed(result, "near") - asked(s, 20s, 90s)) < kFew);
  }
}

}  // namespace fill_sources_test
