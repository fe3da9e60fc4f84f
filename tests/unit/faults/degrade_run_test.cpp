// A node that works worse: fewer requests a second, later answers, errors.

#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

namespace cdnsim::test {
namespace degrade_run_test {

// 10 ms there and 10 ms back for a hit: 5 ms of the way and 5 ms of access.
Scenario one_pop(double per_second = 100) {
  Scenario s = ways_scenario(per_second);
  add_isp(s, "isp", 4);
  add_pop(s, "pop");
  join(s, "pop", "isp", LinkKind::pni, 5ms);
  return s;
}

DegradeEvent of(const std::string& node) {
  DegradeEvent event;
  event.node = node;
  return event;
}

TEST_CASE("some of the requests end in an error, and the others do as before") {
  Scenario s = one_pop(200);
  DegradeEvent event = of("pop");
  event.errors = Ratio{0.3};
  event.lasts = 50s;
  s.events["bad release"] = EventSpec{40s, event};
  const Result result = run(s).result;
  const auto asked = static_cast<double>(drawn(s, "isp", 40s, 90s));
  CHECK(std::abs(static_cast<double>(result.requests.errors) - 0.3 * asked) <
        4 * std::sqrt(0.3 * 0.7 * asked));
  CHECK(result.events.at(0).lost_requests == result.requests.errors);
  CHECK(result.latency.all.ttfb.p50 == Approx(20).epsilon(0.01));
  for (const unsigned threads : {2u, 3u}) {
    CHECK(run(s, {.threads = threads}).result.digest == result.digest);
  }
}

TEST_CASE("answers leave later, and no server waits for them") {
  Scenario s = one_pop();
  DegradeEvent event = of("pop");
  event.delay = 50ms;
  s.events["slow disk"] = EventSpec{0s, event};
  const Result result = run(s).result;
  CHECK(result.latency.all.ttfb.p50 == Approx(70).epsilon(0.01));
  CHECK(result.latency.all.ttfb.p99 == Approx(70).epsilon(0.01));
}

TEST_CASE("servers that do half of their work take twice as long, and are full at half the load") {
  Scenario s = one_pop(150);
  s.caching.edge.service_time = 5ms;  // 200 requests a second
  s.caching.edge.max_wait = 100ms;
  const Result well = run(s).result;
  CHECK(well.requests.errors == 0);
  DegradeEvent event = of("pop");
  event.capacity = Ratio{0.5};
  s.events["half"] = EventSpec{0s, event};
  const Result half = run(s).result;
  // 100 of 150 are served.
  CHECK(static_cast<double>(half.requests.errors) /
            static_cast<double>(half.requests.outcomes.requests) ==
        Approx(1 / 3.0).epsilon(0.05));
}

TEST_CASE("an origin that works worse is noticed by whoever misses") {
  Scenario s = one_pop();
  s.content["pages"].cache_control = *parse<CacheControl>("no-store").value;
  const double well = run(s).result.latency.all.ttfb.p50;
  DegradeEvent event = of("origin");
  event.delay = 100ms;
  s.events["slow"] = EventSpec{0s, event};
  CHECK(run(s).result.latency.all.ttfb.p50 == Approx(well + 100).epsilon(0.01));
  event.delay = 0ms;
  event.errors = Ratio{0.2};
  s.events["slow"] = EventSpec{0s, event};
  const Result result = run(s).result;
  const auto asked = static_cast<double>(result.requests.outcomes.requests);
  CHECK(std::abs(static_cast<double>(result.requests.errors) - 0.2 * asked) <
        4 * std::sqrt(0.2 * 0.8 * asked));
}

TEST_CASE("of two that make a node worse, each is over by itself") {
  Scenario s = one_pop();
  DegradeEvent event = of("pop");
  event.delay = 50ms;
  event.lasts = 60s;  // until 90 s
  s.events["first"] = EventSpec{30s, event};
  event.lasts = 30s;  // from 60 to 90 s
  s.events["second"] = EventSpec{60s, event};
  const Result result = run(s).result;
  // 20 s and 30 s as it should be, 30 s with one, 30 s with both.
  CHECK(result.latency.all.ttfb.mean ==
        Approx((50 * 20.0 + 30 * 70 + 30 * 120) / 110).epsilon(0.03));
  CHECK(result.latency.all.ttfb.p99 == Approx(120).epsilon(0.01));
}

// Two answers of a million bytes a second over 80 Mbps: a line that is 20 % full, where one waits
// rho s / 2 (1 - rho) for 100 ms each; at half of it 40 % full and 200 ms each.
TEST_CASE("a link that carries half as much makes answers queue as a line of half its capacity") {
  Scenario s = one_pop(2);
  s.duration = 4000s;
  s.content.at("pages").size.law = FixedSize{Bytes{1'000'000}};
  s.caching.edge.memory = Bytes{1'000'000'000};
  s.network.links.at("pop-isp").capacity = BitRate{80'000'000};
  const auto waits = [](const Result& result) { return result.latency.all.ttfb.mean - 20; };
  CHECK(waits(run(s).result) == Approx(0.2 * 100 / (2 * 0.8)).epsilon(0.15));
  DegradeEvent event;
  event.link = "pop-isp";
  event.capacity = Ratio{0.5};
  s.events["rain"] = EventSpec{0s, event};
  const Result half = run(s).result;
  CHECK(waits(half) == Approx(0.4 * 200 / (2 * 0.6)).epsilon(0.15));
  CHECK(run(s, {.threads = 3}).result.digest == half.digest);
}

}  // namespace degrade_run_test
}  // namespace cdnsim::test
