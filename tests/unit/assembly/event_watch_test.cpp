// What the seconds around an event come to, by hand: a hundred look-ups a second, ninety of them
// hits, ten requests a second at the origin, a minute before and a minute after.

#include <cmath>

#include <cdnsim/assembly/event_watch.hpp>
#include <tests/support/catch.hpp>

namespace event_watch_test {

using namespace cdnsim;
using assembly::EventWatch;
using assembly::SecondCounts;

constexpr SecondCounts kUsual{1, 100, 90, 0, 20, 10};

// `changed` in the seconds [from, until) after the event, the usual in all others.
EventResult judged(const SecondCounts& changed, std::int64_t from, std::int64_t until,
                   std::int64_t before = 60) {
  EventWatch watch(SimTime{100s});
  for (std::int64_t second = 100 - before; second < 160; ++second) {
    const bool is_changed = second >= 100 + from && second < 100 + until;
    watch.close_second(second, is_changed ? changed : kUsual);
  }
  EventResult result;
  watch.judge(result);
  return result;
}

TEST_CASE("a burst at the origin is counted to its end though no hit is lost") {
  // Ten seconds of thirty, from the second after: five seconds are back at ten from 11 s on.
  const EventResult effect = judged({1, 100, 90, 0, 20, 30}, 1, 11);
  CHECK(effect.recovered_after_s == 0);
  CHECK(effect.over_after_s == 16);
  CHECK(effect.measured_s == 16);
  CHECK(effect.origin_requests == 16 * 10 + 200);
  CHECK(effect.origin_peak_rps == 30);
  CHECK(effect.lost_requests == 0);
}

TEST_CASE("requests that are lost are counted to the last") {
  // Twenty-five in each of four seconds; shed ones are not looked up.
  const EventResult effect = judged({1, 75, 68, 25, 20, 10}, 0, 4);
  CHECK(effect.lost_rps_before == 0);
  CHECK(effect.lost_peak_rps == 25);
  CHECK(effect.over_after_s == 9);
  CHECK(effect.lost_requests == 100);
  CHECK(effect.origin_requests == 9 * 10);
  CHECK(effect.recovered_after_s == 0);
}

TEST_CASE("the longest of the three says when it is over") {
  // Half the hits and six times the requests at the origin for twenty seconds.
  const EventResult effect = judged({1, 100, 40, 0, 20, 60}, 0, 20);
  CHECK(effect.hit_ratio_before == Approx(0.9));
  CHECK(effect.hit_ratio_lowest == Approx(0.4));
  CHECK(effect.recovered_after_s == 25);
  CHECK(effect.over_after_s == 25);
  CHECK(effect.origin_requests == 25 * 10 + 1000);
}

TEST_CASE("what does not come back is counted as long as it was watched") {
  const EventResult effect = judged({1, 100, 50, 1, 20, 50}, 0, 60);
  CHECK(std::isnan(effect.recovered_after_s));
  CHECK(std::isnan(effect.over_after_s));
  CHECK(effect.measured_s == 60);
  CHECK(effect.lost_requests == 60);
  CHECK(effect.origin_requests == 60 * 50);
}

TEST_CASE("chance is no effect") {
  // 16 a second for five seconds are 80 where 50 are usual: less than 5 sqrt(50) = 35 more. With 18
  // they are 90.
  const EventResult chance = judged({1, 100, 90, 0, 20, 16}, 10, 15);
  CHECK(chance.over_after_s == 0);
  CHECK(chance.measured_s == 0);
  CHECK(chance.origin_requests == 0);
  const EventResult more = judged({1, 100, 90, 0, 20, 18}, 10, 15);
  CHECK(more.over_after_s == 20);
  CHECK(more.origin_requests == 20 * 10 + 40);
}

TEST_CASE("nor is what happened before as well") {
  // Every thirty seconds five of thirty: as high before as after.
  EventWatch watch(SimTime{100s});
  for (std::int64_t second = 40; second < 160; ++second) {
    watch.close_second(second, second % 30 < 5 ? SecondCounts{1, 100, 90, 0, 20, 30} : kUsual);
  }
  EventResult effect;
  watch.judge(effect);
  CHECK(effect.over_after_s == 0);
}

TEST_CASE("without a second before there is nothing to compare with") {
  const EventResult effect = judged({1, 75, 68, 25, 20, 10}, 0, 4, 0);
  CHECK(std::isnan(effect.over_after_s));
  CHECK(effect.origin_requests == 60 * 10);
  CHECK(effect.measured_s == 60);
  CHECK(effect.lost_requests == 100);
}

TEST_CASE("where all of it passes the rest tells when it is over") {
  EventWatch watch(SimTime{100s});
  for (std::int64_t second = 40; second < 160; ++second) {
    watch.close_second(second, {1, 0, 0, second >= 100 && second < 103 ? 100u : 0u, 0, 100});
  }
  EventResult effect;
  watch.judge(effect);
  CHECK(std::isnan(effect.recovered_after_s));
  CHECK(effect.over_after_s == 8);
  CHECK(effect.lost_requests == 300);
}

}  // namespace event_watch_test
