// Which second belongs to what, by hand.

#include <cdnsim/assembly/span_watch.hpp>
#include <tests/support/catch.hpp>

namespace span_watch_test {

using namespace cdnsim;
using assembly::PortLoads;
using assembly::SecondCounts;
using assembly::SpanWatch;

// Second number s has s requests.
SpanWatch watched(std::vector<SpanWatch::Lasting> lasting, std::int64_t from, std::int64_t until) {
  const Topology topology;
  const PortLoads loads(topology);
  SpanWatch watch(std::move(lasting), 0);
  for (std::int64_t second = from; second < until; ++second) {
    SecondCounts counts;
    counts.requests = static_cast<std::uint64_t>(second);
    watch.close_second(second, counts, loads);
  }
  return watch;
}

TEST_CASE("a second that something touches is of the time in which it lasts") {
  // 2.5 s to 5 s in two parts that overlap, in no order; and one of no length.
  const SpanWatch watch = watched(
      {{SimTime{3500ms}, SimTime{5s}}, {SimTime{7s}, SimTime{7s}}, {SimTime{2500ms}, SimTime{4s}}},
      1, 10);
  CHECK(watch.before().counts.seconds == 1);
  CHECK(watch.before().counts.requests == 1);
  CHECK(watch.during().counts.seconds == 3);
  CHECK(watch.during().counts.requests == 2 + 3 + 4);
  CHECK(watch.after().counts.seconds == 5);
  CHECK(watch.after().counts.requests == 5 + 6 + 7 + 8 + 9);
}

TEST_CASE("between two times it is after the first") {
  const SpanWatch watch = watched({{SimTime{2s}, SimTime{3s}}, {SimTime{5s}, SimTime{6s}}}, 0, 8);
  CHECK(watch.before().counts.requests == 0 + 1);
  CHECK(watch.during().counts.requests == 2 + 5);
  CHECK(watch.after().counts.requests == 3 + 4 + 6 + 7);
}

TEST_CASE("what begins before anything is counted has no before") {
  const SpanWatch watch = watched({{SimTime{0s}, SimTime{4s}}}, 2, 6);
  CHECK(watch.before().counts.seconds == 0);
  CHECK(watch.during().counts.requests == 2 + 3);
  CHECK(watch.after().counts.requests == 4 + 5);
}

TEST_CASE("what is over in a moment has none of them") {
  const SpanWatch watch = watched({{SimTime{2s}, SimTime{2s}}}, 0, 4);
  CHECK_FALSE(watch.has_any());
  CHECK(watch.before().counts.seconds == 0);
}

}  // namespace span_watch_test
