// What a trace is like, by hand, and a drawn trace's exponent found again.

#include <cmath>
#include <vector>

#include <cdnsim/trace/generated_trace.hpp>
#include <cdnsim/trace/trace_profile.hpp>
#include <tests/support/catch.hpp>

namespace {

using namespace cdnsim;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

TraceSummary profile_of(TraceReader& trace, std::uint64_t requests) {
  TraceProfile profile(requests);
  std::vector<TraceRequest> block(1000);
  while (const std::size_t count = trace.read(block)) {
    for (std::size_t i = 0; i < count; ++i) profile.add(block[i]);
  }
  return profile.summary();
}

}  // namespace

TEST_CASE("a profile of ten requests, by hand") {
  TraceProfile profile(10);
  const std::uint64_t ids[] = {1, 2, 1, 3, 1, 4, 1, 5, 1, 1};
  for (std::uint64_t i = 0; i < 10; ++i) {
    // Object k has k x 10 bytes, but the last request finds object 1 grown to 15.
    const auto bytes = static_cast<std::int64_t>(i == 9 ? 15 : ids[i] * 10);
    profile.add({ids[i], bytes, at(std::chrono::seconds(3 + i))});
  }
  const TraceSummary s = profile.summary();
  CHECK(s.requests == 10);
  CHECK(s.objects == 5);
  CHECK(s.bytes == 5 * 10 + 15 + 20 + 30 + 40 + 50);
  CHECK(s.footprint == 150);
  CHECK(s.size_changes == 1);
  CHECK(s.duration == 9s);
  CHECK(s.asked_once == 4);
  CHECK(s.most_asked == 6);
  CHECK(s.size_least == 10);
  CHECK(s.size_median == 30);
  CHECK(s.size_p90 == 50);  // number ceil(0.9 x 5)
  CHECK(s.size_most == 50);
  CHECK(std::isnan(s.zipf_exponent));
  CHECK(s.objects_in_tenth == std::vector<std::uint64_t>(10, 1));
  CHECK(s.new_in_tenth == std::vector<std::uint64_t>{1, 1, 0, 1, 0, 1, 0, 1, 0, 0});
}

TEST_CASE("nothing has a profile too") {
  const TraceSummary s = TraceProfile(0).summary();
  CHECK(s.requests == 0);
  CHECK(s.objects == 0);
  CHECK(s.duration == 0s);
}

TEST_CASE("the exponent of a drawn trace is found again") {
  for (const double exponent : {0.6, 0.8, 1.0, 1.2}) {
    TraceLaws laws;
    laws.requests = 1'000'000;
    laws.objects = 20'000;
    laws.exponent = exponent;
    GeneratedTrace trace(laws);
    INFO(exponent);
    CHECK(profile_of(trace, laws.requests).zipf_exponent == Approx(exponent).margin(0.02));
  }
}
