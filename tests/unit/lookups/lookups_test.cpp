// Look-ups of a run one by one: which they are, by hand, and that noting them changes nothing.

#include <map>
#include <string>

#include <cdnsim/assembly/lookups.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/scratch_files.hpp>
#include <tests/support/small_scenario.hpp>

namespace cdnsim::test {
namespace lookups_test {

using assembly::LookupsAsked;
using assembly::LookupsFound;

LookupsFound lookups(const Scenario& s, const LookupsAsked& asked) {
  return assembly::lookups_of(s, asked);
}

// a, b, c, a, c: one a second, each of 100 bytes.
Scenario five_requests(const ScratchFiles& files, Bytes memory) {
  Scenario s = small_scenario(1, false);
  add_content(s, "videos", 1, 0, "max-age=31536000");
  TraceReplay trace;
  trace.file.given =
      files.write("t.csv", "time,id,size\n0,a,100\n1,b,100\n2,c,100\n3,a,100\n4,c,100\n");
  trace.content = "videos";
  trace.starts = 1s;
  s.traffic["log"] = trace;
  s.caching.edge.policy.name = "lru";
  s.caching.edge.memory = memory;
  return s;
}

LoggedLookup by_client(Duration at, std::uint32_t object, Outcome outcome,
                       MissCause cause = MissCause::kCount) {
  return LoggedLookup{SimTime{at}, object, 0, true, outcome, cause};
}

TEST_CASE("a byte less of memory is one object less: the first to be gone is the first to differ") {
  const ScratchFiles files;
  const LookupsAsked asked{{"pop0", "origin", "nobody"}, SimTime{0s}, SimTime{10s}, 1};
  const LookupsFound three = lookups(five_requests(files, Bytes{300}), asked);
  const LookupsFound two = lookups(five_requests(files, Bytes{299}), asked);
  CHECK(three.classes == std::vector<std::string>{"videos"});
  const std::vector<LoggedLookup> all = {by_client(1s, 0, Outcome::miss, MissCause::first_request),
                                         by_client(2s, 1, Outcome::miss, MissCause::first_request),
                                         by_client(3s, 2, Outcome::miss, MissCause::first_request),
                                         by_client(4s, 0, Outcome::hit),
                                         by_client(5s, 2, Outcome::hit)};
  CHECK(three.by_node.at(0) == all);
  std::vector<LoggedLookup> fewer = all;
  fewer[3] = by_client(4s, 0, Outcome::miss, MissCause::evicted);
  CHECK(two.by_node.at(0) == fewer);
  // The origin hears of it 10 ms and the work of a server later.
  REQUIRE(three.by_node.at(1).size() == 3);
  REQUIRE(two.by_node.at(1).size() == 4);
  CHECK(two.by_node.at(1).back().object == 0);
  CHECK(two.by_node.at(1).back().at > SimTime{4010ms});
  CHECK(two.by_node.at(1).back().at < SimTime{4020ms});
  CHECK_FALSE(two.by_node.at(1).back().by_client);
  CHECK(two.by_node.at(2).empty());
}

// Hits, stale hits, waits and misses, at edges, a shield and an origin.
Scenario of_all_kinds() {
  Scenario s = small_scenario(2, true);
  s.duration = 12s;
  s.warmup = 3s;
  s.series_interval = 1s;
  add_content(s, "pages", 300, 0.9, "max-age=2, stale-while-revalidate=1");
  add_steady(s, "base", 2000, "pages");
  return s;
}

TEST_CASE("who notes look-ups comes to the same series, and to as many of each as it has") {
  const Scenario s = of_all_kinds();
  std::string series;
  RunOptions options;
  options.series = [&](std::string_view text) { series += text; };
  run(s, options);
  const LookupsAsked asked{{"pop0", "shield"}, SimTime{6s}, SimTime{7s}, 1};
  const LookupsFound found = lookups(s, asked);
  CHECK(found.series.size() > 1000);
  CHECK(series.starts_with(found.series));
  const auto row = [&](const std::string& node) {
    const std::string name = "\n6," + node + ",";
    const std::size_t at = found.series.find(name);
    REQUIRE(at != std::string::npos);
    return found.series.substr(at, found.series.find('\n', at + 1) - at);
  };
  for (std::size_t i = 0; i < asked.nodes.size(); ++i) {
    std::map<Outcome, int> count;
    for (const LoggedLookup& lookup : found.by_node[i]) ++count[lookup.outcome];
    std::string expected = "," + std::to_string(found.by_node[i].size());
    for (std::size_t k = 0; k < kCountOf<Outcome>; ++k) {
      expected += "," + std::to_string(count[static_cast<Outcome>(k)]);
    }
    CHECK(found.by_node[i].size() > 50);
    CHECK(row(asked.nodes[i]).find(expected + ",") != std::string::npos);
    CHECK(count[Outcome::kCount] == 0);
  }
}

TEST_CASE("look-ups are the same on any number of threads") {
  LookupsAsked asked{{"pop0", "pop1", "shield", "origin"}, SimTime{4s}, SimTime{6s}, 1};
  const LookupsFound one = lookups(of_all_kinds(), asked);
  CHECK(one.by_node.at(3).size() > 10);
  for (const std::uint32_t threads : {2u, 3u}) {
    asked.threads = threads;
    CHECK(lookups(of_all_kinds(), asked).by_node == one.by_node);
  }
}

}  // namespace lookups_test
}  // namespace cdnsim::test
