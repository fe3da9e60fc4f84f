#include <algorithm>
#include <cstddef>
#include <sstream>

#include <nlohmann/json.hpp>

#include <cdnsim/models/admission/list.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <cdnsim/models/geography/metros.hpp>
#include <tests/support/catch.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace {

TEST_CASE("list names every policy that there is, in order, with parameters and defaults") {
  const Workplace here;
  const Called list = here.cdnsim("list policies");
  REQUIRE(list.status == 0);
  std::istringstream lines(list.out);
  std::vector<std::string> names;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) break;  // then come those of the laboratory alone
    if (!line.starts_with(' ')) names.push_back(line.substr(0, line.find(' ')));
  }
  const std::vector<std::string_view> known = cache_policy_names();
  CHECK(names == std::vector<std::string>(known.begin(), known.end()));
  CHECK_THAT(list.out, Catch::Contains("\nonly in `cdnsim cache`:\nbelady     knows the future"));
  CHECK_THAT(list.out, Catch::Contains("small=0.1 (0 to 1)"));
  CHECK_THAT(list.out, Catch::Contains("lru        the copy that was asked for longest ago"));
}

TEST_CASE("list names every admission policy that there is") {
  const Workplace here;
  const Called list = here.cdnsim("list admissions");
  REQUIRE(list.status == 0);
  for (const std::string_view name : admission_names()) {
    CHECK_THAT("\n" + list.out, Catch::Contains("\n" + std::string(name) + " "));
  }
  CHECK_THAT(list.out, Catch::Contains("error=0.01 (0.000001 to 0.5)"));
}

TEST_CASE("list names workloads and steering with the keys they take") {
  const Workplace here;
  const Called workloads = here.cdnsim("list workloads");
  CHECK(workloads.status == 0);
  CHECK_THAT(workloads.out, Catch::StartsWith("flash\n  rate           required    requests per"));
  CHECK_THAT(workloads.out, Catch::Contains("\nsteady\n  rate           required    requests per"));
  CHECK_THAT(workloads.out, Catch::Contains("viral\n"));
  CHECK_THAT(workloads.out, Catch::Contains("  half_life      4min        time in which demand"));
  const Called steering = here.cdnsim("list steering");
  CHECK(steering.status == 0);
  CHECK_THAT(steering.out, Catch::Contains("nearest"));
}

TEST_CASE("list names the places of the world") {
  const Workplace here;
  const Called list = here.cdnsim("list metros");
  CHECK(list.status == 0);
  const auto lines = std::count(list.out.begin(), list.out.end(), '\n');
  CHECK(lines == static_cast<std::ptrdiff_t>(metros().size()) + 1);
  for (const Metro& metro : metros()) {
    CHECK_THAT(list.out, Catch::Contains("\n  " + std::string(metro.id) + " "));
  }
  CHECK_THAT(list.out, Catch::Contains("DE-CIX Frankfurt\n"));
  CHECK_THAT(list.out, Catch::Contains(" 50.11 8.68 "));
  CHECK(here.shell("\"$CDNSIM\" list metros | awk 'length > 100'").out.empty());
}

TEST_CASE("list names every tariff with its keys and presets, each by what it changes") {
  const Workplace here;
  const Called list = here.cdnsim("list tariffs");
  CHECK(list.status == 0);
  for (const char* kind :
       {"transit", "port", "pni", "backbone", "colocation", "hardware", "rent", "egress"}) {
    CHECK_THAT("\n" + list.out, Catch::Contains("\n" + std::string(kind) + "\n  preset "));
  }
  CHECK_THAT(list.out, Catch::Contains("  hub                      as above\n"));
  CHECK_THAT(list.out, Catch::Contains("  sao-paulo                price 0.5 USD/Mbps\n"));
  CHECK_THAT(list.out,
             Catch::Contains("  rented                   server 0 USD, ssd 0 USD/GB, hdd 0 "
                             "USD/GB\n"));
  CHECK_THAT(list.out, Catch::Contains("10TB 0.087 USD/GB, 50TB 0.083 USD/GB"));
}

TEST_CASE("list names the presets of sites; a pod's disks are those of the trade") {
  const Workplace here;
  const Called list = here.cdnsim("list presets");
  CHECK(list.status == 0);
  // 96 servers of 2083 GB and 10,417 GB are 200 TB and 1 PB.
  CHECK_THAT(list.out, Catch::Contains("tier2        96     128GB    2083GB   10417GB    10Gbps"));
  CHECK_THAT(list.out, Catch::Contains("embedded        disks-2013         1"));
  CHECK(here.shell("\"$CDNSIM\" list presets | awk 'length > 100'").out.empty());
}

TEST_CASE("schema prints a JSON Schema") {
  const Workplace here;
  for (const std::string name : {"scenario", "result"}) {
    const Called schema = here.cdnsim("schema " + name);
    CHECK(schema.status == 0);
    const nlohmann::json document = nlohmann::json::parse(schema.out);
    CHECK(document.at("$schema") == "https://json-schema.org/draft/2020-12/schema");
    CHECK(document.at("title") == "cdnsim " + name);
  }
}

}  // namespace
}  // namespace cdnsim::test
