#include <sstream>

#include <nlohmann/json.hpp>
#include <zlib.h>

#include <cdnsim/observe/digest.hpp>
#include <tests/support/catch.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace {

using Json = nlohmann::json;

std::string unpacked(const std::filesystem::path& path) {
  const gzFile file = gzopen(path.c_str(), "rb");
  std::string text, piece(1 << 16, '\0');
  for (int got = 1; got > 0;) {
    got = gzread(file, piece.data(), static_cast<unsigned>(piece.size()));
    text.append(piece, 0, static_cast<std::size_t>(got));
  }
  REQUIRE(gzclose(file) == Z_OK);
  return text;
}

// Sums a column of the series over the rows of a kind of node.
std::uint64_t sum_of(const std::string& series, std::size_t column, const std::string& kind) {
  std::istringstream lines(series);
  std::uint64_t sum = 0;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    std::vector<std::string> row;
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    if (row.at(2) == kind) sum += std::stoull(row.at(column));
  }
  return sum;
}

TEST_CASE("run without -o prints its table and writes nothing") {
  const Workplace here;
  const Called run = here.cdnsim("run small.json");
  CHECK(run.status == 0);
  CHECK(run.err.empty());
  CHECK(run.out.starts_with("small\nDoes the command line do what it says?\n"));
  CHECK(run.out.find("\nTiers ") != std::string::npos);
  CHECK(here.names_in() == "small.json");
}

TEST_CASE("--format json prints the result document and nothing else") {
  const Workplace here;
  const Called run = here.cdnsim("run small.json --format json -o out");
  CHECK(run.status == 0);
  CHECK(run.err.empty());
  CHECK(run.out == here.read("out/result.json"));
  CHECK(Json::parse(run.out).at("scenario").at("name") == "small");
}

TEST_CASE("-o holds the result, the series and what may differ between runs") {
  const Workplace here;
  REQUIRE(here.cdnsim("run small.json -o out --threads 2").status == 0);
  REQUIRE(here.names_in("out") == "result.json run.json scenario.json series.csv.gz");
  const Json result = Json::parse(here.read("out/result.json"));
  const Json record = Json::parse(here.read("out/run.json"));
  const std::string series = unpacked(here.path("out/series.csv.gz"));

  SECTION("run.json says how the run went") {
    CHECK(record.at("threads") == 2);
    CHECK(record.at("digest") == result.at("digest"));
    CHECK(record.at("version").get<std::string>().find('.') != std::string::npos);
    CHECK(record.at("wall_s").get<double>() >= record.at("setup_s").get<double>());
    CHECK(record.at("setup_s").get<double>() > 0);
    CHECK(record.at("requests_per_s").get<double>() > 0);
    CHECK(record.at("peak_rss_bytes").get<std::uint64_t>() > 1'000'000);
  }
  SECTION("the series counts every request, those of the warm-up too") {
    constexpr std::size_t kRequests = 3;
    CHECK(sum_of(series, kRequests, "edge") == record.at("client_requests"));
    CHECK(record.at("client_requests") > result.at("requests").at("total"));
  }
  SECTION("the digest is that of the result without it, followed by that of the series") {
    Json rest = result;
    rest.erase("digest");
    CHECK(result.at("digest") == sha256_hex(rest.dump() + sha256_hex(series)));
  }
  SECTION("the packed series says neither when nor where it was written") {
    // RFC 1952: flags (no name) and time of modification are bytes 3 to 7.
    CHECK(here.read("out/series.csv.gz").substr(3, 5) == std::string(5, '\0'));
  }
}

TEST_CASE("the same scenario gives the same bytes, whatever the number of threads") {
  const Workplace here;
  REQUIRE(here.cdnsim("run small.json -o a --threads 1").status == 0);
  REQUIRE(here.cdnsim("run small.json -o b --threads 3").status == 0);
  REQUIRE(here.cdnsim("run small.json -o c").status == 0);
  for (const std::string other : {"b/", "c/"}) {
    CHECK(here.read("a/result.json") == here.read(other + "result.json"));
    CHECK(here.read("a/series.csv.gz") == here.read(other + "series.csv.gz"));
  }
}

TEST_CASE("--seed is --set /seed=, over the whole range of seeds") {
  const Workplace here;
  const std::string json = "run small.json --set /duration=2s --format json ";
  const Called seven = here.cdnsim(json);
  CHECK(here.cdnsim(json + "--seed 7").out == seven.out);
  const Called eight = here.cdnsim(json + "--seed 8");
  CHECK(eight.out == here.cdnsim(json + "--set /seed=8").out);
  CHECK(eight.out != seven.out);
  const Called last = here.cdnsim(json + "--set /seed=8 --seed 18446744073709551615");
  CHECK(Json::parse(last.out).at("scenario").at("seed") == UINT64_MAX);
}

TEST_CASE("each --set takes one value, so that the scenario may follow") {
  const Workplace here;
  const Called run =
      here.cdnsim("run --set /duration=3s --set /question=Why small.json --format json");
  REQUIRE(run.status == 0);
  const Json scenario = Json::parse(run.out).at("scenario");
  CHECK(scenario.at("duration_s") == 3.0);
  CHECK(scenario.at("question") == "Why");
}

TEST_CASE("there may be more threads than nodes") {
  const Workplace here;
  const Called one = here.cdnsim("run small.json --set /duration=2s --threads 1");
  const Called many = here.cdnsim("run small.json --set /duration=2s --threads 40");
  CHECK(many.status == 0);
  CHECK(many.out == one.out);
}

TEST_CASE("what may enter a PoP's caches is the scenario's to say") {
  const Workplace here;
  // All objects have 20 kB: none enters a PoP, whose misses the shield answers.
  const Called run =
      here.cdnsim("run small.json --format json --set /caching/edge/admission=size:most=19kB");
  REQUIRE(run.status == 0);
  const Json edge = Json::parse(run.out).at("tiers").at("edge");
  CHECK(edge.at("hits") == 0);
  CHECK(edge.at("miss_causes").at("evicted") == 0);
  CHECK(edge.at("miss_causes").at("not_admitted") > 100);
  CHECK(Json::parse(run.out).at("tiers").at("shield").at("hits") > 100);
  const Called wrong = here.cdnsim("run small.json --set /caching/edge/admission=sise");
  CHECK(wrong.status == 2);
  CHECK_THAT(wrong.err,
             Catch::Contains("unknown admission policy \"sise\"; did you mean \"size\"?"));
}

}  // namespace
}  // namespace cdnsim::test
