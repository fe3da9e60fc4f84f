// Traces through the whole simulator: figures by hand, in their own time and atomically.

#include <string>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/assembly/replay.hpp>
#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/base/hash.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/scratch_files.hpp>
#include <tests/support/small_scenario.hpp>

namespace replay_run_test {

using namespace cdnsim;

const std::string kSix =
    "time,id,size,client\n0,a,100,x\n1,b,200,x\n2,a,100,42\n2,c,300,42\n3,b,200,x\n"
    "9.5,a,100,x\n";

Scenario with_trace(const test::ScratchFiles& files, const std::string& csv, int pops,
                    ReplayMode mode) {
  Scenario s = test::small_scenario(pops, pops > 1);
  test::add_content(s, "videos", 1, 0, "max-age=31536000");
  TraceReplay trace;
  trace.file.given = files.write("t.csv", csv);
  trace.content = "videos";
  s.traffic["log"] = trace;
  s.replay = mode;
  return s;
}

TraceReplay& trace_of(Scenario& s) { return std::get<TraceReplay>(s.traffic.at("log")); }

TEST_CASE("six requests by hand, timed and atomic") {
  const test::ScratchFiles files;
  for (const ReplayMode mode : {ReplayMode::timed, ReplayMode::atomic}) {
    INFO("atomic: " << (mode == ReplayMode::atomic));
    Scenario s = with_trace(files, kSix, 1, mode);
    const Result all = run(s).result;
    CHECK(all.requests.outcomes.requests == 6);
    CHECK(all.requests.outcomes.misses == 3);
    CHECK(all.requests.outcomes.hits == 3);
    CHECK(all.tiers.at("edge").bytes_served == 1000);
    CHECK(all.origin.requests == 3);
    CHECK(all.origin.bytes == 600);
    CHECK(all.scenario.traces.at("log").requests == 6);

    // From 2 s on: a and b again are hits, c is new. The last comes at 9.5 s.
    s.warmup = 2s;
    s.duration = 9s;
    const Result some = run(s).result;
    CHECK(some.requests.outcomes.requests == 3);
    CHECK(some.requests.outcomes.misses == 1);
    CHECK(some.tiers.at("edge").bytes_served == 600);
    CHECK(some.origin.bytes == 300);
    CHECK(some.scenario.duration_s == 9);

    // c takes all of 300 bytes: b and then a are gone when they are asked for again.
    s = with_trace(files, kSix, 1, mode);
    s.caching.edge.memory = Bytes{300};
    const Result evicting = run(s).result;
    CHECK(evicting.requests.outcomes.misses == 5);
    CHECK(evicting.origin.bytes == 900);
  }
}

TEST_CASE("a request that comes while another is under way waits, unless it is atomic") {
  const test::ScratchFiles files;
  const std::string csv = "time,id,size\n0,a,100\n0.001,a,100\n";
  const Result timed = run(with_trace(files, csv, 1, ReplayMode::timed)).result;
  CHECK(timed.requests.outcomes.delayed_hits == 1);
  CHECK(timed.scenario.replay == "timed");
  const Result atomic = run(with_trace(files, csv, 1, ReplayMode::atomic)).result;
  CHECK(atomic.requests.outcomes.hits == 1);
  CHECK(atomic.scenario.replay == "atomic");
  CHECK(std::isnan(atomic.origin.peak_rps));
  CHECK(atomic.identities.back().name.starts_with("atomic replay"));
}

TEST_CASE("the gap holds the way up and down, the services and the transfers") {
  const test::ScratchFiles files;
  // Ways of 10 ms: client - pop - shield - origin. Services: 20 us, 20 us and 40 ms. 1,250,000
  // bytes: 10 ms at 1 Gbps, and 0.1 ms on links of 100 Gbps.
  Scenario s = with_trace(files, "id,size\n1,1250000\n", 2, ReplayMode::atomic);
  for (auto& [id, client] : s.network.client_networks) {
    client.access_rate = BitRate{1'000'000'000};
    client.access_delay = Duration{0};
  }
  const assembly::Network network = assembly::build_network(s);
  const Duration journey = assembly::longest_journey(network, s, Bytes{1'250'000});
  // 86 windows of 14,600 bytes: six doublings of slow start, a round trip of 20 ms each.
  const Duration at_the_pop = 3 * 20ms + 20us + 10ms + 6 * 20ms;
  const Duration at_the_shield = 20ms + 20us + 100us;
  const Duration at_the_origin = 20ms + 40ms + 100us;
  const Duration window = 10ms;
  const Duration all = at_the_pop + at_the_shield + at_the_origin + window;
  CHECK(journey - all <= 1us);
  CHECK(all - journey <= 1us);
}

TEST_CASE("named clients ask from the networks that they are said to be in") {
  const test::ScratchFiles files;
  Scenario s = with_trace(files, kSix, 2, ReplayMode::timed);
  trace_of(s).clients = {{"x", "isp0"}, {"42", "isp1"}};
  const Result result = run(s).result;
  REQUIRE(result.isps.size() == 2);
  CHECK(result.isps[0].requests == 4);
  CHECK(result.isps[1].requests == 2);
  // pop0: a, b miss; b, a hit. pop1: a, c miss, but a is at the shield.
  CHECK(result.tiers.at("edge").outcomes.misses == 4);
  CHECK(result.tiers.at("shield").outcomes.hits == 1);
  CHECK(result.origin.bytes == 600);
}

TEST_CASE("objects without sizes of their own have those of their class") {
  const test::ScratchFiles files;
  Scenario s = with_trace(files, kSix, 1, ReplayMode::timed);
  trace_of(s).sizes = TraceSizes::content;
  CHECK(run(s).result.tiers.at("edge").bytes_served == 6 * 1000);
}

TEST_CASE("a trace plays beside drawn traffic, and neither changes the other's requests") {
  const test::ScratchFiles files;
  Scenario s = with_trace(files, kSix, 1, ReplayMode::timed);
  test::add_content(s, "pages", 100, 0.8, "max-age=3600");
  test::add_steady(s, "base", 200, "pages");
  const Result both = run(s).result;
  CHECK(both.classes.at("videos").edge.outcomes.requests == 6);
  CHECK(both.classes.at("videos").edge.outcomes.misses == 3);
  s.traffic.erase("log");
  CHECK(run(s).result.classes.at("pages").edge.outcomes.requests ==
        both.classes.at("pages").edge.outcomes.requests);
}

TEST_CASE("a replay gives the same bytes on one and on three threads") {
  const test::ScratchFiles files;
  std::string csv = "time,id,size,client\n";
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const std::uint64_t bits = mix64(i);
    csv += std::to_string(i / 2500) + "." + std::to_string(1000 + i % 2500 / 3) + "," +
           std::to_string(bits % (1 + (bits >> 32) % 2000)) + "," + std::to_string(1 + i % 5000) +
           "," + std::to_string(mix64(bits) % 500) + "\n";
  }
  for (const ReplayMode mode : {ReplayMode::timed, ReplayMode::atomic}) {
    Scenario s = with_trace(files, csv, 3, mode);
    s.caching.edge.memory = Bytes{200'000};
    const std::string one = assembly::result_text(run(s, {.threads = 1}).result);
    CHECK(one == assembly::result_text(run(s, {.threads = 3}).result));
  }
}

TEST_CASE("progress of an atomic replay is told in the scenario's time") {
  const test::ScratchFiles files;
  const Scenario s = with_trace(files, kSix, 1, ReplayMode::atomic);
  SimTime reached{};
  RunOptions options;
  options.progress = [&](SimTime time) { reached = time; };
  run(s, options);
  CHECK(reached == SimTime{s.duration});
}

TEST_CASE("an atomic replay of nothing is a mistake that is told") {
  const test::ScratchFiles files;
  Scenario s = with_trace(files, "time,id\n0,1\n", 1, ReplayMode::atomic);
  s.warmup = 5s;
  CHECK_THROWS_WITH(run(s), "#/duration: no request of a trace comes between 5s and 10s");
}

}  // namespace replay_run_test
