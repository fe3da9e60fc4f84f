// The scenarios that ask about launches: in which direction their answers go. What is expected was
// written before the first run.

#include <cstdlib>

#include <cdnsim/scenario/load.hpp>
#include <tests/support/catch.hpp>

#include "launch_scenario.hpp"

namespace cdnsim::test {
namespace launch_direction_test {

Result run_with(const std::string& name, const std::vector<std::string>& sets = {}) {
  const std::string file = std::string(std::getenv("CDNSIM_SOURCE_DIR")) + "/scenarios/" + name;
  return run(load_scenario(file, sets)).result;
}

// Of the requests by Zipf's law with exponent 0.9, those for the first so many of so many objects.
double share_of_first(std::uint64_t first, std::uint64_t objects) {
  double part = 0, all = 0;
  for (std::uint64_t i = 1; i <= objects; ++i) {
    const double weight = std::pow(static_cast<double>(i), -0.9);
    all += weight;
    if (i <= first) part += weight;
  }
  return part / all;
}

TEST_CASE("a PoP that has the most popular 30,000 of 100,000 objects is launched") {
  const Result result = run_with("pop_launch.json");
  const LaunchResult& launch = launch_of(result);
  CHECK(launch.outcome == "launched");
  CHECK(launch.warmed_objects == 30'000);
  // 1.5 GB at 200 Mbps.
  CHECK(launch.warmed_at_s >= 150 + 60);
  CHECK(launch.warmed_at_s <= 150 + 70);
  // Nobody has asked yet when its first clients come: little more than what was brought in.
  const double warm = share_of_first(30'000, 100'000);
  CHECK(std::abs(launch.stages.at(1).hit_ratio - warm) < 0.03);
  for (const LaunchStageResult& stage : launch.stages) {
    if (stage.requests > 0) CHECK(stage.error_ratio == 0);
  }
}

TEST_CASE("with room for 1000 objects it goes back at the first stage that has clients") {
  const Result result = run_with("pop_launch.json", {"/network/pops/prague/memory=25MB"});
  const LaunchResult& launch = launch_of(result);
  REQUIRE(launch.rolled_back);
  CHECK(launch.rolled_back->criterion == "hit_ratio");
  CHECK(launch.rolled_back->stage == 1);
  CHECK(launch.rolled_back->value < share_of_first(1000, 100'000) + 0.05);
  // Each cell asks the DNS again within 30 s.
  CHECK(launch.rolled_back->took_s <= 30.1);
  CHECK(launch.outcome == "rolled_back");
}

TEST_CASE("of the four warmings none begins worst and takes longest") {
  const Result result = run_with("which_warming.json");
  const auto of = [&](const std::string& warming) -> const LaunchResult& {
    for (const LaunchResult& launch : *result.launches) {
      if (launch.warming == warming) return launch;
    }
    throw std::out_of_range(warming);
  };
  const LaunchResult& none = of("none");
  for (const char* warmed : {"top_n", "peers", "shadow"}) {
    CHECK(of(warmed).first_hit_ratio > none.first_hit_ratio + 0.2);
    CHECK(of(warmed).time_to_steady_hit_ratio_s < none.time_to_steady_hit_ratio_s);
    CHECK(of(warmed).warmed_bytes == of(warmed).warmed_objects * 100'000);
  }
  // As many as there is room for.
  CHECK(of("top_n").warmed_objects == 10'000);
  // No more than they are asked for; less, as the first ones that come in push out those that came
  // first and were not asked for yet, the most popular.
  CHECK(of("top_n").first_hit_ratio < share_of_first(10'000, 50'000) + 0.04);
  // Whoever copies only what another one has gets no more.
  CHECK(of("peers").warmed_objects <= 10'000);
}

}  // namespace launch_direction_test
}  // namespace cdnsim::test
