// Queues of servers, ports and origins: the rows of the reference that take long.

#include "queue_scenarios.hpp"

using namespace cdnsim;
using namespace cdnsim::test;
using nlohmann::json;

TEST_CASE("requests wait as the M/G/1 formula says where that takes many of them to see",
          "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  const json all = published(*folder, "queueing.json");
  for (const json& row : all.at("mg1_pk")) {
    const double rho = row.at("rho"), scv = row.at("scv"), wait = row.at("Wq");
    INFO(row.dump());
    check_mean(waits_at_a_server(rho, scv, {20, 1000}), wait);
    if (scv != 0.5) check_mean(waits_in_a_port(rho, scv, {20, 100}), wait);
  }
  for (const json& row : all.at("mm1")) {
    INFO(row.dump());
    check_mean(waits_at_a_server(row.at("rho"), 1, {20, 1000}), row.at("Wq"));
  }
}

TEST_CASE("transfers that share a port take as long as published where it is nearly full",
          "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  const json all = published(*folder, "queueing.json");
  for (const json& row : all.at("mg1_ps")) {
    if (row.at("rho") > 0.9) continue;  // by the noise of a second's load, which README.md tells of
    INFO(row.dump());
    check_mean(transfers_over_a_fair_port(row.at("rho"), 1, {20, 20, 3}), row.at("T_mean"));
  }
}

TEST_CASE("origins of many servers refuse and keep waiting as Erlang says", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  const json all = published(*folder, "queueing.json");
  for (const json& row : all.at("erlang_b")) {
    Sample refused;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const Result result =
          origin_run(row.at("servers"), row.at("erlangs"), 1, Duration{0}, 200'000, seed);
      refused.add(static_cast<double>(result.origin.errors) /
                  static_cast<double>(result.origin.requests));
    }
    INFO(row.dump());
    check_mean(refused, row.at("blocking"));
  }
  for (const json& row : all.at("erlang_c")) {
    Sample waited, waits;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const Result result = origin_run(row.at("servers"), row.at("erlangs"), 1, 1h, 200'000, seed);
      waited.add(node_of(result, "origin").servers.waited_share);
      waits.add(node_of(result, "origin").servers.mean_wait_ms / 10);
    }
    INFO(row.dump());
    check_mean(waited, row.at("wait_prob"));
    check_mean(waits, row.at("mean_wait"));
  }
}

TEST_CASE("the published times of all choices, at 2,000 servers", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  const json all = published(*folder, "power_of_d_choices.json");
  for (const json& row : all.at("table")) {
    const double lambda = row.at("lambda_");
    for (const std::uint32_t choices : {2, 3, 5}) {
      INFO(row.dump() << " of " << choices);
      check_mean(times_by_choices(2000, lambda, choices, {4, 10, 5}),
                 row.at("T_d" + std::to_string(choices)));
    }
  }
}

// Without a choice servers know nothing of each other, so that a few will do, but each settles
// slowly: in 1 / (1 - sqrt(lambda))^2 times of service of 10 ms, 1,560 at 0.95. Ten of these are
// warm-up. At 0.99 they would be 400,000.
TEST_CASE("the published times without a choice, up to 0.95", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  const json all = published(*folder, "power_of_d_choices.json");
  for (const json& row : all.at("table")) {
    const double lambda = row.at("lambda_");
    if (lambda > 0.95) continue;
    INFO(row.dump());
    check_mean(times_by_choices(20, lambda, 1, {10, 400, 160}), row.at("T_d1"));
  }
}
