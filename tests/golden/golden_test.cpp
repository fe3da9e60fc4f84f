// Scenarios whose results are approved figure by figure: results/golden/NAME.txt. Equal on 1 and 3
// threads. With CDNSIM_APPROVE=1 in the environment what is found becomes what is approved.

#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/compare/figures.hpp>
#include <cdnsim/scenario/load.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>

namespace {

using namespace cdnsim;

// By JSON pointer, in the order of the text.
using Figures = std::map<std::string, std::string>;

constexpr std::size_t kDifferencesShown = 60;

std::filesystem::path source_folder() {
  const char* folder = std::getenv("CDNSIM_SOURCE_DIR");
  REQUIRE(folder != nullptr);
  return folder;
}

// Decimals in one form, few enough to be read; the digest tells what they do not.
std::string text_of(const nlohmann::json& value) {
  if (!value.is_number_float()) return value.dump();
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value.get<double>(),
                                 std::chars_format::fixed, 6);
  return std::string(buffer.data(), end.ptr);
}

// Of large networks, lists of everything are left out: the digest tells whether they moved.
enum class Shown { all, totals };

Figures figures_of(const Result& result, Shown shown) {
  Figures figures;
  nlohmann::json document = assembly::to_json(result);
  if (shown == Shown::totals) {
    for (const char* list : {"nodes", "links", "isps"}) document.erase(list);
    if (document.contains("cost")) document.at("cost").erase("lines");
  }
  for (const auto& [pointer, value] : compare::figures_of(document)) {
    figures[pointer] = text_of(value);
  }
  return figures;
}

Figures read(const std::filesystem::path& file) {
  Figures figures;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    // Names and texts may have an equals sign of their own; what is no text has none.
    const std::size_t equals = line.ends_with('"') ? line.find(" = \"") : line.rfind(" = ");
    if (equals != std::string::npos) figures[line.substr(0, equals)] = line.substr(equals + 3);
  }
  return figures;
}
void write(const std::filesystem::path& file, const Figures& figures) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file);
  for (const auto& [pointer, value] : figures) out << pointer << " = " << value << '\n';
  REQUIRE(out.good());
}

// One line for each side of each figure that differs; empty when none does.
std::string difference(const Figures& approved, const Figures& found) {
  std::vector<std::string> lines;
  for (const auto& [pointer, value] : approved) {
    const auto other = found.find(pointer);
    if (other != found.end() && other->second == value) continue;
    lines.push_back("- " + pointer + " = " + value);
    if (other != found.end()) lines.push_back("+ " + pointer + " = " + other->second);
  }
  for (const auto& [pointer, value] : found) {
    if (!approved.contains(pointer)) lines.push_back("+ " + pointer + " = " + value);
  }
  std::string text;
  for (std::size_t i = 0; i < lines.size() && i < kDifferencesShown; ++i) text += lines[i] + "\n";
  if (lines.size() > kDifferencesShown) {
    text += "... and " + std::to_string(lines.size() - kDifferencesShown) + " lines more\n";
  }
  return text;
}

void check_golden(const std::string& name, const std::string& scenario,
                  const std::vector<std::string>& sets, Shown shown = Shown::all) {
  const Scenario loaded = load_scenario((source_folder() / scenario).string(), sets);
  const Figures found = figures_of(run(loaded, {.threads = 1}).result, shown);
  INFO("1 thread (-) against 3 (+):");
  const std::string by_threads =
      difference(found, figures_of(run(loaded, {.threads = 3}).result, shown));
  CHECK(by_threads.empty());
  if (!by_threads.empty()) WARN(by_threads);

  const std::filesystem::path file = source_folder() / "results/golden" / (name + ".txt");
  const char* approve = std::getenv("CDNSIM_APPROVE");
  if (approve != nullptr && std::string(approve) == "1") {
    write(file, found);
    WARN("approved: results/golden/" << name << ".txt");
    return;
  }
  const std::string changes = difference(read(file), found);
  if (changes.empty()) return;
  FAIL_CHECK("results/golden/" << name << ".txt: approved (-) against found (+)\n"
                               << changes
                               << "To approve: CDNSIM_APPROVE=1 tools/test -- -R '^golden$'\n"
                                  "and say in the commit why each of them moved.");
}

// The viral spike in 90 s and with few enough requests to take a second, in caches that are small
// enough to evict.
std::vector<std::string> scaled() {
  return {"/duration=90s",
          "/warmup=15s",
          "/traffic/base/rate=3k/s",
          "/traffic/video/peak=4k/s",
          "/traffic/video/starts=25s",
          "/traffic/video/rise=10s",
          "/traffic/video/half_life=15s",
          "/traffic/video/spread/europe/lag=5s",
          "/traffic/video/spread/asia/lag=10s",
          "/content/pages/cache_control=public, max-age=10, stale-while-revalidate=10",
          "/caching/edge/memory=40MB",
          "/caching/shield/memory=1GB"};
}

}  // namespace

TEST_CASE("golden: the viral spike, scaled") {
  check_golden("viral_spike", "scenarios/viral_spike.json", scaled());
}

TEST_CASE("golden: the viral spike against an origin that cannot take it") {
  std::vector<std::string> sets = scaled();
  for (const char* set :
       {"/network/origins/origin/capacity=300/s", "/network/origins/origin/max_wait=300ms",
        "/caching/edge/coalesce=0s", "/caching/shield/coalesce=0s", "/caching/edge/policy=lru",
        "/caching/edge/age=reset", "/caching/edge/service_time=2ms", "/caching/edge/max_wait=20ms",
        "/content/images/cache_control=no-store", "/min_message_delay=3ms",
        "/traffic/video/cache_control=public, max-age=2, stale-if-error=5"}) {
    sets.emplace_back(set);
  }
  check_golden("viral_spike_overload", "scenarios/viral_spike.json", sets);
}

// A tenth of its requests, and so of its thresholds.
TEST_CASE("golden: something goes viral and is found, scaled") {
  check_golden(
      "viral_detection", "scenarios/viral_detection.json",
      {"/duration=115s", "/traffic/base/rate=3k/s", "/traffic/video/peak=12k/s",
       "/caching/viral/rate=5k/s", "/caching/viral/floor=5/s", "/caching/edge/hot/rate=100/s"});
}

// A fiftieth of its requests, and of what servers and the origin can do.
TEST_CASE("golden: something goes viral and measures are taken, scaled") {
  check_golden(
      "viral_mitigations", "scenarios/viral_mitigations.json",
      {"/duration=150s", "/traffic/base/rate=100/s", "/traffic/video/views=200k",
       "/traffic/counter/views=100k", "/caching/viral/floor=1/s", "/caching/viral/rate=1k/s",
       "/caching/edge/service_time=20ms", "/network/origins/origin/capacity=400/s"},
      Shown::totals);
}

TEST_CASE("golden: a day's traffic over transit, and its bill") {
  check_golden("ixp_or_transit", "scenarios/ixp_or_transit.json", {});
}

// A twentieth of its requests, in a few seconds.
TEST_CASE("golden: the evening peak of a whole world, scaled") {
  check_golden("global_evening_peak", "scenarios/global_evening_peak.json",
               {"/duration=4s", "/warmup=2s", "/traffic/everybody/rate=20k/s"}, Shown::totals);
}

// A fiftieth of its requests, and of what its origin takes.
TEST_CASE("golden: a shop's doors open, scaled") {
  check_golden("black_friday", "scenarios/black_friday.json",
               {"/traffic/sale/rate=200/s", "/traffic/sale/peak=20k/s",
                "/network/origins/origin/capacity=1k/s"},
               Shown::totals);
}

// A tenth of its requests, and of what PoPs take.
TEST_CASE("golden: a PoP that is too small for its evening peak, scaled") {
  check_golden("a_full_pop", "scenarios/a_full_pop.json",
               {"/traffic/readers/rate=80/s", "/network/pops/vienna/max_rate=50/s",
                "/network/pops/frankfurt/max_rate=200/s"});
}

TEST_CASE("golden: everybody comes while a page is fetched") {
  check_golden("coalescing_or_not", "scenarios/coalescing_or_not.json", {});
}

TEST_CASE("golden: what may not be stored is kept for a second") {
  check_golden("micro_caching", "scenarios/micro_caching.json", {"/caching/edge/micro_ttl=1s"});
}

TEST_CASE("golden: a class that everybody reads is purged, scaled") {
  check_golden("purge_storm", "scenarios/purge_storm.json",
               {"/duration=150s", "/traffic/base/rate=10k/s"});
}

TEST_CASE("golden: one server less of 100, scaled") {
  check_golden("server_count_change", "scenarios/server_count_change.json",
               {"/duration=150s", "/traffic/base/rate=10k/s"});
}

TEST_CASE("golden: the origin is down, scaled") {
  check_golden("origin_outage", "scenarios/origin_outage.json", {"/traffic/base/rate=1k/s"});
}

TEST_CASE("golden: a network with a cache inside and one without") {
  check_golden("does_an_embedded_cache_pay", "scenarios/does_an_embedded_cache_pay.json", {});
}

// Half of its requests.
TEST_CASE("golden: a PoP is launched, scaled") {
  check_golden("pop_launch", "scenarios/pop_launch.json", {"/traffic/readers/rate=500/s"});
}

TEST_CASE("golden: a PoP whose cache is too small goes back, scaled") {
  check_golden("pop_launch_too_small", "scenarios/pop_launch.json",
               {"/traffic/readers/rate=500/s", "/network/pops/prague/memory=25MB"});
}

// A quarter of its requests.
TEST_CASE("golden: four ways to warm a PoP, scaled") {
  check_golden("which_warming", "scenarios/which_warming.json", {"/traffic/readers/rate=200/s"});
}

// A fifth of its requests.
TEST_CASE("golden: an exchange fails, scaled") {
  check_golden("ixp_failure", "scenarios/ixp_failure.json", {"/traffic/base/rate=10/s"});
}

// A quarter of its requests.
TEST_CASE("golden: a shield fails and another one stands in, scaled") {
  check_golden("shield_failover", "scenarios/shield_failover.json",
               {"/traffic/readers/rate=500/s"});
}
