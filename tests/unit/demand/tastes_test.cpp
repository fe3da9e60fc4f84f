// Tastes: shares of classes by region, access and network, against the mix and its factors.

#include <map>
#include <string>
#include <vector>

#include <tests/support/catch.hpp>

#include "demand_bench.hpp"

namespace tastes_test {

using namespace cdnsim;
using namespace cdnsim::test;

DemandBench bench() {
  Steady base = steady_of(24'000, {{"pages", 0.5}, {"video", 0.5}});
  base.tastes["phones"] = TasteSpec{{}, AccessKind::mobile_4g, {}, {{"video", 0.25}}};
  base.tastes["asia"] = TasteSpec{"asia", {}, {}, {{"video", 3.0}}};
  base.tastes["one office"] = TasteSpec{{}, {}, "office", {{"video", 0.0}}};
  std::vector<Audience> audiences = {
      audience_of("home", 0.25, "europe"), audience_of("phones", 0.25, "europe"),
      audience_of("phones in asia", 0.25, "asia"), audience_of("office", 0.25, "asia")};
  audiences[1].access = audiences[2].access = AccessKind::mobile_4g;
  audiences[0].access = AccessKind::fibre;
  return DemandBench({{"pages", content_of(10)}, {"video", content_of(10)}}, {{"base", base}},
                     audiences);
}

TEST_CASE("factors of all that fit multiply a class's share; how often people ask stays") {
  const DemandBench b = bench();
  // Video against pages: 1 to 1; 0.25 to 1; 0.25 x 3 to 1; none.
  const std::vector<double> expected = {0.5, 0.2, 0.75 / 1.75, 0.0};
  for (std::size_t audience = 0; audience < 4; ++audience) {
    double n = 0, video = 0;
    b.for_each(audience, 0, 100, [&](const Arrival& a) {
      n += 1;
      video += b.catalogue[a.content].name == "video";
    });
    INFO(b.demand.audience(audience).audience.network);
    CHECK(agrees(n, 60'000, std::sqrt(60'000.0)));
    CHECK(is_share(video / n, expected[audience], n));
  }
}

TEST_CASE("whom no taste fits draws what is drawn without tastes") {
  Steady plain = steady_of(24'000, {{"pages", 0.5}, {"video", 0.5}});
  const std::map<std::string, ContentSpec> classes = {{"pages", content_of(10)},
                                                      {"video", content_of(10)}};
  const DemandBench without(classes, {{"base", plain}}, {audience_of("home", 0.25, "europe")});
  const auto one = bench().slot(0, 3), other = without.slot(0, 3);
  REQUIRE(one.size() == other.size());
  for (std::size_t i = 0; i < one.size(); ++i) CHECK(one[i].key == other[i].key);
}

}  // namespace tastes_test
