// Ratios of a result, its targets, its text and its digest.

#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace result_test {

using namespace cdnsim;
using namespace cdnsim::test;

Scenario scenario() {
  Scenario s = small_scenario(2, true);
  s.duration = 3s;
  s.warmup = 1s;
  add_content(s, "pages", 500, 0.9, "max-age=3600");
  add_content(s, "private", 10, 0.0, "no-store");
  add_steady(s, "base", 1500, "pages");
  std::get<Steady>(s.traffic["base"]).mix["private"] = 0.1;
  return s;
}
double ratio(std::uint64_t part, std::uint64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

TEST_CASE("ratios are those of their counts") {
  const Result r = run(scenario()).result;
  const Activity& edge = r.tiers.at("edge");
  const OutcomeCounts& o = edge.outcomes;
  CHECK(o.requests ==
        o.hits + o.stale_hits + o.negative_hits + o.delayed_hits + o.misses + o.passes + o.shed);
  CHECK(o.passes > 0);
  CHECK(edge.hit_ratio == ratio(o.hits, o.requests - o.passes - o.shed));
  CHECK(edge.served_without_fetch_ratio ==
        ratio(o.hits + o.delayed_hits, o.requests - o.passes - o.shed));
  CHECK(edge.byte_hit_ratio == ratio(1000 * o.hits, edge.bytes_served));
  CHECK(r.origin.offload_ratio == 1 - ratio(r.origin.requests, r.requests.outcomes.requests));
  CHECK(r.origin.mean_rps == static_cast<double>(r.origin.requests) / 2.0);
  std::uint64_t by_node = 0;
  for (const NodeResult& node : r.nodes) {
    if (node.kind == "edge") by_node += node.activity.outcomes.requests;
  }
  CHECK(by_node == r.requests.outcomes.requests);
  std::uint64_t by_class = 0;
  for (const auto& [name, found] : r.classes) by_class += found.edge.outcomes.requests;
  CHECK(by_class == r.requests.outcomes.requests);
  std::uint64_t by_isp = 0;
  for (const IspResult& isp : r.isps) by_isp += isp.requests;
  CHECK(by_isp == r.requests.outcomes.requests);
}

TEST_CASE("coverage counts users by their round trip") {
  Scenario s = scenario();
  s.network.client_networks["isp0"].users = 3'000'000;    // 30 ms
  s.network.client_networks["isp1"].access_delay = 40ms;  // 100 ms
  const Coverage coverage = run(s).result.coverage;
  CHECK(coverage.within_10ms == 0.0);
  CHECK(coverage.within_50ms == 0.75);
  CHECK(coverage.within_100ms == 1.0);
}

SCENARIO("targets are held against the result") {
  Scenario s = scenario();
  const auto slo = [&](const char* metric, std::optional<double> low, std::optional<double> high) {
    s.slo["target"] = SloSpec{metric, low, high};
    return run(s).result.slo.at(0);
  };
  THEN("one that is met has a margin") {
    const SloResult met = slo("/tiers/edge/hit_ratio", 0.1, 0.99);
    CHECK(met.met);
    CHECK(met.margin == Approx(std::min(met.value - 0.1, 0.99 - met.value)));
  }
  THEN("one that is missed has a negative one") {
    const SloResult missed = slo("/requests/total", std::nullopt, 10);
    CHECK_FALSE(missed.met);
    CHECK(missed.margin == 10 - missed.value);
  }
  THEN("a figure on its bound meets it") { CHECK(slo("/requests/shed", 0, 0).met); }
  THEN("a figure that is not there is the user's mistake") {
    CHECK_THROWS_AS(slo("/tiers/edge/hit_rate", 0, {}), UserError);
    CHECK_THROWS_AS(slo("/tiers/edge", 0, {}), UserError);
  }
}

TEST_CASE("the digest is the same for the same scenario and another for any other") {
  Scenario s = scenario();
  const std::string digest = run(s).result.digest;
  CHECK(digest.size() == 64);
  CHECK(run(s).result.digest == digest);
  CHECK(assembly::result_text(run(s).result) == assembly::result_text(run(s).result));
  SECTION("another seed") { s.seed = 2; }
  SECTION("another question") { s.question = "why?"; }
  SECTION("a longer row of the series, which the result itself does not hold") {
    s.series_interval = 1s;
  }
  CHECK(run(s).result.digest != digest);
}

}  // namespace result_test
