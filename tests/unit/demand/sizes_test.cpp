// Sizes by points and by mixes of laws: their moments against the formula, their bounds, their
// text.

#include <cmath>
#include <string>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/models/workload/laws.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/law_of.hpp>

#include "demand_bench.hpp"

namespace sizes_test {

using namespace cdnsim;
using namespace cdnsim::test;

SizeLaw law(const std::string& text) { return law_of<SizeLaw>(text); }

void check_moments(const std::string& text, double mean, double variance) {
  DrawStream draws(draw_key(3, {"sizes of demand"}), Counter{});
  const SizeLaw sizes = law(text);
  std::vector<double> drawn;
  for (int i = 0; i < 400'000; ++i) {
    drawn.push_back(static_cast<double>(sizes.draw(draws.next()).count()));
  }
  const Sample sample = sample_of(drawn);
  INFO(text);
  CHECK(agrees(sample.mean, mean, sample.mean_error));
  CHECK(agrees(sample.variance, variance, sample.variance_error));
}

TEST_CASE("sizes by points have the moments of their stretches") {
  // A tenth has 1,000 bytes; 0.4 are uniform from 1,000 to 10,000, 0.5 from 10,000 to 1,000,000.
  // A stretch from a to b has the mean (a + b) / 2 and the mean square (a^2 + ab + b^2) / 3.
  const double mean = 0.1 * 1e3 + 0.4 * 5.5e3 + 0.5 * 505e3;
  const double square = 0.1 * 1e6 + 0.4 * (1e6 + 1e7 + 1e8) / 3 + 0.5 * (1e8 + 1e10 + 1e12) / 3;
  check_moments("points:1KB=0.1,10KB=0.5,1MB=1", mean, square - mean * mean);
  check_moments("points:7KB=1", 7000, 0);
}

TEST_CASE("as many objects are no larger than a point as it says") {
  DrawStream draws(draw_key(4, {"sizes of demand"}), Counter{});
  const SizeLaw sizes = law("points:1KiB=0.1,10KiB=0.5,1MiB=1");
  constexpr int kDraws = 100'000;
  std::vector<double> below(3);
  for (int i = 0; i < kDraws; ++i) {
    const std::int64_t size = sizes.draw(draws.next()).count();
    below[0] += size <= 1024;
    below[1] += size <= 10'240;
    below[2] += size <= 1'048'576 && size >= 1024;
  }
  CHECK(is_share(below[0] / kDraws, 0.1, kDraws));
  CHECK(is_share(below[1] / kDraws, 0.5, kDraws));
  CHECK(below[2] == kDraws);
}

TEST_CASE("a mix has the moments of its parts, weighed") {
  // 0.7 of 2,000 bytes and 0.3 of exponential ones of 100,000: means and mean squares add up.
  const double mean = 0.7 * 2e3 + 0.3 * 1e5;
  check_moments("mix:0.7=2KB;0.3=exponential:mean=100KB", mean,
                0.7 * 4e6 + 0.3 * 2 * 1e10 - mean * mean);
  // Shares count relative to their sum. A lognormal law has the mean m e^(s^2 / 2) and the mean
  // square m^2 e^(2 s^2).
  const double second = 0.25 * 20e3 * std::exp(0.125) + 0.75 * 1e6;
  check_moments("mix:1=lognormal:median=20KB,sigma=0.5;3=1MB", second,
                0.25 * 4e8 * std::exp(0.5) + 0.75 * 1e12 - second * second);
  check_moments("mix:0.5=points:1KB=0.5,3KB=1;0.5=4KB", 0.5 * (0.5e3 + 0.5 * 2e3) + 0.5 * 4e3,
                0.5 * (0.5 * 1e6 + 0.5 * 13e6 / 3) + 0.5 * 16e6 - 2.75e3 * 2.75e3);
}

TEST_CASE("the largest object of a mix may be of any part") {
  CHECK(law("mix:0.1=9MB;0.9=1KB").largest() == Bytes{9'000'000});
  CHECK(law("mix:0.1=1KB;0.9=points:1KB=0.5,8MB=1").largest() == Bytes{8'000'000});
  CHECK(law("mix:0.5=pareto:minimum=1KB,shape=1.1,maximum=2MB;0.5=3KB").largest() ==
        Bytes{2'000'000});
  const SizeLaw sizes = law("mix:0.1=9MB;0.9=1KB");
  for (const std::uint64_t bits : {std::uint64_t{0}, ~std::uint64_t{0}}) {
    CHECK(sizes.draw(bits) <= sizes.largest());
  }
}

TEST_CASE("points and mixes read back as they were written; what is wrong is said") {
  for (const char* text :
       {"points:1KB=0.1,10KB=0.5,1MB=1", "points:1B=1", "mix:0.7=2KB;0.3=exponential:mean=100KB",
        "mix:1=lognormal:median=20KB,sigma=0.5;3=points:1KB=0.5,3KB=1"}) {
    CHECK(law(to_text(law(text))) == law(text));
  }
  for (const char* wrong :
       {"points:", "points:1KB", "points:1KB=0.5", "points:1KB=0.5,1KB=1", "points:2KB=0.5,1KB=1",
        "points:1KB=0.5,2KB=0.5,3KB=1", "points:1KB=0.5,2KB=1.1", "points:1KB=0.5,2KB=1,3KB=1"}) {
    INFO(wrong);
    CHECK_FALSE(parse<SizeLaw>(wrong).value);
  }
  CHECK(parse<SizeLaw>("points:1KB=0.5").problem ==
        "\"points:1KB=0.5\": sizes and shares must rise from point to point, the last share to 1; "
        "write e.g. \"points:1KiB=0.1,10KiB=0.5,1MiB=1\"");
  for (const char* wrong : {"mix:", "mix:6MB", "mix:0=6MB", "mix:-1=6MB", "mix:1=zipf:1",
                            "mix:0.5=1KB;0.5=mix:1=1KB"}) {
    INFO(wrong);
    CHECK_FALSE(parse<SizeLaw>(wrong).value);
  }
}

}  // namespace sizes_test
