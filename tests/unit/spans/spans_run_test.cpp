// Whole runs before, during and after something that lasts, by hand and against their series.

#include <cmath>

#include <tests/support/catch.hpp>
#include <tests/support/series_sums.hpp>
#include <tests/support/ways_scenario.hpp>

namespace cdnsim::test {
namespace spans_run_test {

// The only way to the users, of transit at 1 USD/Mbps, fails from 40 s to 60 s; routing knows 10 s
// later, both times. A round trip takes 2 x (5 ms + 5 ms).
Scenario one_way() {
  Scenario s = ways_scenario(100);
  s.series_interval = 1s;
  add_isp(s, "isp");
  add_pop(s, "pop");
  join(s, "pop", "isp", LinkKind::transit, 5ms);
  s.events["cut"] = fail_link(40s, "pop-isp", 20s);
  return s;
}

TEST_CASE("what is lost while a way is cut, and until routing knows that it is back") {
  const Scenario s = one_way();
  const auto [result, series] = run_with_series(s);
  const EventSpans& spans = *result.events.at(0).spans;
  CHECK(spans.before.seconds == 30);
  CHECK(spans.during.seconds == 20);
  CHECK(spans.after.seconds == 60);
  CHECK(spans.before.requests == drawn(s, "isp", 10s, 40s));
  CHECK(spans.during.requests == drawn(s, "isp", 40s, 60s));
  CHECK(spans.after.requests == drawn(s, "isp", 60s, 120s));
  CHECK(spans.before.lost == 0);
  CHECK(spans.during.lost == drawn(s, "isp", 40s, 60s));
  CHECK(spans.after.lost == drawn(s, "isp", 60s, 70s));
  CHECK(spans.before.availability == 1);
  CHECK(spans.during.availability == 0);
  const double answered = static_cast<double>(drawn(s, "isp", 70s, 120s));
  CHECK(spans.after.availability == Approx(answered / static_cast<double>(spans.after.requests)));
  CHECK(spans.before.ttfb_mean_ms == Approx(20).epsilon(1e-4));
  CHECK(std::isnan(spans.during.ttfb_mean_ms));
  CHECK(spans.after.ttfb_mean_ms == Approx(20).epsilon(1e-4));
  CHECK(std::isnan(spans.before.month_usd));  // nothing is priced
  CHECK(static_cast<double>(spans.after.lost) == series.sums("edge", 60, 120)["errors"]);
}

TEST_CASE("a month that is like one stretch costs what that stretch sends") {
  Scenario s = one_way();
  s.network.pops["pop"].pricing.tariffs = std::vector<std::string>{};
  TransitTariff transit;
  transit.price = PricePerMbps{1_USD};
  s.billing = BillingSpec{};
  s.billing->tariffs["transit"] = transit;
  const Result result = run(s).result;
  const EventSpans& spans = *result.events.at(0).spans;
  // The backbone to the origin costs the same all the time, and carries nothing.
  const double fixed = spans.during.month_usd;
  const auto mbps = [&](Duration from, Duration until, double over_s) {
    return static_cast<double>(drawn(s, "isp", from, until)) * 8000 / over_s / 1e6;
  };
  // An answer that is on its way when a second ends is 1000 bytes.
  CHECK(spans.before.month_usd - fixed == Approx(mbps(10s, 40s, 30)).margin(0.0005));
  CHECK(spans.after.month_usd - fixed == Approx(mbps(70s, 120s, 60)).margin(0.0005));
  CHECK(spans.before.month_usd - fixed > 0.7);
  CHECK(fixed == Approx(result.cost->backbone));
}

TEST_CASE("what flaps is counted over all its times") {
  Scenario s = one_way();
  s.network.convergence = 30s;
  EventSpec flap = fail_link(20s, "pop-isp", 5s);
  flap.every = 15s;
  flap.times = 5;
  s.events["cut"] = flap;
  const Result result = run(s).result;
  std::uint64_t lost = 0;
  for (int i = 0; i < 5; ++i) lost += drawn(s, "isp", 20s + i * 15s, 25s + i * 15s);
  const EventResult& event = result.events.at(0);
  CHECK(event.lost_requests == lost);
  CHECK(event.measured_s == 100);
  CHECK(event.spans->during.seconds == 25);
  CHECK(event.spans->during.lost == lost);
  CHECK(event.spans->before.requests == drawn(s, "isp", 10s, 20s));
  CHECK(event.spans->after.lost == 0);
}

TEST_CASE("what fails by chance is counted over all its times") {
  Scenario s = one_way();
  s.duration = 2000s;
  s.series_interval = 10s;
  s.network.pops["pop"].servers = 10;
  FaultsEvent faults;
  faults.servers_of = {"pop"};
  faults.mtbf = 100s;
  faults.mttr = 25s;
  faults.noticed_after = 1h;
  s.events["cut"] = EventSpec{0s, faults};
  const Result result = run(s).result;
  const EventResult& event = result.events.at(0);
  CHECK(result.requests.errors > 1000);
  CHECK(event.lost_requests == result.requests.errors);
  CHECK(event.measured_s == 1990);
  CHECK(event.spans->before.lost + event.spans->during.lost + event.spans->after.lost ==
        result.requests.errors);
}

TEST_CASE("what is over in a moment, or never happens, has no stretches") {
  Scenario s = one_way();
  s.events.clear();
  s.events["purge"] = EventSpec{40s, PurgeEvent{}};
  std::get<PurgeEvent>(s.events["purge"].what).content = "pages";
  CHECK_FALSE(run(s).result.events.at(0).spans);
}

}  // namespace spans_run_test
}  // namespace cdnsim::test
