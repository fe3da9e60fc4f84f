// An edge and a shield in a row, against published simulations of two LRU caches.

#include "tiers.hpp"

#include <fstream>

#include <tests/support/reference.hpp>

using namespace cdnsim;
using namespace cdnsim::test;

TEST_CASE("an edge and a shield against published tandems", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  std::ifstream file(*folder / "published/tandem_and_shield_simulated.json");
  const nlohmann::json published = nlohmann::json::parse(file);
  int checked = 0;
  for (const nlohmann::json& row : published.at("table")) {
    if (row.at("topology") != "tandem2" || !has_shield(row)) continue;
    check_tiers(row, 50'000, 1'000'000);
    ++checked;
  }
  CHECK(checked == 12);
}
