// One PoP with one server that replays a trace atomically counts what a cache alone counts.

#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

#include <cdnsim/laboratory/laboratory.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>
#include <tests/support/small_scenario.hpp>

namespace {

using namespace cdnsim;

OutcomeCounts replayed(const std::string& file, const std::string& policy, std::int64_t bytes) {
  Scenario s = test::small_scenario(1, false);
  s.network.origins["origin"].service_time = Duration{0};
  // More than any trace lasts.
  s.duration = 24h * 366;
  test::add_content(s, "objects", 1, 0, "max-age=315360000");
  TraceReplay trace;
  trace.file.given = file;
  trace.content = "objects";
  s.traffic["trace"] = trace;
  s.replay = ReplayMode::atomic;
  s.caching.edge.policy = *parse<PolicyText>(policy).value;
  s.caching.edge.memory = Bytes{bytes};
  return run(s).result.requests.outcomes;
}

}  // namespace

TEST_CASE("a replayed trace has the hits of published exact replays", "[reference]") {
  const auto folder = test::reference_folder();
  if (!folder) return;
  std::ifstream file(*folder / "published/trace_replay_exact.json");
  const nlohmann::json published = nlohmann::json::parse(file);
  const std::map<std::string, std::string> files = {
      {"webcachesim/test.tr", "traces/webcachesim_test.tr"},
      {"libCacheSim/cloudPhysicsIO.oracleGeneral", "traces/cloudPhysicsIO.oracleGeneral.bin"}};
  const std::map<std::string, std::string> policies = {
      {"LRU", "lru"}, {"FIFO", "fifo"}, {"SIEVE", "sieve"}};
  int rows = 0;
  for (const nlohmann::json& trace : published.at("traces")) {
    const auto found = files.find(trace.at("trace").get<std::string>());
    if (found == files.end()) continue;
    for (const nlohmann::json& row : trace.at("results")) {
      const auto policy = policies.find(row.at("policy").get<std::string>());
      if (row.at("mode") != "bytes" || policy == policies.end()) continue;
      INFO(found->second << " " << row.dump());
      const OutcomeCounts counts =
          replayed(*folder / found->second, policy->second, row.at("capacity"));
      CHECK(counts.requests == trace.at("requests"));
      CHECK(counts.hits == row.at("hits"));
      ++rows;
    }
  }
  CHECK(rows == 18);
}

TEST_CASE("a replayed trace has the misses of a cache alone", "[reference]") {
  const auto folder = test::reference_folder();
  if (!folder) return;
  const std::string file = *folder / "traces/cloudPhysicsIO.csv.gz";
  for (const char* policy : {"fifo", "lru", "sieve", "s3fifo"}) {
    const auto reader = open_trace(file);
    const LabCacheSpec alone{*parse<PolicyText>(policy).value, 60'000'000};
    const LabCounts expected = play(*reader, {alone}, {}).front();
    const OutcomeCounts counts = replayed(file, policy, alone.size);
    INFO(policy);
    CHECK(counts.requests == expected.requests);
    CHECK(counts.misses == expected.misses);
  }
}
