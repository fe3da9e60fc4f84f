// LRU and FIFO under independent Zipf requests: every published row, two million requests each.

#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>

#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>

#include "single_cache.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

TEST_CASE("LRU and FIFO against all published exact hit ratios", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  std::ifstream file(*folder / "published/irm_single_cache_exact.json");
  const nlohmann::json published = nlohmann::json::parse(file);
  double furthest = 0;
  for (const nlohmann::json& row : published.at("table")) {
    const auto objects = row.at("N").get<std::uint64_t>();
    const auto exponent = row.at("alpha").get<double>();
    const auto capacity = row.at("C").get<std::uint64_t>();
    for (const auto& [policy, key] :
         {std::pair("lru", "lru_exact"), std::pair("fifo", "fifo_random_exact")}) {
      const double exact = row.at(key).get<double>();
      const Measured found = hit_ratio_of(policy, objects, exponent, capacity, 2'000'000);
      furthest = std::max(furthest, std::abs(found.mean() / exact - 1));
      INFO(policy << ", " << capacity << " of " << objects << " objects, exponent " << exponent
                  << ": " << found << ", published " << exact);
      CHECK(found.agrees_with(exact));
    }
  }
  std::cout << published.at("table").size()
            << " rows for LRU and FIFO; furthest off: " << 100 * furthest << " %\n";
}
