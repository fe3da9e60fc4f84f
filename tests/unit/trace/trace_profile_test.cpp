// What a trace is like, by hand, and a drawn trace's exponent found again.

#include <array>
#include <cmath>
#include <span>
#include <vector>

#include <cdnsim/base/sampler/lognormal.hpp>
#include <cdnsim/trace/generated_trace.hpp>
#include <cdnsim/trace/trace_profile.hpp>
#include <tests/support/catch.hpp>

namespace trace_profile_test {

using namespace cdnsim;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

TraceSummary profile_of(TraceReader& trace, std::uint64_t requests) {
  TraceProfile profile(requests);
  std::vector<TraceRequest> block(1000);
  while (const std::size_t count = trace.read(block)) {
    profile.add(std::span(block).first(count));
  }
  return profile.summary();
}

TEST_CASE("a profile of ten requests, by hand") {
  TraceProfile profile(10);
  const std::uint64_t ids[] = {1, 2, 1, 3, 1, 4, 1, 5, 1, 1};
  for (std::uint64_t i = 0; i < 10; ++i) {
    // Object k has k x 10 bytes, but the last request finds object 1 grown to 15.
    const auto bytes = static_cast<std::int64_t>(i == 9 ? 15 : ids[i] * 10);
    const TraceRequest request{ids[i], bytes, at(std::chrono::seconds(3 + i))};
    profile.add({&request, 1});
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
  // Within a hundredth or a thousandth of ten requests there is none, within a tenth the last.
  CHECK(s.reused_within == std::array<std::uint64_t, 3>{0, 0, 1});
  CHECK(std::isnan(s.zipf_exponent));
  CHECK(s.objects_in_tenth == std::vector<std::uint64_t>(10, 1));
  CHECK(s.new_in_tenth == std::vector<std::uint64_t>{1, 1, 0, 1, 0, 1, 0, 1, 0, 0});
}

TEST_CASE("reuse is counted by how many requests ago it was") {
  // 1000 requests: 1 2 1 2 ... twenty times each, then 960 others, then 1 and 2 again.
  std::vector<TraceRequest> list;
  for (std::uint64_t i = 0; i < 40; ++i) list.push_back({1 + i % 2, 1, at(0s)});
  for (std::uint64_t i = 0; i < 958; ++i) list.push_back({100 + i, 1, at(0s)});
  list.push_back({2, 1, at(0s)});
  list.push_back({2, 1, at(0s)});
  TraceProfile profile(1000);
  profile.add(list);
  // One request comes right after the same one, 38 two requests after, one 959 after.
  CHECK(profile.summary().reused_within == std::array<std::uint64_t, 3>{1, 39, 39});
}

TEST_CASE("sizes are held against the lognormal law, by hand") {
  const auto fit = [](const std::vector<std::int64_t>& sizes) {
    TraceProfile profile(sizes.size());
    std::uint64_t id = 0;
    for (const std::int64_t bytes : sizes) {
      const TraceRequest request{++id, bytes, at(0s)};
      profile.add({&request, 1});
    }
    return profile.summary();
  };
  // Half of 100 and half of 10,000: the logarithms are log 1000 plus or minus log 10. One sigma
  // below the mean the law has 0.158655, where the sizes have gone from 0 to 0.5.
  const TraceSummary two = fit({100, 10'000, 100, 10'000});
  CHECK(two.size_law_median == Approx(1000.0));
  CHECK(two.size_law_sigma == Approx(std::log(10.0)));
  CHECK(two.size_law_distance == Approx(0.5 - 0.158655).margin(1e-6));
  const TraceSummary one = fit({77, 77, 77});
  CHECK(one.size_law_median == 77);
  CHECK(one.size_law_sigma == 0);
  CHECK(one.size_law_distance == 0);
}

TEST_CASE("the size law of a drawn trace is found again, and another law is told from it") {
  TraceLaws laws;
  laws.requests = 400'000;
  laws.objects = 20'000;
  laws.exponent = 0.3;  // nearly all objects are asked for
  laws.size_of = [](std::uint64_t bits) {
    return static_cast<std::int64_t>(Lognormal(24'576, 1.2).quantile(bits) + 0.5);
  };
  GeneratedTrace lognormal(laws);
  const TraceSummary found = profile_of(lognormal, laws.requests);
  // 20,000 logarithms: their mean has a standard error of 1.2 / 141, their deviation of 1.2 / 200;
  // a sample of the law itself is further from it than 1.63 / 141 in 1 of 100 cases.
  CHECK(std::log(found.size_law_median) == Approx(std::log(24'576)).margin(4 * 1.2 / 141));
  CHECK(found.size_law_sigma == Approx(1.2).margin(4 * 1.2 / 200));
  CHECK(found.size_law_distance < 1.63 / 141);
  // Equally likely between 1 and 1,000,000: the logarithm has mean log 10^6 - 1 and deviation 1.
  // At the top, sizes end 1 sigma above the mean, where the law has 1 - 0.158655 only.
  laws.size_of = [](std::uint64_t bits) { return static_cast<std::int64_t>(1 + bits % 1'000'000); };
  GeneratedTrace uniform(laws);
  const TraceSummary other = profile_of(uniform, laws.requests);
  CHECK(other.size_law_median == Approx(1e6 / std::exp(1.0)).epsilon(4.0 / 141));
  CHECK(other.size_law_sigma == Approx(1.0).margin(0.04));
  CHECK(other.size_law_distance == Approx(0.158655).margin(0.02));
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

}  // namespace trace_profile_test
