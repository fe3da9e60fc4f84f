// Times of service as text and as draws, balancers, and lengths of queues.

#include <array>
#include <cmath>

#include <cdnsim/models/node/balancer.hpp>
#include <cdnsim/models/node/service_law.hpp>
#include <tests/support/catch.hpp>

namespace service_test {

using namespace cdnsim;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

ServiceLaw law(const std::string& text) {
  const Parsed<ServiceLaw> parsed = parse<ServiceLaw>(text);
  INFO(text << ": " << parsed.problem);
  REQUIRE(parsed.value);
  return *parsed.value;
}

TEST_CASE("a service time is one for all or a law, and reads back as it was") {
  CHECK(law("40ms") == ServiceLaw(40ms));
  CHECK(law("40ms").is_fixed());
  CHECK(law("0s").mean() == 0s);
  CHECK(law("exponential:mean=40ms").mean() == 40ms);
  CHECK(law("hyperexponential:mean=3us,scv=4").mean() == 3us);
  // e^(1/2) medians.
  CHECK(seconds(law("lognormal:median=1s,sigma=1").mean()) == Approx(std::exp(0.5)));
  for (const char* text : {"40ms", "exponential:mean=40ms", "lognormal:median=30ms,sigma=1.5",
                           "hyperexponential:mean=40ms,scv=16"}) {
    CHECK(to_text(law(text)) == text);
  }
}

TEST_CASE("what is no service time is refused, and it is said why") {
  for (const char* wrong :
       {"exponential", "exponential:", "exponential:mean=40ms,scv=1", "exponential:median=40ms",
        "hyperexponential:mean=40ms,scv=0.9", "lognormal:median=1s,sigma=11", "gamma:mean=1s"}) {
    INFO(wrong);
    CHECK_FALSE(parse<ServiceLaw>(wrong).value);
    CHECK_FALSE(parse<ServiceLaw>(wrong).problem.empty());
  }
  CHECK(parse<ServiceLaw>("exponential:mean=2h").problem ==
        "a service time of \"2h\" is out of range; wanted 1ns to 1h");
  CHECK(parse<ServiceLaw>("-1ms").problem ==
        "a service time of \"-1ms\" is out of range; wanted 0s to 1h");
}

TEST_CASE("drawn times have their law's mean and variance") {
  struct Case {
    const char* text;
    double mean_s, scv;
  };
  for (const auto& [text, mean_s, scv] :
       {Case{"exponential:mean=2s", 2, 1}, Case{"hyperexponential:mean=2s,scv=4", 2, 4},
        Case{"hyperexponential:mean=1s,scv=16", 1, 16},
        Case{"lognormal:median=1s,sigma=0.5", std::exp(0.125), std::exp(0.25) - 1}}) {
    const ServiceLaw drawn = law(text);
    double sum = 0, squares = 0;
    constexpr std::uint64_t kSteps = 1 << 18;
    for (std::uint64_t i = 0; i < kSteps; ++i) {
      const double time = seconds(drawn.draw((2 * i + 1) << 45));
      sum += time;
      squares += time * time;
    }
    const double mean = sum / kSteps;
    INFO(text);
    CHECK(mean == Approx(mean_s).epsilon(2e-3));
    CHECK(squares / kSteps / (mean * mean) - 1 == Approx(scv).epsilon(1e-2));
  }
}

TEST_CASE("a balancer is the owner or the least of a few") {
  CHECK(parse<Balancer>("owner").value->choices == 1);
  CHECK(parse<Balancer>("least_of:d=2").value->choices == 2);
  CHECK(to_text(Balancer{3}) == "least_of:d=3");
  for (const char* wrong : {"", "least_of", "least_of:d=0", "least_of:d=65", "least_of:2", "jsq"}) {
    CHECK_FALSE(parse<Balancer>(wrong).value);
  }
}

TEST_CASE("the first of the servers with the fewest requests is taken") {
  QueueLengths lengths(3);
  lengths.note(0, at(10ms));
  lengths.note(0, at(20ms));
  lengths.note(1, at(15ms));
  const std::array<std::uint32_t, 3> all{0, 1, 2};
  CHECK(lengths.shortest_of(all, at(0ms)) == 2);
  CHECK(lengths.shortest_of(std::span(all).first(2), at(0ms)) == 1);
  CHECK(lengths.at(0, at(9ms)) == 2);
  // Who leaves at this moment is gone; of equal queues the first in the order.
  CHECK(lengths.shortest_of(std::span(all).first(2), at(10ms)) == 0);
  CHECK(lengths.shortest_of(std::span(all).first(2), at(15ms)) == 1);
}

}  // namespace service_test
