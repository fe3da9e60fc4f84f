// How even Maglev's table is and what else moves when members go, against published simulations.

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/data_path/maglev.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>
#include <tests/support/servers.hpp>

#include "sample.hpp"

namespace {

using namespace cdnsim;
using test::Sample;

struct MaglevRow {
  Sample most, least, unneeded_one, unneeded_tenth;
};

// The share of all places that changed hands though their member did not go.
double unneeded_change(const Maglev& before, const Maglev& after) {
  double changed = 0;
  for (std::size_t place = 0; place < before.table().size(); ++place) {
    const std::uint16_t member = before.table()[place];
    if (after.members().takes(member) && after.table()[place] != member) ++changed;
  }
  return changed / static_cast<double>(before.table().size());
}

void add_spread(const Maglev& maglev, MaglevRow& row) {
  std::vector<double> places(maglev.members().size(), 0);
  for (const std::uint16_t member : maglev.table()) ++places[member];
  const auto backends = static_cast<double>(places.size());
  const double mean = static_cast<double>(maglev.table().size()) / backends;
  row.most.add(*std::max_element(places.begin(), places.end()) / mean);
  row.least.add(*std::min_element(places.begin(), places.end()) / mean);
}

// Runs with names of their own; which members go is then as good as drawn.
MaglevRow simulate(std::uint32_t places, std::uint32_t backends, int runs) {
  MaglevRow row;
  for (int run = 0; run < runs; ++run) {
    std::vector<RingMember> members = test::servers(backends, "run-" + std::to_string(run) + "-");
    const Maglev whole(members, places);
    add_spread(whole, row);
    members[backends / 2].weight = 0;
    row.unneeded_one.add(unneeded_change(whole, Maglev(members, places)));
    for (std::uint32_t m = 0; m < backends / 10; ++m) members[backends / 2 + m].weight = 0;
    row.unneeded_tenth.add(unneeded_change(whole, Maglev(members, places)));
  }
  return row;
}

}  // namespace

TEST_CASE("Maglev's spread and unneeded changes are the published ones", "[reference]") {
  const auto reference = test::reference_folder();
  if (!reference) return;
  std::ifstream file(*reference / "published/maglev_simulated_rows.json");
  int rows = 0;
  for (const nlohmann::json& published : nlohmann::json::parse(file)) {
    const auto places = published.at("M").get<std::uint32_t>();
    const auto backends = published.at("backends").get<std::uint32_t>();
    const auto draws = published.at("runs").get<double>();
    const MaglevRow row = simulate(places, backends, places < 100'000 ? 30 : 6);
    const auto figure = [&](const char* name) { return published.at(name).get<double>(); };
    INFO(places << " places, " << backends << " backends: " << row.most.mean() << " "
                << row.least.mean() << " " << row.unneeded_one.mean() << " "
                << row.unneeded_tenth.mean());
    // A table without weights gives each floor(M / n) or one more, whatever the names.
    CHECK(row.most.agrees_with(figure("max_over_avg"), draws, 1e-5));
    CHECK(row.least.agrees_with(figure("min_over_avg"), draws, 1e-5));
    CHECK(row.unneeded_one.agrees_with(figure("unneeded_change_remove1"), draws, 1e-5));
    CHECK(row.unneeded_tenth.agrees_with(figure("unneeded_change_remove10pct"), draws, 1e-5));
    ++rows;
  }
  CHECK(rows == 6);
}
