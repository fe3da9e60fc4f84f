// Laws of content as text, and the moments of the sizes that they give.

#include <cmath>
#include <string>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/workload/laws.hpp>
#include <tests/support/catch.hpp>

namespace laws_test {

using namespace cdnsim;

template <class Law>
Law law(const std::string& text) {
  const Parsed<Law> parsed = parse<Law>(text);
  INFO(text << ": " << parsed.problem);
  REQUIRE(parsed.value.has_value());
  return *parsed.value;
}
template <class Law>
std::string problem(const std::string& text) {
  const Parsed<Law> parsed = parse<Law>(text);
  CHECK_FALSE(parsed.value.has_value());
  return parsed.problem;
}

struct Moments {
  double mean = 0;
  double error = 0;  // standard error of the mean
};
Moments moments_of(const SizeLaw& sizes, int count) {
  DrawStream draws(draw_key(1, {"sizes test"}), Counter{});
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < count; ++i) {
    const auto size = static_cast<double>(sizes.draw(draws.next()).count());
    sum += size;
    squares += size * size;
  }
  const double mean = sum / count;
  return {mean, std::sqrt((squares / count - mean * mean) / count)};
}
void check_mean(const std::string& text, double expected) {
  const Moments found = moments_of(law<SizeLaw>(text), 400'000);
  INFO(text << ": " << found.mean << " +- " << found.error << ", expected " << expected);
  CHECK(std::abs(found.mean - expected) <= 4 * found.error);
  CHECK(found.error < 0.01 * expected);
}

TEST_CASE("a popularity law is uniform or Zipf's with an exponent") {
  CHECK(law<PopularityLaw>("uniform").zipf_exponent == 0.0);
  CHECK(law<PopularityLaw>("zipf:0.9").zipf_exponent == 0.9);
  CHECK(law<PopularityLaw>("zipf:0").zipf_exponent == 0.0);
  CHECK(law<PopularityLaw>("zipf:20").zipf_exponent == 20.0);
  for (const char* wrong : {"", "zipf", "zipf:", "zipf:-1", "zipf:20.5", "zipf:1e1", "zipf:0.9 ",
                            "zipf:nan", "zipf:inf", "Uniform", "pareto:1"}) {
    CHECK(problem<PopularityLaw>(wrong) ==
          "\"" + std::string(wrong) +
              "\" is not a popularity law; write \"uniform\" or e.g. \"zipf:0.9\" "
              "(exponent 0 to 20), \"stretched_exponential:stretch=0.35,slope=0.25\", "
              "\"zipf_mandelbrot:exponent=0.8,shift=20\"");
  }
}

TEST_CASE("a size law is one size, lognormal or bounded Pareto") {
  CHECK(law<SizeLaw>("6MB").law == SizeLaw{FixedSize{Bytes{6'000'000}}}.law);
  CHECK(law<SizeLaw>("fixed:2KiB").law == SizeLaw{FixedSize{Bytes{2048}}}.law);
  CHECK(law<SizeLaw>("lognormal:median=24KiB,sigma=1.2").law ==
        SizeLaw{LognormalSize{Bytes{24'576}, 1.2}}.law);
  CHECK(law<SizeLaw>("lognormal:sigma=0,median=1B").law ==
        SizeLaw{LognormalSize{Bytes{1}, 0.0}}.law);
  CHECK(law<SizeLaw>("pareto:minimum=1KB,shape=1.3,maximum=1GB").law ==
        SizeLaw{ParetoSize{Bytes{1000}, 1.3, Bytes{1'000'000'000}}}.law);
  CHECK(law<SizeLaw>("exponential:mean=2KiB").law == SizeLaw{ExponentialSize{Bytes{2048}}}.law);
  CHECK(law<SizeLaw>("hyperexponential:mean=1MB,scv=16").law ==
        SizeLaw{HyperexponentialSize{Bytes{1'000'000}, 16.0}}.law);
}

TEST_CASE("what is wrong with a size law is said") {
  for (const char* wrong :
       {"lognormal", "lognormal:", "lognormal:median=24KiB", "lognormal:median=24KiB,sigma=-1",
        "lognormal:median=24KiB,sigma=11", "lognormal:median=24KiB,sigma=1,shape=2",
        "lognormal:median=24KiB,median=24KiB", "lognormal:median=24KiB,sigma=1,", "zipf:1",
        "pareto:minimum=1KB,shape=1.3", "pareto:minimum=1KB,shape=0,maximum=1GB",
        "exponential:", "exponential:mean=1KB,scv=2", "hyperexponential:mean=1KB",
        "hyperexponential:mean=1KB,scv=0.5"}) {
    INFO(wrong);
    const std::string text = problem<SizeLaw>(wrong);
    // A lone word is taken for a size of which the unit is wrong.
    if (std::string(wrong) == "lognormal") {
      CHECK(text.find("lognormal") != std::string::npos);
    } else {
      CHECK(text.find("is not a size law; write e.g. \"6MB\"") != std::string::npos);
    }
  }
  CHECK(problem<SizeLaw>("0B") == "a size of \"0B\" is out of range; objects have 1B to 70TB");
  CHECK(problem<SizeLaw>("71TB") == "a size of \"71TB\" is out of range; objects have 1B to 70TB");
  CHECK(problem<SizeLaw>("pareto:minimum=2KB,shape=1.3,maximum=2KB") ==
        "\"pareto:minimum=2KB,shape=1.3,maximum=2KB\": the minimum must be below the maximum");
  CHECK_FALSE(problem<SizeLaw>("lognormal:median=24furlongs,sigma=1").empty());
}

TEST_CASE("laws written as text read back as they were") {
  for (const char* text :
       {"6MB", "lognormal:median=24KiB,sigma=1.2", "pareto:minimum=1KB,shape=1.3,maximum=1GB", "1B",
        "exponential:mean=1MB", "hyperexponential:mean=1MB,scv=16"}) {
    CHECK(law<SizeLaw>(to_text(law<SizeLaw>(text))) == law<SizeLaw>(text));
  }
  for (const char* text : {"uniform", "zipf:0.9", "zipf:1.25"}) {
    CHECK(to_text(law<PopularityLaw>(text)) == text);
  }
}

TEST_CASE("sizes have their law's mean") {
  check_mean("5000B", 5000);
  // exp(mu + sigma^2 / 2): 24,576 x exp(0.72), and 1000 x exp(0.125).
  check_mean("lognormal:median=24KiB,sigma=1.2", 24'576 * std::exp(0.72));
  check_mean("lognormal:median=1KB,sigma=0.5", 1000 * std::exp(0.125));
  check_mean("exponential:mean=1MB", 1e6);
  check_mean("hyperexponential:mean=1MB,scv=4", 1e6);
  // a L^a / (1 - (L/H)^a) (L^(1-a) - H^(1-a)) / (a - 1) with L = 1 KB, H = 1 MB.
  const double l = 1e3;
  const double h = 1e6;
  for (const double a : {1.3, 2.5, 0.7}) {
    const double mean = a * std::pow(l, a) / (1 - std::pow(l / h, a)) *
                        (std::pow(l, 1 - a) - std::pow(h, 1 - a)) / (a - 1);
    const std::string shape = std::to_string(a).substr(0, 3);
    check_mean("pareto:minimum=1KB,shape=" + shape + ",maximum=1MB", mean);
  }
}

TEST_CASE("exponential and hyperexponential sizes vary as much as they say") {
  // The squared coefficient of variation over the quantiles of 2^20 even steps.
  for (const auto& [text, scv] :
       {std::pair{"exponential:mean=1GB", 1.0}, std::pair{"hyperexponential:mean=1GB,scv=1", 1.0},
        std::pair{"hyperexponential:mean=1GB,scv=4", 4.0},
        std::pair{"hyperexponential:mean=1GB,scv=16", 16.0}}) {
    const SizeLaw sizes = law<SizeLaw>(text);
    double sum = 0;
    double squares = 0;
    constexpr std::uint64_t kSteps = 1 << 20;
    for (std::uint64_t i = 0; i < kSteps; ++i) {
      const auto size = static_cast<double>(sizes.draw((2 * i + 1) << 43).count());
      sum += size;
      squares += size * size;
    }
    const double mean = sum / kSteps;
    INFO(text);
    CHECK(mean == Approx(1e9).epsilon(1e-3));
    CHECK(squares / kSteps / (mean * mean) - 1 == Approx(scv).epsilon(5e-3));
  }
}

TEST_CASE("sizes are whole bytes within their bounds") {
  const SizeLaw tiny = law<SizeLaw>("lognormal:median=1B,sigma=10");
  const SizeLaw pareto = law<SizeLaw>("pareto:minimum=1KB,shape=1.3,maximum=2KB");
  DrawStream draws(draw_key(2, {"sizes test"}), Counter{});
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t bits = draws.next();
    CHECK(tiny.draw(bits) >= Bytes{1});
    CHECK(tiny.draw(bits) <= Bytes{SizeLaw::kSizeMax});
    CHECK(pareto.draw(bits) >= Bytes{1000});
    CHECK(pareto.draw(bits) <= Bytes{2000});
  }
  for (const std::uint64_t bits : {std::uint64_t{0}, ~std::uint64_t{0}}) {
    CHECK(tiny.draw(bits) >= Bytes{1});
    CHECK(tiny.draw(bits) <= Bytes{SizeLaw::kSizeMax});
    CHECK(pareto.draw(bits) >= Bytes{1000});
    CHECK(pareto.draw(bits) <= Bytes{2000});
  }
}

}  // namespace laws_test
