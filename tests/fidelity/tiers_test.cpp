// An edge and a shield in a row, against published simulations of two LRU caches.

#include "tiers.hpp"

#include <fstream>

#include <tests/support/reference.hpp>

using namespace cdnsim;
using namespace cdnsim::test;

namespace {

nlohmann::json published_rows(const std::filesystem::path& folder) {
  std::ifstream file(folder / "published/tandem_and_shield_simulated.json");
  return nlohmann::json::parse(file).at("table");
}

}  // namespace

TEST_CASE("an edge and a shield against published tandems", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  int checked = 0;
  for (const nlohmann::json& row : published_rows(*folder)) {
    if (row.at("topology") != "tandem2" || !has_shield(row)) continue;
    check_tiers(row, 50'000, 1'000'000);
    ++checked;
  }
  CHECK(checked == 12);
}

TEST_CASE("the same when drawn traces are replayed one request after the other", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  const ScratchFiles files;
  int checked = 0;
  for (const nlohmann::json& row : published_rows(*folder)) {
    if (row.at("topology") != "tandem2" || !has_shield(row)) continue;
    // Where one answer in ten leaves a copy, caches take long to find who is worth keeping.
    const bool is_slow = row.at("mode") == "LCP";
    check_tiers_replayed(row, is_slow ? 150'000 : 30'000, 500'000, files);
    ++checked;
  }
  CHECK(checked == 12);
}
