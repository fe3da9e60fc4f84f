// Results are compared between machines to the byte, so these must not change with the compiler,
// its flags or the processor.
#include <array>
#include <bit>
#include <vector>

#include <cdnsim/base/math_trig.hpp>
#include <cdnsim/base/sampler/discrete.hpp>
#include <cdnsim/base/sampler/exponential.hpp>
#include <cdnsim/base/sampler/lognormal.hpp>
#include <cdnsim/base/sampler/pareto.hpp>
#include <cdnsim/base/sampler/poisson.hpp>
#include <cdnsim/base/sampler/zipf.hpp>
#include <cdnsim/base/text.hpp>
#include <tests/support/catch.hpp>

#include "statistics.hpp"

using namespace cdnsim;

namespace same_bits_test {

constexpr int kDraws = 20'000;

class BitHash {
 public:
  void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
  void add(std::uint64_t value) { hash_ = hash_combine(hash_, value); }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0;
};

TEST_CASE("math functions give the same bits everywhere") {
  BitHash hash;
  DrawStream draws = test::draws_for("same bits: math");
  for (int i = 0; i < kDraws; ++i) {
    const double u = unit_open(draws.next()), v = unit_open(draws.next());
    hash.add(math::exp((u - 0.5) * 1500));
    hash.add(math::exp2((u - 0.5) * 2200));
    hash.add(math::log(u));
    hash.add(math::log(0.5 + v));
    hash.add(math::log1p((u - 0.5) * v));
    hash.add(math::pow(u * 10, (v - 0.5) * 50));
    hash.add(math::log_gamma(u * 100));
    hash.add(math::inverse_normal(u));
    hash.add(math::inverse_normal(u * v * 1e-12));
    hash.add(zipf_normaliser(static_cast<std::uint64_t>(1 + v * 1e6), u * 3));
    hash.add(log_poisson_probability(static_cast<double>(i), 1 + v * kDraws));
  }
  CHECK(hash.value() == 0xef2d8d225af2a138);
}

TEST_CASE("angles give the same bits everywhere") {
  BitHash hash;
  DrawStream draws = test::draws_for("same bits: angles");
  for (int i = 0; i < kDraws; ++i) {
    const double u = unit_open(draws.next()), v = unit_open(draws.next());
    hash.add(math::sin((u - 0.5) * 10));
    hash.add(math::cos((u - 0.5) * 1e6));
    hash.add(math::atan2(u - 0.5, v - 0.5));
    hash.add(math::asin(2 * u - 1));
  }
  CHECK(hash.value() == 0xc573da2642324aa4);
}

TEST_CASE("samplers give the same bits everywhere") {
  BitHash hash;
  DrawStream draws = test::draws_for("same bits: samplers");
  const std::array zipfs = {Zipf(1'000'000, 0), Zipf(2'000'000, 0.9), Zipf(1'000'000'000, 1),
                            Zipf(1'000, 1.0003), Zipf(1'000'000, 1.2)};
  const std::vector<double> weights = {1, 2, 3, 0.1, 0, 7};
  const Discrete discrete(weights);
  for (int i = 0; i < kDraws; ++i) {
    for (const Zipf& zipf : zipfs) {
      const std::uint64_t bits = draws.next();
      hash.add(zipf.sample(bits, draws));
    }
    for (const double mean : {0.01, 3.0, 25.0, 1e5}) hash.add(poisson(mean, draws));
    const std::uint64_t bits = draws.next();
    hash.add(Exponential(3).quantile(bits));
    hash.add(Lognormal(24'000, 1.2).quantile(bits));
    hash.add(Pareto(1.3, 1000, 1e9).quantile(bits));
    hash.add(std::uint64_t{discrete.pick(static_cast<std::uint32_t>(bits))});
  }
  CHECK(hash.value() == 0x47ca11fbb30f3658);
}

TEST_CASE("texts give the same bits everywhere") {
  BitHash hash;
  DrawStream draws = test::draws_for("same bits: text");
  for (int i = 0; i < kDraws; ++i) {
    const double value = math::exp((unit(draws.next()) - 0.5) * 100);
    hash.add(hash_name(to_text(Rate(value))));
    hash.add(parse<Rate>(count_text(draws.next() >> (i % 64)) + "/h").value->per_second());
  }
  CHECK(hash.value() == 0x5b788e35856b0c27);
}

}  // namespace same_bits_test
