// Many edges behind a shield, against published simulations.

#include <fstream>
#include <iostream>

#include <tests/support/reference.hpp>

#include "tiers.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

TEST_CASE("edges behind a shield against published simulations", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  std::ifstream file(*folder / "published/tandem_and_shield_simulated.json");
  const nlohmann::json published = nlohmann::json::parse(file);
  int checked = 0;
  for (const nlohmann::json& row : published.at("table")) {
    if (row.at("topology") == "tandem2" || !has_shield(row)) continue;
    check_tiers(row, 2'000'000, 5'000'000);
    ++checked;
  }
  std::cout << checked << " shields\n";
  CHECK(checked == 6);
}

TEST_CASE("the same shields when drawn traces are replayed one request after the other",
          "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  std::ifstream file(*folder / "published/tandem_and_shield_simulated.json");
  const nlohmann::json published = nlohmann::json::parse(file);
  const ScratchFiles files;
  int checked = 0;
  for (const nlohmann::json& row : published.at("table")) {
    if (row.at("topology") == "tandem2" || !has_shield(row)) continue;
    check_tiers_replayed(row, 1'000'000, 4'000'000, files);
    ++checked;
  }
  CHECK(checked == 6);
}
