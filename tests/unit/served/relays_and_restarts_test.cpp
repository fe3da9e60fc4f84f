// Fetches for others, refreshes beside peers, servers that restart: what was once counted or kept
// wrongly, by hand from traces.

#include <tests/support/catch.hpp>

#include "traced.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

TEST_CASE("what a PoP fetches for another one is not among its own answers") {
  const ScratchFiles files;
  Scenario s = small_scenario(2, false);
  s.network.pops["pop0"].shield = "pop1";
  join(s, "pop0", "pop1");
  replay(s, files, "time,id,size,client\n1,a,1000,isp0\n2,b,1000,isp0\n");
  const Result result = run(s).result;
  CHECK(result.tiers.at("edge").fetches == 2);
  CHECK(sum(result.tiers.at("edge").answered) == 2);
  for (const NodeResult& node : result.nodes) {
    if (node.id != "pop1") continue;
    CHECK(node.relayed_requests == 2);
    CHECK(sum(node.activity.answered) == 0);
    CHECK(node.activity.bytes_fetched == 0);
  }
}

TEST_CASE("a refresh asks the parent, whatever peers there are") {
  const ScratchFiles files;
  const std::string csv =
      "time,id,size,client\n0,a,1000,isp0\n1,a,1000,isp1\n8,a,1000,isp0\n8.5,a,1000,isp1\n"
      "16.5,a,1000,isp0\n30,a,1000,isp1\n60,a,1000,isp0\n";
  Scenario s = small_scenario(2, false);
  s.network.pops["pop0"].peers = {"pop1"};
  s.network.pops["pop1"].peers = {"pop0"};
  join(s, "pop0", "pop1");
  replay(s, files, csv, "max-age=10");
  s.duration = 70s;
  s.caching.edge.refresh_ahead = Ratio{0.3};
  const Result result = run(s).result;
  // pop0 fetches at 0 s, and pop1 takes its copy at 1 s, good until 10 s like the other. Both renew
  // it when asked in its last three seconds (8 and 8.5 s), pop0 again at 16.5 s; at 30 s and at
  // 60 s nobody has one.
  CHECK(result.origin.requests == 1 + 2 + 1 + 2);
  CHECK(result.tiers.at("edge").refreshes == 3);
  CHECK(result.tiers.at("edge").answered.content == 1);
}

TEST_CASE("a server that restarts has forgotten what it asked for") {
  const ScratchFiles files;
  Scenario s = small_scenario(1, false);
  s.network.origins["origin"].service_time = 3s;
  replay(s, files, "time,id,size\n0,x,1000\n1,a,1000\n9,a,1000\n");
  s.duration = 15s;
  s.warmup = 900ms;
  CHECK(run(s).result.requests.errors == 0);
  CHECK(run(s).result.requests.outcomes.hits == 1);
  s.events["restart"] = down("pop0", 2s, 100ms);
  const Result result = run(s).result;
  CHECK(result.requests.errors == 1);
  CHECK(result.requests.outcomes.misses == 2);
  CHECK(result.requests.outcomes.hits == 0);
}

TEST_CASE("a stale copy instead of a late answer is not sent before the server gets to it") {
  const ScratchFiles files;
  Scenario s = small_scenario(1, false);
  s.network.origins["origin"].service_time = 500ms;
  s.caching.edge.service_time = 10ms;
  s.caching.edge.coalesce = 100ms;
  std::string csv = "time,id,size\n0,a,1000\n";
  for (int i = 0; i < 20; ++i) csv += "20,a,1000\n";
  replay(s, files, csv, "max-age=1, stale-if-error=1000");
  s.duration = 30s;
  s.warmup = 10s;
  // The first fetch takes too long as well, and brings the copy afterwards.
  const Result result = run(s).result;
  CHECK(result.tiers.at("edge").stale_on_error == 20);
  // All give up 100 ms after they came. The k-th (from 0) is done with its server after 10 (k + 1)
  // ms: upstream takes the rest of the 100 ms, if any, (90 + 80 + ... + 0) / 20.
  CHECK(result.latency.ttfb_parts_mean.at("upstream") == Approx(22.5));
  CHECK(result.latency.ttfb_parts_mean.at("queue") == Approx(95.0));
}

TEST_CASE("a 404 that is not remembered any more has expired") {
  const ScratchFiles files;
  Scenario s = small_scenario(1, false);
  s.caching.edge.not_found_ttl = 5s;
  replay(s, files, "time,id,size\n0,a,1000\n1,a,1000\n7,a,1000\n8,a,1000\n20,a,1000\n");
  s.content["videos"].not_found = Ratio{1.0};
  s.duration = 30s;
  const MissCauses causes = run(s).result.tiers.at("edge").miss_causes;
  CHECK(causes.first_request == 1);
  CHECK(causes.expired == 2);
  s.caching.edge.not_found_ttl.reset();
  CHECK(run(s).result.tiers.at("edge").miss_causes.not_admitted == 4);
}
