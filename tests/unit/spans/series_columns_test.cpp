// What the series holds of answers, stale copies and links, against the result of the same run.

#include <tests/support/catch.hpp>
#include <tests/support/series_sums.hpp>
#include <tests/support/ways_scenario.hpp>

namespace cdnsim::test {
namespace series_columns_test {

// A hundred requests a second; every answer takes a round trip of 2 x (10 ms + 5 ms).
Scenario one_pop() {
  Scenario s = ways_scenario(100);
  s.series_interval = 1s;
  add_isp(s, "isp");
  add_pop(s, "pop");
  join(s, "pop", "isp", LinkKind::pni, 10ms);
  return s;
}

TEST_CASE("answers and the sum of their times to first byte make the mean of each second") {
  const auto [result, series] = run_with_series(one_pop());
  auto second = series.sums("edge", 50, 51);
  CHECK(second["answers"] > 50);
  CHECK(second["first_byte_ns"] / second["answers"] == Approx(30e6).epsilon(1e-4));
  auto all = series.sums("edge", 10, 120);
  CHECK(all["answers"] == static_cast<double>(result.latency.all.ttfb.count));
  CHECK(all["first_byte_ns"] / all["answers"] / 1e6 ==
        Approx(result.latency.all.ttfb.mean).epsilon(1e-9));
}

TEST_CASE("each node's bytes over each kind of link are those of its links") {
  Scenario s = one_pop();
  s.content["pages"].objects = 100'000;  // nearly every request asks for another one
  const auto [result, series] = run_with_series(s);
  auto edge = series.sums("edge", 10, 120);
  auto origin = series.sums("origin", 10, 120);
  const LinkResult& to_users = link_of(result, "pop-isp");
  const LinkResult& to_origin = link_of(result, "pop-origin");
  CHECK(edge["sent_pni"] == static_cast<double>(to_users.forward.bytes));
  CHECK(to_users.forward.bytes > 10'000'000);
  CHECK(edge["received_pni"] == 0);
  CHECK(edge["received_backbone"] == static_cast<double>(to_origin.backward.bytes));
  CHECK(origin["sent_backbone"] == edge["received_backbone"]);
  CHECK(to_origin.backward.bytes > 5'000'000);
  CHECK(edge["sent_transit"] + edge["sent_ixp"] + edge["received_transit"] == 0);
}

TEST_CASE("copies that stand in for an origin that is down are told second by second") {
  Scenario s = one_pop();
  s.content["pages"].cache_control = *parse<CacheControl>("max-age=5, stale-if-error=600").value;
  DownEvent down;
  down.node = "origin";
  down.lasts = 20s;
  s.events["outage"] = EventSpec{40s, down};
  const auto [result, series] = run_with_series(s);
  CHECK(series.sums("edge", 10, 40)["stale_on_error"] == 0);
  // What was fetched before is fresh for 5 s; then all is stale. A fetch that fails takes 20 ms.
  auto stale = series.sums("edge", 46, 60);
  CHECK(std::abs(stale["stale_on_error"] - stale["requests"]) < 10);
  CHECK(stale["errors"] == 0);
  CHECK(series.sums("edge", 66, 120)["stale_on_error"] == 0);
  const EventSpans& spans = *result.events.at(0).spans;
  CHECK(static_cast<double>(spans.during.stale_answers) ==
        series.sums("edge", 40, 60)["stale_on_error"]);
  CHECK(spans.during.availability == 1);
}

}  // namespace series_columns_test
}  // namespace cdnsim::test
