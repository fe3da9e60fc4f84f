// The table of metros against reference data: a list of metros, and round trips measured between
// the regions of a cloud.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/base/text.hpp>
#include <cdnsim/models/geography/metros.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>

using namespace cdnsim;

namespace {

std::vector<std::vector<std::string>> rows_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  REQUIRE(stream.good());
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(stream, line);) {
    std::vector<std::string> cells;
    std::istringstream rest(line);
    for (std::string cell; std::getline(rest, cell, ',');) cells.push_back(cell);
    rows.push_back(cells);
  }
  return rows;
}

std::string id_of(const std::string& name, const std::string& country) {
  if (name == "Ashburn/Washington DC" || name == "Washington DC") return "ashburn";
  if (name == "San Jose/SF Bay") return "san-jose";
  if (name == "San Jose" && country == "CR") return "san-jose-cr";
  if (name == "Guangzhou/Shenzhen") return "guangzhou";
  std::string id;
  for (const char c : name) {
    id += c == ' ' ? '-' : static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return id;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

}  // namespace

TEST_CASE("the metros of the reference list are known, where they are and as large",
          "[reference]") {
  const auto folder = cdnsim::test::reference_folder();
  if (!folder) return;
  const auto rows = rows_of(*folder / "world/metros.csv");
  CHECK(rows.size() > 140);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::string id = id_of(rows[i][1], rows[i][3]);
    CAPTURE(id);
    const Metro* metro = find_metro(id);
    REQUIRE(metro != nullptr);
    CHECK(metro->country == rows[i][3]);
    const double latitude = *parse<double>(rows[i][4]).value;
    const double longitude = *parse<double>(rows[i][5]).value;
    CHECK(great_circle(metro->position, coordinates(latitude, longitude)) < Distance(5'000));
    // Its figure for Guangzhou counts Shenzhen, which is a metro of its own here.
    if (id == "guangzhou") continue;
    const double people = *parse<double>(rows[i][6]).value * 1e6;
    const double users = *parse<double>(rows[i][7]).value * 1e6;
    CHECK(std::fabs(static_cast<double>(metro->people) - people) <= 0.1 * people);
    CHECK(std::fabs(static_cast<double>(metro->internet_users) - users) <= 0.1 * users);
  }
}

TEST_CASE("measured round trips take 1.66 times what the straight way would, in the median",
          "[reference]") {
  const auto folder = cdnsim::test::reference_folder();
  if (!folder) return;
  const auto rows = rows_of(*folder / "world/ibm_cloud_region_rtt_2026-08.csv");
  const auto place = [](const std::string& name) {
    const Metro* metro = find_metro(id_of(name, ""));
    REQUIRE(metro != nullptr);
    return metro->position;
  };
  std::vector<double> inflation;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    for (std::size_t j = i + 1; j < rows[0].size(); ++j) {
      // The mean of both directions.
      const double there = *parse<double>(rows[i][j]).value;
      const double back = *parse<double>(rows[j][i]).value;
      const Distance distance = great_circle(place(rows[i][0]), place(rows[0][j]));
      const double straight = seconds(2 * fibre_delay(distance, 1)) * 1e3;
      inflation.push_back((there + back) / 2 / straight);
    }
  }
  CHECK(inflation.size() == 78);
  CHECK(median(inflation) == Approx(kMedianInflation).epsilon(0.01));
}

TEST_CASE("cities are as far apart as the reference says", "[reference]") {
  const auto folder = cdnsim::test::reference_folder();
  if (!folder) return;
  std::ifstream stream(*folder / "published/rtt_inflation_ibm.json");
  const nlohmann::json document = nlohmann::json::parse(stream);
  CHECK(document.at("quantiles").at("median") == kMedianInflation);
  CHECK(document.at("pairs").size() == 78);
  for (const nlohmann::json& pair : document.at("pairs")) {
    const Metro* a = find_metro(id_of(pair.at("a"), ""));
    const Metro* b = find_metro(id_of(pair.at("b"), ""));
    REQUIRE(a != nullptr);
    REQUIRE(b != nullptr);
    CAPTURE(a->id, b->id);
    const double ours = static_cast<double>(great_circle(a->position, b->position).count()) / 1e3;
    // Its centre of Washington is 40 km from Ashburn, and others differ by a few.
    const bool ashburn = a->id == "ashburn" || b->id == "ashburn";
    CHECK(ours == Approx(pair.at("km").get<double>()).margin(ashburn ? 60 : 15));
    const double fibre = seconds(2 * fibre_delay(Distance(pair.at("km").get<int>() * 1'000), 1));
    CHECK(fibre * 1e3 == Approx(pair.at("min_fibre_ms").get<double>()).margin(0.051));
  }
}
