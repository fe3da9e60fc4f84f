// When, how fast and in which order copies come into a cache inside a network.

#include <algorithm>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/models/node/filling.hpp>
#include <tests/support/catch.hpp>

#include "boxed_scenario.hpp"

namespace cdnsim::test {
namespace filling_test {

FillWindow window(const char* text) { return *parse<FillWindow>(text).value; }
SimTime at(Duration time) { return SimTime{time}; }

TEST_CASE("a part of the day holds by local time, over midnight too") {
  CHECK(window("02:00-08:00").holds(at(2h), Duration{0}));
  CHECK_FALSE(window("02:00-08:00").holds(at(8h), Duration{0}));
  CHECK_FALSE(window("02:00-08:00").holds(at(2h), 6h));
  CHECK(window("02:00-08:00").holds(at(20h), 6h));  // 26:00 local
  CHECK(window("22:00-06:00").holds(at(23h), Duration{0}));
  CHECK(window("22:00-06:00").holds(at(29h), Duration{0}));
  CHECK_FALSE(window("22:00-06:00").holds(at(12h), Duration{0}));
  CHECK(window("22:00-06:00").next(at(12h), Duration{0}) == at(22h));
  CHECK(window("02:00-08:00").next(at(9h), -5h) == at(9h));  // 04:00 local
  CHECK(window("02:00-08:00").next(at(14h), -5h) == at(31h));
  CHECK(window("22:00-06:00").end_after(at(23h), Duration{0}) == at(30h));
}

TEST_CASE("a part of the day is written as two times of the clock") {
  CHECK(to_text(window("02:05-23:59")) == "02:05-23:59");
  for (const char* wrong :
       {"2:00-8:00", "02:00", "02:00-24:00", "02:60-08:00", "02:00-02:00", ""}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse<FillWindow>(wrong).value);
  }
}

TEST_CASE("outside of its window a cache passes on what it fetches and keeps nothing") {
  Scenario s = boxed_scenario();
  add_steady(s, "base", 200, "pages");
  s.network.embedded["box"].fill_window = window("12:00-13:00");
  const Result result = run_boxed(s);
  const Activity& tier = result.tiers.at("embedded");
  CHECK(tier.outcomes.hits == 0);
  CHECK(tier.outcomes.misses + tier.outcomes.delayed_hits == tier.outcomes.requests);
  CHECK(node_of(result, "box").objects_held == 0);
  // One client's fetch serves those who came meanwhile; all others cross the network's edge.
  CHECK(result.isps.front().fill_bytes >= 1000 * (tier.outcomes.misses - 1));
  CHECK(tier.miss_causes.first_request == 10);
  CHECK(result.origin.requests == 10);  // the PoP keeps what it passed on
}

TEST_CASE("a window that is open changes nothing") {
  Scenario s = boxed_scenario();
  add_steady(s, "base", 200, "pages");
  const Result always = run_boxed(s);
  s.network.embedded["box"].fill_window = window("23:00-01:00");
  const Result open = run_boxed(s);
  CHECK(open.tiers.at("embedded").outcomes.hits == always.tiers.at("embedded").outcomes.hits);
  CHECK(open.isps.front().fill_bytes == 10'000);
}

TEST_CASE("copies come in no faster than the rate of filling") {
  Scenario s = boxed_scenario();
  s.content.clear();
  add_content(s, "pages", 1'000'000, 0.0, "max-age=31536000");
  add_steady(s, "base", 200, "pages");
  s.network.embedded["box"].fill_rate = BitRate{8'000};  // one of 1000 bytes a second
  const Result result = run_boxed(s);
  // The first after some 0.1 s, each next within 10 ms of a second later, for ten seconds.
  CHECK(node_of(result, "box").objects_held == 10);
}

// Of the first 50 objects, of which number i is due at i x 10 ms (and as many ns): how many
// clients' fetches bring at that moment. From the cache to the PoP it is 10.05 ms, from there to
// the origin 10, which takes 40; each server works 20 us and each copy comes as soon as its first
// byte.
std::uint64_t under_way_when_due(Scenario s) {
  config::join_embedded(s.network);
  const auto plan = assembly::make_plan(s);
  std::vector<Arrival> arrivals;
  const std::vector<LabelledCell> cells = {LabelledCell{0, 0}};
  for (std::int64_t slot = 0; slot < 5; ++slot) {
    plan->demand->append_arrivals(0, cells, slot, arrivals);
  }
  std::ranges::sort(arrivals, {}, &Arrival::at_ns);
  std::uint64_t count = 0;
  for (std::uint32_t object = 0; object < 50; ++object) {
    const SimTime due = at(object * (10ms + 1ns));
    SimTime comes = SimTime::min();
    Duration takes = 2 * (10'050us + 10ms) + 40ms + 2 * 20us;
    for (const Arrival& arrival : arrivals) {
      if (arrival.object != object || arrival.at() >= due || arrival.at() < comes) continue;
      comes = arrival.at() + takes;
      takes = 2 * 10'050us + 2 * 20us;  // the PoP has kept it
    }
    count += comes > due;
  }
  return count;
}

TEST_CASE("what is asked for most comes in ahead, and what is not there passes through") {
  Scenario s = boxed_scenario();
  s.content.clear();
  add_content(s, "pages", 100, 1.0, "max-age=31536000");
  add_steady(s, "base", 1000, "pages");
  s.caching.embedded.memory = Bytes{50'000};  // 50 objects
  s.network.embedded["box"].fill = FillMode::ahead;
  s.network.embedded["box"].fill_rate = BitRate{800'000};  // 100 objects a second
  const Result from_start = run_boxed(s);
  // Fifty, but for those that somebody has asked for and waits for: these come for him, and stay.
  const std::uint64_t asked_for = under_way_when_due(s);
  CHECK(asked_for > 5);
  CHECK(from_start.tiers.at("embedded").refreshes == 50 - asked_for);
  CHECK(node_of(from_start, "box").objects_held == 50);
  s.duration = 60s;
  s.warmup = 2s;
  const Result later = run_boxed(s);
  // H(50) / H(100) of Zipf's law with exponent 1; 58,000 requests leave 0.14 %.
  constexpr double kShare = 4.499205 / 5.187378;
  CHECK(later.tiers.at("embedded").hit_ratio == Approx(kShare).epsilon(0.01));
  CHECK(later.tiers.at("embedded").refreshes == 0);
}

TEST_CASE("what is due ahead while the way is cut comes in when it is back") {
  Scenario s = boxed_scenario();
  s.content.clear();
  add_content(s, "pages", 100, 1.0, "max-age=31536000");
  add_steady(s, "base", 0.001, "pages");
  s.caching.embedded.memory = Bytes{50'000};  // 50 objects
  s.network.embedded["box"].fill = FillMode::ahead;
  s.network.embedded["box"].fill_rate = BitRate{80'000};  // 10 objects a second
  s.network.convergence = 30s;
  FailEvent cut;
  cut.link = "pop0-isp0";
  cut.lasts = 3s;
  s.events["cut"] = EventSpec{2s, cut};
  // Twenty before; it is tried once a second, so that thirty follow from 5 s on, or from 6 s.
  s.duration = 5s;
  CHECK(node_of(run_boxed(s), "box").objects_held == 20);
  s.duration = 10s;
  const Result result = run_boxed(s);
  CHECK(node_of(result, "box").objects_held == 50);
  CHECK(result.tiers.at("embedded").refreshes == 50);
  CHECK(result.events.at(0).ways->messages_dropped == 0);
}

TEST_CASE("filling ahead stops where its window ends and begins anew in the next one") {
  FillRules rules;
  rules.window = window("00:00-00:01");
  rules.rate = BitRate{8'000'000};  // a megabyte a second
  rules.ahead = true;
  rules.items = {{0, 0}, {1, 0}, {2, 0}};
  Filling filling(rules);
  REQUIRE(filling.next() == at(Duration{0}));
  filling.sent_for(at(0s), Bytes{50'000'000});
  CHECK(filling.item().object == 1);
  CHECK(filling.next() >= at(50s));
  CHECK(filling.next() < at(51s));
  filling.sent_for(at(50s), Bytes{50'000'000});
  CHECK(filling.next() == at(24h));  // it would be 100 s
  CHECK(filling.item().object == 0);
  filling.skip();
  filling.skip();
  CHECK(filling.next() == at(24h));
  filling.skip();
  CHECK(filling.next() == at(48h));
  filling.keep(7);
  CHECK(filling.takes(7, at(24h), Bytes{1}));
  CHECK_FALSE(filling.takes(7, at(24h), Bytes{1}));
}

}  // namespace filling_test

}  // namespace cdnsim::test
