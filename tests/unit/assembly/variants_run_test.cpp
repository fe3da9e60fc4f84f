// What key rules do to hit ratios: runs of one PoP against a formula and against other runs.

#include <string>
#include <vector>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace variants_run_test {

using namespace cdnsim;
using namespace cdnsim::test;

Scenario pages(std::uint64_t objects, double per_second, const char* cache_control) {
  Scenario s = small_scenario(1, false);
  s.duration = 60s;
  add_content(s, "pages", objects, 0, cache_control);
  add_steady(s, "base", per_second, "pages");
  return s;
}

ContentSpec& spec_of(Scenario& s) { return s.content.at("pages"); }

void ask_with(Scenario& s, const std::string& name, const ParameterSpec& parameter) {
  if (!spec_of(s).asked) spec_of(s).asked.emplace();
  spec_of(s).asked->parameters[name] = parameter;
}

void keep_by(Scenario& s, const char* rules) { spec_of(s).key = *parse<KeyRules>(rules).value; }

ParameterSpec values(std::uint32_t count) { return {count, false, Ratio{1.0}}; }
ParameterSpec unique(double share = 1.0) { return {std::nullopt, true, Ratio{share}}; }

std::vector<Arrival> arrivals_of(const Scenario& s) {
  const auto plan = assembly::make_plan(s);
  std::vector<Arrival> drawn;
  for (std::int64_t slot = 0; slot * s.slot < s.duration; ++slot) {
    const LabelledCell cell{0, 0};
    plan->demand->append_arrivals(0, {&cell, 1}, slot, drawn);
  }
  return drawn;
}

bool same(const Arrival& a, const Arrival& b) {
  return a.at_ns == b.at_ns && a.key == b.key && a.object == b.object && a.content == b.content &&
         a.new_connection == b.new_connection;
}

// Everything but names, digests and what is said of the key.
nlohmann::json figures_of(const Scenario& s) {
  nlohmann::json result = assembly::to_json(run(s).result);
  result.erase("digest");
  result.erase("scenario");
  result.at("classes").at("pages").erase("key_variants");
  return result;
}

double miss_ratio(const Result& result) {
  return static_cast<double>(result.origin.requests) /
         static_cast<double>(result.requests.outcomes.requests);
}

TEST_CASE("v variants of an object are as bad as v times the objects") {
  // 50 objects at 10 requests a second each, in 5 variants, kept for 10 s after a fetch of 60 ms.
  // Each copy is fetched once in 10.06 s and the half second until it is asked for again:
  // 1 / (1 + 10 / 5 * 10.06) of the requests.
  constexpr double kExpected = 1 / (1 + 2 * 10.06);
  Scenario varied = pages(50, 500, "max-age=10");
  varied.duration = 420s;
  varied.warmup = 20s;
  Scenario larger = varied;
  spec_of(larger).objects = 250;
  ask_with(varied, "page", values(5));
  const Result of_varied = run(varied).result;
  const Result of_larger = run(larger).result;
  // 9,500 fetches in 250 renewal processes, each more regular than Poisson's: 3 % are many
  // standard deviations.
  CHECK(miss_ratio(of_varied) == Approx(kExpected).epsilon(0.03));
  CHECK(miss_ratio(of_larger) == Approx(kExpected).epsilon(0.03));
  CHECK(of_varied.classes.at("pages").key_variants == 5.0);
  CHECK(!of_larger.classes.at("pages").key_variants);
  CHECK(of_varied.nodes.at(0).objects_held == of_larger.nodes.at(0).objects_held);
}

TEST_CASE("what the rules leave out changes nothing at all") {
  const Scenario plain = pages(100, 200, "max-age=10");
  Scenario asked = plain;
  ask_with(asked, "utm_source", values(6));
  ask_with(asked, "session", unique());
  keep_by(asked, "query=all-but:tracking,session");
  const std::vector<Arrival> a = arrivals_of(plain);
  const std::vector<Arrival> b = arrivals_of(asked);
  REQUIRE(a.size() == b.size());
  CHECK(std::equal(a.begin(), a.end(), b.begin(), same));
  CHECK(figures_of(plain) == figures_of(asked));
  CHECK(run(asked).result.classes.at("pages").key_variants == 1.0);
  THEN("and when they count, only the keys are others") {
    keep_by(asked, "query=all-but:session");
    const std::vector<Arrival> c = arrivals_of(asked);
    REQUIRE(a.size() == c.size());
    std::size_t others = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      CHECK(a[i].at_ns == c[i].at_ns);
      CHECK(a[i].object == c[i].object);
      others += a[i].key != c[i].key;
    }
    // All but the first of the six values: 10,000 of 12,000, and a standard deviation of 41.
    CHECK(static_cast<double>(others) == Approx(static_cast<double>(a.size()) * 5 / 6).margin(205));
  }
}

TEST_CASE("nobody asks twice for what is unique") {
  Scenario s = pages(50, 200, "max-age=3600");
  ask_with(s, "session", unique());
  const Result result = run(s).result;
  const OutcomeCounts& outcomes = result.requests.outcomes;
  CHECK(outcomes.requests > 10'000);
  CHECK(outcomes.hits == 0);
  CHECK(outcomes.misses == outcomes.requests);
  CHECK(result.tiers.at("edge").miss_causes.first_request == outcomes.misses);
  const nlohmann::json of_class = assembly::to_json(result).at("classes").at("pages");
  REQUIRE(of_class.contains("key_variants"));
  CHECK(of_class.at("key_variants").is_null());
  WHEN("half of the requests have it") {
    ask_with(s, "session", unique(0.5));
    // 12,000 requests, of which 6,000 (one in 200: 55) have none; each object is missed once.
    CHECK(run(s).result.tiers.at("edge").hit_ratio == Approx(0.5).margin(0.025));
  }
}

TEST_CASE("every variant is missed once, for it was never asked for") {
  Scenario s = pages(50, 500, "max-age=3600");
  HeaderSpec codings;
  codings.values = {{"br", 0.7}, {"gzip", 0.25}, {"gzip, deflate", 0.05}};
  codings.share = Ratio{0.9};
  spec_of(s).asked.emplace();
  spec_of(s).asked->headers["Accept-Encoding"] = codings;
  keep_by(s, "vary=accept-encoding");
  const Result result = run(s).result;
  CHECK(result.classes.at("pages").key_variants == 3.0);
  CHECK(result.requests.outcomes.misses == 150);
  CHECK(result.tiers.at("edge").miss_causes.first_request == 150);
  CHECK(result.nodes.at(0).objects_held == 150);
  CHECK(result.nodes.at(0).bytes_held == 150'000);
  WHEN("an object is purged") {
    PurgeEvent purge;
    purge.url = "/pages/0/7";
    s.events["purge"] = EventSpec{30s, purge};
    const Result purged = run(s).result;
    THEN("all its variants are, and nothing else is") {
      CHECK(purged.events.at(0).copies_purged == 3);
      CHECK(purged.requests.outcomes.misses == 153);
      CHECK(purged.tiers.at("edge").miss_causes.purged == 3);
    }
  }
}

}  // namespace variants_run_test
