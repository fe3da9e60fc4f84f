// One of 100 servers goes: how many keys move, in every family.

#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/data_path/placement.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>
#include <tests/support/servers.hpp>

#include "sample.hpp"

namespace {

using namespace cdnsim;
using test::Sample;

constexpr std::uint32_t kServers = 100;
constexpr std::uint64_t kKeys = 100'000;
constexpr int kRuns = 20;  // each with names and keys of its own

// Shares of all keys: those that moved, and those that moved though their server did not go.
struct Moved {
  Sample all, unneeded;
};
Moved remove_one_of_100(const std::string& text) {
  Moved moved;
  for (int run = 0; run < kRuns; ++run) {
    const auto members = test::servers(kServers, "run-" + std::to_string(run) + "-");
    const Placement whole = *make_placement(*parse<PolicyText>(text).value, members).value;
    std::visit(
        [&](const auto& before) {
          auto after = before;
          after.set_down(42, true);
          double all = 0, unneeded = 0;
          const std::uint64_t first = static_cast<std::uint64_t>(run) * kKeys;
          for (std::uint64_t key = first; key < first + kKeys; ++key) {
            const std::uint32_t owner = before.owner(key);
            if (owner == after.owner(key)) continue;
            ++all;
            unneeded += owner != 42 ? 1 : 0;
          }
          moved.all.add(all / kKeys);
          moved.unneeded.add(unneeded / kKeys);
        },
        whole);
  }
  return moved;
}

}  // namespace

TEST_CASE("removing 1 of 100 servers moves one key in a hundred, and no other") {
  for (const std::string text : {"ring", "bounded", "jump", "rendezvous"}) {
    const Moved moved = remove_one_of_100(text);
    INFO(text << ": " << moved.all.mean());
    // The mean of 20 shares of 100,000 keys; a ring's shares of 160 points vary by 1 / sqrt(160).
    const bool on_ring = text == "ring" || text == "bounded";
    const double variance = 0.01 * 0.99 / kKeys + (on_ring ? 0.01 * 0.01 / 160 : 0);
    CHECK(moved.all.mean() == Approx(0.01).margin(4 * std::sqrt(variance / kRuns)));
    CHECK(moved.unneeded.mean() == 0);
  }
}

TEST_CASE("with Maglev it moves the published share of others, too", "[reference]") {
  const auto reference = test::reference_folder();
  if (!reference) return;
  std::ifstream file(*reference / "published/maglev_simulated_rows.json");
  for (const nlohmann::json& row : nlohmann::json::parse(file)) {
    if (row.at("backends") != kServers) continue;
    const Moved moved = remove_one_of_100("maglev:table=" + std::to_string(row.at("M").get<int>()));
    const auto unneeded = row.at("unneeded_change_remove1").get<double>();
    const auto draws = row.at("runs").get<double>();
    INFO(row.at("M") << " places: " << moved.all.mean() << " " << moved.unneeded.mean());
    CHECK(moved.all.agrees_with(0.01 + unneeded, draws, 1e-5));
    CHECK(moved.unneeded.agrees_with(unneeded, draws, 1e-5));
  }
}
