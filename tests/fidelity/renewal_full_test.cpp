// Time to live and request collapsing: every published row that 1e8 requests can settle.

#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>

#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>

#include "renewal.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

namespace {

constexpr double kRequestsMost = 1e8;

bool is_affordable(const Renewal& r) {
  if (r.requests() <= kRequestsMost) return true;
  std::cout << "left out, as it needs " << r.requests() << " requests: lambda " << r.lambda
            << ", T " << r.ttl_s << ", D " << r.fetch_s << "\n";
  return false;
}

}  // namespace

TEST_CASE("time to live against all published figures", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  std::ifstream file(*folder / "published/ttl_cache_and_collapse.json");
  const nlohmann::json published = nlohmann::json::parse(file);
  int checked = 0;
  for (const nlohmann::json& row : published.at("ttl")) {
    const Renewal r{row.at("lambda_per_s").get<double>(), row.at("T_s").get<double>()};
    if (!is_affordable(r)) continue;
    const auto found = r.measure();
    INFO("lambda " << r.lambda << ", T " << r.ttl_s << ": " << found.origin);
    CHECK(found.origin.agrees_with(row.at("origin_req_per_s_fixed").get<double>() / r.lambda));
    CHECK(found.hits.agrees_with(row.at("hit_fixed_ttl").get<double>()));
    ++checked;
  }
  std::cout << checked << " of " << published.at("ttl").size() << " rows on time to live\n";
}

TEST_CASE("request collapsing against all published figures", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  std::ifstream file(*folder / "published/ttl_cache_and_collapse.json");
  const nlohmann::json published = nlohmann::json::parse(file);
  int checked = 0;
  for (const nlohmann::json& row : published.at("collapse")) {
    Renewal r{row.at("lambda_per_s").get<double>(), row.at("T_s").get<double>(),
              row.at("fetch_delay_s").get<double>()};
    if (!is_affordable(r)) continue;
    const auto collapsed = r.measure();
    r.coalesce = false;
    const auto alone = r.measure();
    INFO("lambda " << r.lambda << ", T " << r.ttl_s << ", D " << r.fetch_s << ": collapsed "
                   << collapsed.origin << ", not " << alone.origin);
    CHECK(collapsed.delayed.agrees_with(row.at("delayed_hit").get<double>()));
    CHECK(collapsed.origin.agrees_with(row.at("origin_per_req_collapse").get<double>()));
    CHECK(alone.origin.agrees_with(row.at("origin_per_req_no_collapse").get<double>()));
    ++checked;
  }
  std::cout << checked << " of " << published.at("collapse").size() << " rows on collapsing\n";
}
