// Time to live and request collapsing, through the whole simulator, against renewal theory.

#include "renewal.hpp"

#include <cmath>
#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>

#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>

using namespace cdnsim;
using namespace cdnsim::test;

namespace {

constexpr double kRequestsMost = 2e6;  // of a row; more is left to the long run

}  // namespace

TEST_CASE("a fixed time to live lets 1 / (1 + lambda T) of the requests through") {
  for (const Renewal& r : {Renewal{0.1, 1}, Renewal{1, 5}, Renewal{10, 60}}) {
    const auto found = r.measure();
    const double expected = 1 / (1 + r.lambda * r.ttl_s);
    INFO("lambda " << r.lambda << ", T " << r.ttl_s << ": " << found.origin << ", expected "
                   << expected);
    CHECK(found.origin.agrees_with(expected));
    CHECK(found.hits.agrees_with(1 - expected));
  }
}

TEST_CASE("with a fetch of D, lambda D of a cycle's requests wait, or lead fetches of their own") {
  for (Renewal r : {Renewal{10, 5, 0.2}, Renewal{10, 1, 1}, Renewal{1, 1, 0.05}}) {
    const double cycle = 1 + r.lambda * (r.ttl_s + r.fetch_s);
    const auto collapsed = r.measure();
    INFO("lambda " << r.lambda << ", T " << r.ttl_s << ", D " << r.fetch_s);
    INFO("collapsed: " << collapsed.origin << ", delayed " << collapsed.delayed);
    CHECK(collapsed.origin.agrees_with(1 / cycle));
    CHECK(collapsed.delayed.agrees_with(r.lambda * r.fetch_s / cycle));
    CHECK(collapsed.hits.agrees_with(r.lambda * r.ttl_s / cycle));
    r.coalesce = false;
    const auto alone = r.measure();
    INFO("not collapsed: " << alone.origin);
    CHECK(alone.origin.agrees_with((1 + r.lambda * r.fetch_s) / cycle));
  }
}

TEST_CASE("K caches of their own ask K times as often as each would with a Kth of the requests") {
  Laboratory lab;
  lab.pops = 4;
  lab.requests_per_second = 8;
  lab.cache_control = "max-age=1";
  lab.warmup_s = 10;
  lab.measured_s = 1000;
  const auto found = lab.measure({[](const Result& r) { return r.origin.mean_rps; }})[0];
  INFO(found);
  CHECK(found.agrees_with(4 / (1 + 4 / 8.0)));
}

TEST_CASE("K caches behind a shield that passes on its age ask the origin as one cache would") {
  // All copies of an object expire with the shield's. The first request after that reaches the
  // origin; until the next expiry each of the other K - 1 caches asks the shield once, if at all.
  constexpr double kLambda = 2, kTtl = 1, kCaches = 4;
  Laboratory lab;
  lab.pops = 4;
  lab.shield_objects = 1000;
  lab.requests_per_second = kLambda;
  lab.cache_control = "max-age=1";
  lab.warmup_s = 10;
  lab.measured_s = 2500;
  const auto found = lab.measure({origin_share, edge_miss_ratio});
  const double requests_per_epoch = 1 + kLambda * kTtl;
  const double others = (kCaches - 1) * (1 - std::exp(-kLambda * kTtl / kCaches));
  INFO("origin " << found[0] << ", misses of edges " << found[1]);
  CHECK(found[0].agrees_with(1 / requests_per_epoch));
  CHECK(found[1].agrees_with((1 + others) / requests_per_epoch));
}

TEST_CASE("time to live against published figures", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  std::ifstream file(*folder / "published/ttl_cache_and_collapse.json");
  const nlohmann::json published = nlohmann::json::parse(file);
  int checked = 0;
  int left_out = 0;
  for (const nlohmann::json& row : published.at("ttl")) {
    const Renewal r{row.at("lambda_per_s").get<double>(), row.at("T_s").get<double>()};
    if (r.requests() > kRequestsMost) {
      ++left_out;
      continue;
    }
    const auto found = r.measure();
    const double rate = row.at("origin_req_per_s_fixed").get<double>();
    INFO("lambda " << r.lambda << ", T " << r.ttl_s << ": " << found.origin << " of requests");
    CHECK(found.origin.agrees_with(rate / r.lambda));
    CHECK(found.origin.agrees_with(1 / row.at("reduction_factor_fixed").get<double>()));
    CHECK(found.hits.agrees_with(row.at("hit_fixed_ttl").get<double>()));
    ++checked;
  }
  std::cout << checked << " rows on time to live, " << left_out << " left to the long run\n";
  CHECK(checked >= 8);
}

TEST_CASE("request collapsing against published figures", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  std::ifstream file(*folder / "published/ttl_cache_and_collapse.json");
  const nlohmann::json published = nlohmann::json::parse(file);
  int checked = 0;
  int left_out = 0;
  for (const nlohmann::json& row : published.at("collapse")) {
    Renewal r{row.at("lambda_per_s").get<double>(), row.at("T_s").get<double>(),
              row.at("fetch_delay_s").get<double>()};
    if (r.requests() > kRequestsMost) {
      ++left_out;
      continue;
    }
    const auto collapsed = r.measure();
    r.coalesce = false;
    const auto alone = r.measure();
    INFO("lambda " << r.lambda << ", T " << r.ttl_s << ", D " << r.fetch_s << ": collapsed "
                   << collapsed.origin << ", not " << alone.origin);
    CHECK(collapsed.hits.agrees_with(row.at("pure_hit").get<double>()));
    CHECK(collapsed.delayed.agrees_with(row.at("delayed_hit").get<double>()));
    CHECK(collapsed.origin.agrees_with(row.at("origin_per_req_collapse").get<double>()));
    CHECK(alone.origin.agrees_with(row.at("origin_per_req_no_collapse").get<double>()));
    ++checked;
  }
  std::cout << checked << " rows on collapsing, " << left_out << " left to the long run\n";
  CHECK(checked >= 12);
}
