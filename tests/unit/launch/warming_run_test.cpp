// An empty PoP gets all its clients at once: what it has then, by how it was warmed. Figures follow
// from Zipf's law and Poisson's; of 3960 requests four standard errors are below 0.032.

#include <tests/support/catch.hpp>

#include "launch_scenario.hpp"

namespace cdnsim::test {
namespace warming_run_test {

constexpr double kNoise = 0.032;
// Cells move at 70.1 s; the first report that knows of them is of the interval that ends at 80 s.
constexpr double kFirst = 9.9;

TEST_CASE("a PoP that is not warmed misses each object once") {
  Scenario s = launch_scenario();
  s.launches["new"].at = 60s;
  s.launches["new"].starts.reset();
  const Result result = run(s).result;
  const LaunchResult& launch = launch_of(result);
  const double expected = hit_ratio(kFirst, [](std::size_t, double) { return 0.0; });
  CHECK(std::abs(launch.first_hit_ratio - expected) < kNoise);
  CHECK(launch.warming == "none");
  CHECK(launch.warmed_objects == 0);
  CHECK(launch.outcome == "launched");
  CHECK(launch.cells == 40);
  CHECK(launch.stages.at(0).started_at_s == Approx(60.01));
  // It serves what its cells ask for from then on, and nothing before.
  CHECK(node_of(result, "new").activity.outcomes.requests == drawn(s, "isp", 70'100ms, s.duration));
  CHECK(node_of(result, "old").activity.outcomes.requests == drawn(s, "isp", s.warmup, 70'100ms));
}

TEST_CASE("the 500 most popular objects come in by their bytes at the rate that is allowed") {
  Scenario s = launch_scenario();
  s.launches["new"].starts.reset();
  // 1000 bytes in 0.1 s: the last is sent for 49.9 s after the first, and is there 20 ms later.
  TopWarming top;
  top.objects = 500;
  top.rate = BitRate{80'000};
  s.launches["new"].warming = top;
  const Result result = run(s).result;
  const LaunchResult& launch = launch_of(result);
  CHECK(launch.warmed_objects == 500);
  CHECK(launch.warmed_bytes == 500'000);
  CHECK(launch.warmed_at_s == 70);
  CHECK(launch.stages.at(0).started_at_s == Approx(70.01));
  const double expected =
      hit_ratio(kFirst, [](std::size_t rank, double) { return rank < 500 ? 1.0 : 0.0; });
  CHECK(std::abs(launch.first_hit_ratio - expected) < kNoise);
  // What came in unasked is among what was fetched, and its bytes are on the link.
  const NodeResult& node = node_of(result, "new");
  CHECK(node.activity.bytes_fetched == 1000 * (node.activity.outcomes.misses + 500));
  CHECK(link_of(result, "new-origin").backward.bytes == node.activity.bytes_fetched);
}

// From 30.095 s on, when nothing is under way, nobody works there for 10 s: the object due at 30.1
// s is sent for at 40.1 s, and the last at 79.9 s.
TEST_CASE("what is fetched ahead waits until somebody can take it in") {
  Scenario s = launch_scenario();
  s.launches["new"].starts.reset();
  TopWarming top;
  top.objects = 500;
  top.rate = BitRate{80'000};
  s.launches["new"].warming = top;
  DownEvent down_for_10_s;
  down_for_10_s.node = "new";
  down_for_10_s.lasts = 10s;
  s.events["blink"] = EventSpec{30'095ms, down_for_10_s};
  const Result result = run(s).result;
  CHECK(launch_of(result).warmed_objects == 500);
  CHECK(launch_of(result).warmed_at_s == 80);
}

TEST_CASE("another PoP gives what it has been asked for") {
  Scenario s = launch_scenario();
  PeerWarming peers;
  peers.from = "old";
  peers.what.rate = BitRate{8'000'000};  // an object each ms, whether it is there or not
  s.launches["new"].warming = peers;
  const Result result = run(s).result;
  const LaunchResult& launch = launch_of(result);
  double held = 0, variance = 0;
  const std::vector<double> p = popularity();
  for (std::size_t i = 0; i < p.size(); ++i) {
    // Asked for from 0 s until the question comes, 20 s, 10 ms and a ms a rank later.
    const double chance =
        1 - std::exp(-kPerSecond * p[i] * (20.01 + 0.001 * static_cast<double>(i)));
    held += chance;
    variance += chance * (1 - chance);
  }
  CHECK(std::abs(static_cast<double>(launch.warmed_objects) - held) < 4 * std::sqrt(variance));
  const double expected =
      hit_ratio(kFirst, [](std::size_t, double q) { return 1 - std::exp(-kPerSecond * q * 21); });
  CHECK(std::abs(launch.first_hit_ratio - expected) < kNoise);
  // Nothing of it comes from the origin.
  CHECK(link_of(result, "new-old").backward.bytes == launch.warmed_bytes);
  CHECK(link_of(result, "new-origin").backward.bytes ==
        1000 * node_of(result, "new").activity.outcomes.misses);
}

TEST_CASE("a copy of its traffic fills it with what will be asked for, and answers nobody") {
  Scenario s = launch_scenario();
  s.launches["new"].warming = ShadowWarming{30s};
  s.launches["new"].starts.reset();
  const Result result = run(s).result;
  const LaunchResult& launch = launch_of(result);
  CHECK(launch.warmed_at_s == 50);
  CHECK(launch.stages.at(0).started_at_s == Approx(50.01));
  const double expected =
      hit_ratio(kFirst, [](std::size_t, double q) { return 1 - std::exp(-kPerSecond * q * 30); });
  CHECK(std::abs(launch.first_hit_ratio - expected) < kNoise);
  CHECK(result.requests.outcomes.requests == drawn(s, "isp", s.warmup, s.duration));
  CHECK(node_of(result, "new").activity.outcomes.requests == drawn(s, "isp", 60'100ms, s.duration));
  CHECK(launch.warmed_bytes == 1000 * launch.warmed_objects);
  CHECK(link_of(result, "new-origin").backward.bytes ==
        1000 * (node_of(result, "new").activity.outcomes.misses + launch.warmed_objects));
}

TEST_CASE("whoever asks for an object that is being asked of a PoP in vain gets it all the same") {
  Scenario s = launch_scenario();
  PeerWarming peers;
  peers.from = "old";
  peers.what.rate = BitRate{800'000};  // 20 s for all, while clients come
  s.launches["new"].warming = peers;
  s.launches["new"].at = 65s;
  s.launches["new"].starts = 65s;
  // The other one keeps next to nothing, and takes 0.4 s to say so: some ten clients ask meanwhile.
  s.network.links["new-old"].delay = 200ms;
  s.network.pops["old"].kit.memory = Bytes{20'000};
  const Result result = run(s).result;
  CHECK(result.requests.errors == 0);
  CHECK(result.requests.timed_out == 0);
  CHECK(result.requests.outcomes.requests == drawn(s, "isp", s.warmup, s.duration));
}

TEST_CASE("how a PoP is warmed comes to the same on any number of threads") {
  PeerWarming peers;
  peers.from = "old";
  Scenario s = launch_scenario();
  for (const auto& warming : std::initializer_list<decltype(LaunchSpec::warming)>{
           TopWarming{}, peers, ShadowWarming{30s}}) {
    s.launches["new"].warming = warming;
    const Result one = run(s, {.threads = 1}).result;
    for (const unsigned threads : {2u, 3u}) {
      CHECK(run(s, {.threads = threads}).result.digest == one.digest);
    }
  }
}

}  // namespace warming_run_test
}  // namespace cdnsim::test
