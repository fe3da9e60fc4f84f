// One-hit wonders: as many as said, each for an object of its own.

#include <set>
#include <vector>

#include <tests/support/catch.hpp>

#include "demand_bench.hpp"

namespace one_hit_test {

using namespace cdnsim;
using namespace cdnsim::test;

ContentSpec web(double share) {
  ContentSpec spec = content_of(1000, "zipf:0.8");
  spec.one_hit_wonders = Ratio{share};
  return spec;
}

TEST_CASE("the share that is asked for once, each under a key of its own") {
  for (const double share : {0.0, 0.2, 0.75, 1.0}) {
    const DemandBench bench({{"web", web(share)}}, {{"base", steady_of(4000, {{"web", 1}})}});
    double n = 0, once = 0;
    std::set<std::uint64_t> keys;
    bench.for_each(0, 0, 500, [&](const Arrival& a) {
      n += 1;
      if (!is_asked_once(a.object)) {
        CHECK(a.object < 1000);
        return;
      }
      once += 1;
      keys.insert(a.key);
      CHECK(bench.catalogue[0].object_of(a.key) == a.object);
      CHECK(bench.catalogue[0].number_of(a.key, a.object) == kNoNumber);
    });
    INFO(share);
    CHECK(is_share(once / n, share, n));
    CHECK(double(keys.size()) == once);
  }
}

TEST_CASE("what is not asked for once keeps the law of its ranks") {
  const DemandBench bench({{"web", web(0.5)}}, {{"base", steady_of(8000, {{"web", 1}})}});
  const Popularity law(1000, *parse<PopularityLaw>("zipf:0.8").value);
  double n = 0, first = 0, second = 0;
  bench.for_each(0, 0, 500, [&](const Arrival& a) {
    if (is_asked_once(a.object)) return;
    n += 1;
    first += a.object == 0;
    second += a.object == 1;
  });
  CHECK(is_share(first / n, law.probability(0), n));
  CHECK(is_share(second / n, law.probability(1), n));
}

TEST_CASE("another cell, another slot, another seed: other objects") {
  std::set<std::uint64_t> keys;
  double once = 0;
  for (const std::uint64_t seed : {1u, 2u}) {
    const DemandBench bench({{"web", web(1)}}, {{"base", steady_of(4000, {{"web", 1}})}},
                            {audience_of("a", 0.5), audience_of("b", 0.5)}, 4, 100ms, seed);
    for (const std::size_t audience : {0u, 1u}) {
      bench.for_each(audience, 0, 100, [&](const Arrival& a) {
        once += 1;
        keys.insert(a.key);
      });
    }
  }
  CHECK(once > 70'000);
  CHECK(double(keys.size()) == once);
}

}  // namespace one_hit_test
