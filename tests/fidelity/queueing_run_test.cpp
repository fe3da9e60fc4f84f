// Queues of servers, ports and origins, as a run's result tells them, against closed forms.

#include "queue_scenarios.hpp"

using namespace cdnsim;
using namespace cdnsim::test;
using nlohmann::json;

TEST_CASE("requests wait for a server and in a port as the M/G/1 formula says", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  int rows = 0;
  const json all = published(*folder, "queueing.json");
  for (const json& row : all.at("mg1_pk")) {
    const double rho = row.at("rho"), scv = row.at("scv"), wait = row.at("Wq");
    if (scv == 16 && rho > 0.5) continue;  // the full tests take the time for it
    ++rows;
    INFO(row.dump());
    check_mean(waits_at_a_server(rho, scv, {}), wait);
    if (scv == 0.5 || rho > 0.8) continue;  // sizes are drawn by fewer laws
    INFO("in a port");
    check_mean(waits_in_a_port(rho, scv, {10, 20}), wait);
  }
  CHECK(rows == 13);
}

TEST_CASE("with exponential and fixed times of service they wait as M/M/1 and M/D/1 say",
          "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  const json all = published(*folder, "queueing.json");
  int rows = 0;
  for (const auto& [name, scv] : std::map<std::string, double>{{"mm1", 1}, {"md1", 0}}) {
    for (const json& row : all.at(name)) {
      if (row.at("rho") > 0.9) continue;
      INFO(name << " " << row.dump());
      check_mean(waits_at_a_server(row.at("rho"), scv, {}), row.at("Wq"));
      ++rows;
    }
  }
  CHECK(rows == 9);
}

TEST_CASE("transfers that share a port take x / (1 - rho) whatever the law of their sizes",
          "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  int rows = 0;
  const json all = published(*folder, "queueing.json");
  for (const json& row : all.at("mg1_ps")) {
    const double rho = row.at("rho");
    for (const double scv : {0.0, 1.0, 4.0}) {
      if (scv > 0 && rho > 0.8) continue;
      INFO(row.dump() << " scv " << scv);
      check_mean(transfers_over_a_fair_port(rho, scv, {4, 10, 3}), row.at("T_mean"));
      ++rows;
    }
  }
  CHECK(rows == 8);
}

TEST_CASE(
    "an origin without a queue refuses as Erlang's formula B says, whatever the law of service",
    "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  int rows = 0;
  const json all = published(*folder, "queueing.json");
  for (const json& row : all.at("erlang_b")) {
    const auto servers = row.at("servers").get<std::uint32_t>();
    if (servers > 20) continue;
    for (const double scv : {1.0, 0.0, 4.0}) {
      if (scv != 1 && servers != 5) continue;
      Sample refused;
      for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Result result =
            origin_run(servers, row.at("erlangs"), scv, Duration{0}, 10'000, seed);
        refused.add(static_cast<double>(result.origin.errors) /
                    static_cast<double>(result.origin.requests));
      }
      INFO(row.dump() << " scv " << scv);
      check_mean(refused, row.at("blocking"));
      ++rows;
    }
  }
  CHECK(rows == 8);
}

TEST_CASE("at an origin with a queue they wait as often and as long as Erlang's formula C says",
          "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  int rows = 0;
  const json all = published(*folder, "queueing.json");
  for (const json& row : all.at("erlang_c")) {
    const auto servers = row.at("servers").get<std::uint32_t>();
    if (servers > 20) continue;
    Sample waited, waits, busy;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const Result result = origin_run(servers, row.at("erlangs"), 1, 1h, 10'000, seed);
      const ServersResult& origin = node_of(result, "origin").servers;
      waited.add(origin.waited_share);
      waits.add(origin.mean_wait_ms / 10);
      busy.add(origin.busy);
    }
    INFO(row.dump());
    check_mean(waited, row.at("wait_prob"));
    check_mean(waits, row.at("mean_wait"));
    check_mean(busy, row.at("erlangs").get<double>() / servers);
    ++rows;
  }
  CHECK(rows == 5);
}

TEST_CASE("of a few servers the one with fewer requests leaves the published mean time",
          "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  int rows = 0;
  const json all = published(*folder, "power_of_d_choices.json");
  for (const json& row : all.at("table")) {
    const double lambda = row.at("lambda_");
    if (lambda > 0.95) continue;
    for (const std::uint32_t choices : {1, 2, 3, 5}) {
      if (choices != 2 && lambda != 0.5 && lambda != 0.9) continue;
      if (choices == 1 && lambda == 0.9) continue;
      INFO(row.dump() << " of " << choices);
      check_mean(times_by_choices(500, lambda, choices, {3, 2, 2}),
                 row.at("T_d" + std::to_string(choices)));
      ++rows;
    }
  }
  CHECK(rows == 10);
}
